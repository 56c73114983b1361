"""Reads the parts of a page: address, tables of fields and codes, notes on prices, examples, samples."""
