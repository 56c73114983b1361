"""Which requests a run sends, and what they cost."""
