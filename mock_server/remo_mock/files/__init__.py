"""Reads the files that users name, and writes files that their owner alone may read."""
