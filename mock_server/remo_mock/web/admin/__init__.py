"""The routes below /__admin: the state of the mock for testers."""
