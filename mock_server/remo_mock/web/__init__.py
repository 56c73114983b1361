"""The mock over HTTP: the vendor's routes, /__admin, the console, and the production server."""
