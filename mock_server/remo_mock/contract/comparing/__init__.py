"""Compares two states of the vendor's pages, or of contracts: what moved, in the words of an integrator."""
