"""Sends the plan within its budget, keeps what comes back, and applies the checks."""
