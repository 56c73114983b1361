"""From the bytes of a photo to the person on it, the skeleton, and the drawn picture; photo cards."""
