"""Calls, replies and problems as values, and how bodies and headers are written."""
