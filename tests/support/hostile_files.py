"""Makes picture files that no encoder writes: broken, bloated, or with a header that promises too much."""

import struct
import zlib
from itertools import chain

from tests.support.hostile import encoded, person

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SOF = (b"\xff\xc0", b"\xff\xc2")
_SOS = b"\xff\xda"
_EOI = b"\xff\xd9"


def chunk(kind: bytes, data: bytes, *, checksum_off_by: int = 0) -> bytes:
    """Return one chunk of a PNG."""
    checksum = (zlib.crc32(kind + data) + checksum_off_by) % 2**32
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def png_header(width: int, height: int, *, depth: int = 8, colour: int = 2) -> bytes:
    """Return the begin of a PNG; `colour` is the format's colour type: 0 grey, 2 RGB, 3 palette, 4 LA, 6 RGBA."""
    return PNG_SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def png(width: int, height: int, rows: bytes, *, depth: int = 8, colour: int = 2, more: bytes = b"") -> bytes:
    """Return a PNG of unfiltered `rows`, with `more` chunks before its pixels."""
    size = len(rows) // height
    lines = b"".join(b"\x00" + rows[at : at + size] for at in range(0, len(rows), size))
    pixels = chunk(b"IDAT", zlib.compress(lines))
    return png_header(width, height, depth=depth, colour=colour) + more + pixels + chunk(b"IEND", b"")


