"""Recognises by its first bytes what was sent instead of a photo, and advises what to send."""

import re

from remo_mock.hints.hint import Hint

# The brands that the first box of an ISO 14496-12 file may name, by the key of the format's name; the first format with
# a matching brand wins.
_BRANDS = {
    "kind_avif": (b"avif", b"avis"),
    "kind_heic": (
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
    "kind_quicktime": (b"qt  ",),
    "kind_mp4": (b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"3gp4", b"3gp5"),
}
_FIRST_BYTES = {
    "kind_pdf": rb"%PDF-",
    "kind_gif": rb"GIF8[79]a",
    "kind_tiff": rb"II\*\x00|MM\x00\*",
    "kind_jpeg_xl": rb"\xff\x0a|\x00\x00\x00\x0cJXL ",
    "kind_jpeg_2000": rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51",
    "kind_ico": rb"\x00\x00\x01\x00",
    "kind_psd": rb"8BPS",
    "kind_matroska": rb"\x1a\x45\xdf\xa3",
    "kind_avi": rb"RIFF....AVI ",
    "kind_zip": rb"PK\x03\x04",
    "kind_gzip": rb"\x1f\x8b",
    "kind_html": rb"\s*<(!DOCTYPE\s+)?html[\s>]",
    "kind_svg": rb"\s*(?=<)[^\x00]*<svg[\s>]",
    "kind_json": rb"\s*[\[{]\s*[\"{\[\]}]",
    "kind_data_uri": rb"\s*data:[^,]{0,100},",
}
_PATTERNS = {name: re.compile(begins, re.DOTALL | re.IGNORECASE) for name, begins in _FIRST_BYTES.items()}
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{64,}={0,2}")
_LOOKED_AT = 1024


def advice_on(data: bytes) -> Hint | None:
    """Say what `data` is instead of a photo, and what to send; return None for an unknown kind of file."""
    if not data:
        return Hint("file_empty")
    head = data[:_LOOKED_AT]
    if head[4:8] == b"ftyp":
        # The major brand, a version, then the compatible brands.
        end = min(int.from_bytes(head[:4], "big"), len(head))
        brands = {head[at : at + 4] for at in (8, *range(16, end, 4))}
        found = next((name for name, known in _BRANDS.items() if not brands.isdisjoint(known)), None)
    else:
        found = next((name for name, begins in _PATTERNS.items() if begins.match(head)), None)
    if found is not None:
        return Hint("file_of_kind", {"kind": Hint(found)})
    twice = _BASE64.fullmatch(b"".join(head.split()))
    return Hint("base64_twice") if twice else None
