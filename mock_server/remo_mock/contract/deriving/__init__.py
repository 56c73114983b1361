"""Derives an endpoint's data from the vendor's pages: page, blocks, facts, findings, contract."""
