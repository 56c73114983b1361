"""The mock inside users' own tests: in process, as a fixture, as a server in a thread."""
