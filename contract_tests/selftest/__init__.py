"""The proof of the checks: broken servers that must be caught, and harmless ones that must pass."""
