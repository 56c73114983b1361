"""Photo cards: pictures with a mark that asks the mock for a verdict."""
