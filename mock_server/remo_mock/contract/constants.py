"""States the facts of the vendor's pages that no schema carries: success code, decimals, prefix of images."""

SUCCESS_CODE = 200
"""`status_code` of a success (both pages, Response Example)."""

DECIMALS = 3
"""Digits after the point of an angle in degrees (both pages, Response Example; L21)."""

DATA_URI_PREFIX = "data:image/jpeg;base64,"
"""The beginning of each image in a success (both pages, Response Example; L13)."""
