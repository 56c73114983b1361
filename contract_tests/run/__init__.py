"""Sends the requests of a plan within a budget, keeps the replies, and applies the checks to them."""
