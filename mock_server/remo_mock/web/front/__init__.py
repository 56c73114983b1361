"""The front of the server: takes requests from granian, reads their bodies within limits, and runs them in threads."""
