"""Finds where the pages of an endpoint contradict themselves or each other: candidates for the ledger."""
