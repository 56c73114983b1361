"""Long runs against kills, cuts and hostile input, whose figures `make campaign` prints."""
