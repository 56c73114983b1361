"""The routes below /__admin: accounts, outcomes, journal and reset for testers, and the contract for readers."""
