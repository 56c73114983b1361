"""What a run is made of: photos, requests, exchanges, checks and what they find."""
