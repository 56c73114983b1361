"""From the facts of a request, by rules in the contract's order, to the answer."""
