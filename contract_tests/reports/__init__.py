"""What a run came to, for terminals, browsers, issues and machines."""
