"""The values of a run: photos, requests, replies, checks, results, the report."""
