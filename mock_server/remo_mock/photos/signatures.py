"""Recognises by its first bytes what was sent instead of a photo, and advises what to send."""

import re

# The brands that the first box of an ISO 14496-12 file may name; the first format with a matching brand wins.
_BRANDS = {
    "AVIF": (b"avif", b"avis"),
    "HEIC, an iPhone's own format": (
        b"heic",
        b"heix",
        b"hevc",
        b"hevx",
        b"heim",
        b"heis",
        b"hevm",
        b"hevs",
        b"mif1",
        b"msf1",
    ),
    "a QuickTime video": (b"qt  ",),
    "an MP4 video": (b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"3gp4", b"3gp5"),
}
_FIRST_BYTES = {
    "a PDF": rb"%PDF-",
    "GIF": rb"GIF8[79]a",
    "TIFF": rb"II\*\x00|MM\x00\*",
    "JPEG XL": rb"\xff\x0a|\x00\x00\x00\x0cJXL ",
    "JPEG 2000": rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51",
    "an icon (ICO)": rb"\x00\x00\x01\x00",
    "PSD": rb"8BPS",
    "a WebM or Matroska video": rb"\x1a\x45\xdf\xa3",
    "an AVI video": rb"RIFF....AVI ",
    "a ZIP file": rb"PK\x03\x04",
    "a gzip file": rb"\x1f\x8b",
    "an HTML page": rb"\s*<(!DOCTYPE\s+)?html[\s>]",
    "SVG": rb"\s*(?=<)[^\x00]*<svg[\s>]",
    "JSON": rb"\s*[\[{]\s*[\"{\[\]}]",
    "a data: URI, encoded once more": rb"\s*data:[^,]{0,100},",
}
_PATTERNS = {name: re.compile(begins, re.DOTALL | re.IGNORECASE) for name, begins in _FIRST_BYTES.items()}
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{64,}={0,2}")
_LOOKED_AT = 1024


def advice_on(data: bytes) -> str | None:
    """Say what `data` is instead of a photo, and what to send; return None for an unknown kind of file."""
    if not data:
        return "it is empty; send the bytes of a photo"
    head = data[:_LOOKED_AT]
    if head[4:8] == b"ftyp":
        # The major brand, a version, then the compatible brands.
        end = min(int.from_bytes(head[:4], "big"), len(head))
        brands = {head[at : at + 4] for at in (8, *range(16, end, 4))}
        found = next((name for name, known in _BRANDS.items() if not brands.isdisjoint(known)), None)
    else:
        found = next((name for name, begins in _PATTERNS.items() if begins.match(head)), None)
    if found is not None:
        return f"it is {found}; send the photo as JPEG"
    twice = _BASE64.fullmatch(b"".join(head.split()))
    return "it looks like base64 once more; encode the photo once" if twice else None
