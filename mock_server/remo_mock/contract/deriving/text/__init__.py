"""Reads the small texts of a page: bands and their conditions, literals, words in either language."""
