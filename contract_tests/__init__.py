"""The contract suite: judges any server by what the vendor's pages promise; knows it as a URL, or by its replies."""
