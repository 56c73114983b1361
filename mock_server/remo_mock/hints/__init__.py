"""What the mock says about an answer, as a key and values, and its text in each language."""
