"""Compares a cassette with the mock and the contract, and says where the vendor moved."""
