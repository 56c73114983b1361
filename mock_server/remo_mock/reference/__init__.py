"""The contract for readers and other tools: codes, OpenAPI, WireMock, the documentation page, the console."""
