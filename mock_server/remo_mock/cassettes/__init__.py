"""Exchanges with a real endpoint as files: record them, replay them, compare them with the mock."""
