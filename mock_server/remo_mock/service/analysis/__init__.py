"""What a photo comes to: verdict, metrics, skeleton and drawn image, remembered by the photo."""
