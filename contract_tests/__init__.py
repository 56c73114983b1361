"""The contract suite: judges any server by what the vendor's pages promise, over HTTP or by its saved replies."""
