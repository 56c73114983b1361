"""Accounts and charges, queued outcomes and the journal, in a database."""
