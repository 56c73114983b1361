"""The rules of the contract, one module a layer."""
