"""Reads the files that users name."""
