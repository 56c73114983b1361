"""Reads a page of the vendor's documentation into blocks: headings, tables, code, text, each with its line."""
