"""Builds the generated schemas of the contract out of the files that are written by hand."""
