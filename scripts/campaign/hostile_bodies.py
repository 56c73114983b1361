"""Makes bodies that are large and hostile, and mutates a good request byte by byte."""

import json
import random
from collections.abc import Callable, Iterator, Mapping

Body = Callable[[int], bytes]
"""Makes a body of about so many bytes."""


def costly_bodies(good: Mapping[str, object]) -> dict[str, Body]:
    """Return bodies that are dear to read for a server without limits, by what is in them."""

    def field(name: str, text: str) -> Body:
        return lambda size: json.dumps({**good, name: text * (size // len(text))}).encode()

    def value(begin: bytes, item: bytes, end: bytes) -> Body:
        begun = json.dumps(good).encode()[:-1] + b',"x":'
        return lambda size: begun + begin + item * (size // len(item)) + end + b"}"

    return {
        "lists": value(b"[", b"[],", b"[]]"),
        "lists in lists": value(b"", b"[", b""),
        "objects": value(b"[", b"{},", b"{}]"),
        "numbers": value(b"[", b"1,", b"1]"),
        "strings": value(b"[", b'"",', b'""]'),
        "one key, again and again": lambda size: b"{" + b'"a":0,' * (size // 6) + b'"a":0}',
        "digits": value(b"", b"1", b""),
        "white space": value(b"", b" ", b"1"),
        "escaped quotes": value(b'"', b'\\"', b'"'),
        "backslashes": value(b'"', b"\\\\", b'"'),
        "escapes": value(b'"', b"\\u0041", b'"'),
        "% in the Email": field("Email", "%"),
        "plus in the Email": field("Email", "+a"),
        "@ in the Email": field("Email", "@"),
        "the UserKey": field("UserKey", "a"),
        "the APIKey": field("APIKey", "a"),
        "the uuid": field("uuid", "a"),
        "white space in the photo": field("borigimg", " "),
        "= in the photo": field("borigimg", "="),
        "A in the photo": field("borigimg", "A"),
        "no JSON": lambda size: b"x" * size,
        "bytes of all kinds": lambda size: bytes(range(256)) * (size // 256),
    }


def mutations(good: bytes, seed: int) -> Iterator[bytes]:
    """Yield mutants of a body without end, the same ones for a seed."""
    chance = random.Random(seed)
    while True:
        body = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(body))
            match chance.randrange(5):
                case 0:
                    body[at] = chance.randrange(256)
                case 1:
                    del body[at : at + chance.randint(1, 200)]
                case 2:
                    body[at:at] = chance.randbytes(chance.randint(1, 20))
                case 3:
                    body[at:at] = chance.choice([b'"', b"{", b"}", b"[", b",", b"\\", b"null", b"1e400", b"\x00", b":"])
                case _:
                    body += body[at : at + 50]
            if not body:
                body += b"{"
        yield bytes(body)
