"""Writes the report of a run for a terminal, as HTML, JSON or Markdown; explains checks and plans."""
