"""Makes broken servers and variations of any endpoint from the contract's data, for those that no page of ours has."""
