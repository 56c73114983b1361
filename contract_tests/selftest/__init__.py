"""Proves the checks: broken servers that must be caught, and harmless variations that must pass."""
