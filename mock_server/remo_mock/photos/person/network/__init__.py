"""A small network that tells which pixels of a picture show a person, run with numpy alone."""
