"""States the facts about requests and replies that no schema carries: success code, decimals, image prefix, pixels."""

SUCCESS_CODE = 200
"""`status_code` of a success (both pages, Response Example)."""

DECIMALS = 3
"""Digits after the point of an angle in degrees (both pages, Response Example; L21)."""

DATA_URI_PREFIX = "data:image/jpeg;base64,"
"""The beginning of each image in a success (both pages, Response Example; L13)."""

MAX_PIXELS = 65_000_000
"""Pixels of the largest photo that is taken (L22, assumed)."""
