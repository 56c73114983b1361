"""Makes an endpoint's data out of facts, the conventions of the family, and overrides."""
