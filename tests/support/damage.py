"""Damages JSON as people and disks do: a value of another type, a key too many or too few, deep or huge values."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

Json = Any

_ODD: list[Json] = [
    *(None, True, False, 0, -1, 1, 518.5, 99999, -0.0, 1e308, 10**30, 2**63, 2**64, 10**400),
    *("", " ", "x", "\0", "\ud800", "한글", "../../etc/passwd", "[" * 2000, "[[[", "[" * 900 + "]" * 900, "%" * 3000),
    *("data:image/jpeg;base64,", "data:image/jpeg;base64,%%%", "<sent>", "<withheld>", "$REMO_API_KEY", "518", "1e999"),
    *([], {}, [[]], [{}], {"": None}, {"$image": {}}, {"$image": []}, {"$image": {"width": 65000, "height": 65000}}),
    *({"blake3": "x", "width": 1}, {"blake3": 5, "bytes": "x", "width": 65000, "height": 65000}, {"file": "../x.jpg"}),
]
_VALUES = st.one_of(
    st.sampled_from(_ODD),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.lists(st.integers(), max_size=3),
)


def paths_of(value: Json) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to every part of a value, and to the whole."""
    yield ()
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from ((name, *way) for way in paths_of(part))


def changed(value: Json, way: tuple[str | int, ...], new: Json) -> Json:
    """Return a copy of a value with another part at the end of `way`; a `new` of Ellipsis takes the part out."""
    if not way:
        return {} if new is ... else new
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    if len(way) == 1 and new is ...:
        del copy[way[0]]
    else:
        copy[way[0]] = changed(value[way[0]], way[1:], new)
    return copy


@st.composite
def damaged_texts(draw: st.DrawFn, document: Json) -> bytes:
    """Draw the text of a file that began as `document`: one or two parts replaced or taken out, or cut short."""
    for _ in range(draw(st.integers(1, 2))):
        way = draw(st.sampled_from(list(paths_of(document))))
        document = changed(document, way, draw(st.one_of(_VALUES, st.just(...))))
    text = json.dumps(document).encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 9)) == 0:
        text = text[: draw(st.integers(0, len(text)))]
    return text
