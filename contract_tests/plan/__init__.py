"""Plans the requests of a run: which to send, in which order, and what they may cost."""