def empty_png(width: int, height: int) -> bytes:
    """Return a whole PNG with one bit for a pixel, all of them black: a decompression bomb if it is large."""
    pixels = zlib.compress(bytes((1 + (width + 7) // 8) * height), 1)
    return png_header(width, height, depth=1, colour=0) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def deep_colour_png() -> bytes:
    """Return the person in 16 bits for each of three colours."""
    image = person()
    return png(*image.size, bytes(chain.from_iterable(zip(image.tobytes(), image.tobytes(), strict=True))), depth=16)


def deep_grey_png() -> bytes:
    """Return the person in 16 bits of grey."""
    image = person().convert("L")
    doubled = bytes(chain.from_iterable(zip(image.tobytes(), image.tobytes(), strict=True)))
    return png(*image.size, doubled, depth=16, colour=0)


def with_chunks(photo: bytes, more: bytes, *, behind: bool = False) -> bytes:
    """Put chunks into a PNG, before its pixels or behind them."""
    at = photo.index(b"IEND" if behind else b"IDAT") - 4
    return photo[:at] + more + photo[at:]


def text_bomb(size: int) -> bytes:
    """Return a compressed text chunk that unpacks to `size` zero bytes."""
    return chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(size)))


def jpeg_of_size(width: int, height: int, photo: bytes | None = None) -> bytes:
    """Return a JPEG, of the person if no other is given, whose header states another size than its pixels have."""
    stated = bytearray(photo or encoded(person(), "JPEG"))
    at = next(stated.index(frame) for frame in _SOF if frame in stated)
    stated[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(stated)


def webp_of_size(width: int, height: int) -> bytes:
    """Return a lossy WebP whose header states another size than its pixels have."""
    photo = bytearray(encoded(person(), "WEBP"))
    at = photo.index(b"\x9d\x01\x2a")
    photo[at + 3 : at + 7] = struct.pack("<HH", width, height)
    return bytes(photo)


def webp_of_length(photo: bytes, length: int) -> bytes:
    """Lengthen the pixels of a lossy WebP, which are its last part, to so many bytes."""
    at = photo.index(b"VP8 ")
    pixels = photo[at + 8 :].ljust(length, b"\x00")
    body = photo[8:at] + b"VP8 " + struct.pack("<I", len(pixels)) + pixels
    return b"RIFF" + struct.pack("<I", len(body)) + body


def with_webp_chunks(photo: bytes, more: bytes) -> bytes:
    """Put chunks behind the others of a WebP."""
    return b"RIFF" + struct.pack("<I", len(photo) - 8 + len(more)) + photo[8:] + more


def groups_of_codes(groups: int, *, side: int) -> bytes:
    """Return lossless pixels of a WebP, black, of which each square of four by four has the next group of codes."""
    one = "1000"  # a code of one symbol
    # A code of 256 symbols of eight bits; that of greens has further symbols.
    red = "0" + _bits(8, 4) + _bits(0, 33) + _bits(1, 3) + "0"
    green = red[:-1] + "1" + _bits(3, 3) + _bits(254, 8)
    numbers = [square % groups for square in range(((side + 3) // 4) ** 2)]
    squares = "".join(f"{number & 255:08b}{number >> 8:08b}" for number in numbers)  # as green and as red
    written = "0" + "0" + "1" + _bits(0, 3) + "0" + green + red + one * 3 + squares + one * 5 * groups
    return int(written[::-1], 2).to_bytes(len(written) // 8 + 8, "little")


def lossless_webp(pixels: bytes, *, side: int) -> bytes:
    """Return a square WebP of lossless pixels."""
    chunk = b"\x2f" + ((side - 1) | (side - 1) << 14).to_bytes(4, "little") + pixels
    body = b"WEBPVP8L" + struct.pack("<I", len(chunk)) + chunk + bytes(len(chunk) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _bits(value: int, number: int) -> str:
    return f"{value:0{number}b}"[::-1]


def bmp(width: int, height: int, pixels: bytes, *, bits: int = 8, compression: int = 0) -> bytes:
    """Return a BMP with a palette of greys."""
    palette = b"".join(bytes((grey, grey, grey, 0)) for grey in range(256))
    start = 54 + len(palette)
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, len(pixels), 0, 0, 256, 0)
    return b"BM" + struct.pack("<IHHI", start + len(pixels), 0, 0, start) + header + palette + pixels


def run_length_bmp() -> bytes:
    """Return the person as a BMP of run lengths."""
    image = person().convert("L")
    lines = [image.crop((0, y, image.width, y + 1)).tobytes() for y in reversed(range(image.height))]
    runs = b"".join(b"".join(bytes((1, grey)) for grey in line) + b"\x00\x00" for line in lines)
    return bmp(*image.size, runs + b"\x00\x01", compression=1)


def jpeg_of_passes(more: int) -> bytes:
    """Return a progressive JPEG of the person whose last pass is repeated so many times; it changes no pixel."""
    photo = encoded(person().convert("L"), "JPEG", progressive=True)
    last, end = photo.rindex(_SOS), photo.rindex(_EOI)
    # A refinement that refines nothing: all blocks of the first coefficient end at once.
    return photo[:end] + photo[last:end] * more + photo[end:]


def jpeg_with(segment: bytes, *, marker: int = 0xE1) -> bytes:
    """Put a segment at the begin of the person's JPEG, before every other."""
    photo = encoded(person(), "JPEG")
    return photo[:2] + struct.pack(">BBH", 0xFF, marker, len(segment) + 2) + segment + photo[2:]


def exif_entry(orientation: int, *, order: str = "<", kind: int = 3, number: int = 1, count: int = 1) -> bytes:
    """Return an EXIF block that holds an orientation: `number` values of type `kind`, in a table of `count` entries."""
    begin = {"<": b"II*\x00", ">": b"MM\x00*"}[order]
    entry = struct.pack(f"{order}HHIHH", 0x0112, kind, number, orientation, 0)
    return b"Exif\x00\x00" + begin + struct.pack(f"{order}IH", 8, count) + entry + bytes(4)


def jpeg_of_segments(kind: int, content: bytes, count: int) -> bytes:
    """Return a JPEG of the person with so many segments of a kind before every other."""
    photo = encoded(person(), "JPEG")
    return photo[:2] + (struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content) * count + photo[2:]


def jpeg_filled_with(fill: bytes) -> bytes:
    """Return a JPEG of the person with bytes between its first two segments that belong to none."""
    photo = encoded(person(), "JPEG")
    return photo[:2] + fill + photo[2:]


def display_p3() -> bytes:
    """Return a colour profile of the colours of phones, Display P3: three colours, and sRGB's curve for each."""
    colours = {
        b"wtpt": (0.9642, 1.0, 0.8249),
        b"rXYZ": (0.51512, 0.2412, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.1571, 0.06657, 0.78407),
    }
    curve = b"para\0\0\0\0\0\x03\0\0" + _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    name = "Display P3".encode("utf-16-be")
    text = b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(name), 28) + name
    tags = {name: b"XYZ \0\0\0\0" + _fixed(*place) for name, place in colours.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve) | dict.fromkeys((b"desc", b"cprt"), text)
    at, table, body = 132 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for tag, data in tags.items():
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = struct.pack(">I4sI4s4s4s12x4s28x", at + len(body), b"none", 0x04000000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return (header + _fixed(*colours[b"wtpt"])).ljust(128, b"\0") + table + body


def _fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)
