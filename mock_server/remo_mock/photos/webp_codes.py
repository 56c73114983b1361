"""Counts the prefix codes of a lossless WebP, of which a small picture may have so many that it takes seconds."""

# RFC 9649, section 3. libwebp makes five tables for each group of codes. The picture of groups, which says where each
# is used, comes behind the pictures of the transforms; all that is needed is the largest number of a group.
# 65,536 groups take 1.2 seconds, and half a second more for each megapixel.

# libwebp writes up to 2600 groups, and pictures of transforms of up to 16,384 pixels, once of one for each 256.
MOST_GROUPS = 5000
_MOST_SYMBOLS = 100_000

_ORDER = (17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
# A code of code lengths that repeats others: extra bits, and the least number of times.
_REPEATS = {16: (2, 3), 17: (3, 3), 18: (7, 11)}
_LITERALS, _LENGTHS, _DISTANCES = 256, 24, 40
_SUBTRACT_GREEN, _COLOUR_INDEX = 2, 3

Table = list[tuple[int, int]]
"""By the next bits, as many as the longest code has: symbol and length of its code."""


class TooManyCodesError(Exception):
    """There are more groups of codes, or symbols before them, than encoders write."""


def has_too_many_codes(stream: bytes, width: int, height: int) -> bool:
    """Tell so of lossless pixels, behind their header; what is damaged has none."""
    try:
        return _Stream(stream).groups(width, height) > MOST_GROUPS
    except TooManyCodesError:
        return True
    except (IndexError, ValueError):
        return False


class _Stream:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._symbols = 0

    def groups(self, width: int, height: int) -> int:
        """Return how many groups of codes a picture has."""
        while self._bits(1):
            kind = self._bits(2)
            if kind == _COLOUR_INDEX:
                colours = self._bits(8) + 1
                self._picture(colours)
                packed = 0 if colours > 16 else 1 if colours > 4 else 2 if colours > 2 else 3
                width = _blocks(width, packed)
            elif kind != _SUBTRACT_GREEN:
                size = self._bits(3) + 2
                self._picture(_blocks(width, size) * _blocks(height, size))
        self._cache()
        if not self._bits(1):
            return 1
        size = self._bits(3) + 2
        return self._picture(_blocks(width, size) * _blocks(height, size)) + 1

    def _picture(self, pixels: int) -> int:
        """Read a picture without groups, and return the largest number in the red and green of its pixels."""
        cache = self._cache()
        sizes = (_LITERALS + _LENGTHS + cache, _LITERALS, _LITERALS, _LITERALS, _DISTANCES)
        green, red, blue, alpha, distance = (self._table(size) for size in sizes)
        largest = 0
        while pixels > 0:
            self._symbols += 1
            if self._symbols > _MOST_SYMBOLS:
                raise TooManyCodesError
            symbol, times = self._symbol(green), 1
            if symbol < _LITERALS:
                largest = max(largest, self._symbol(red) << 8 | symbol)
                self._symbol(blue)
                self._symbol(alpha)
            elif symbol < _LITERALS + _LENGTHS:  # else it is one of the last colours
                times = self._prefixed(symbol - _LITERALS)
                self._prefixed(self._symbol(distance))
            pixels -= times
        return largest

    def _cache(self) -> int:
        return 1 << self._bits(4) if self._bits(1) else 0

    def _table(self, size: int) -> Table:
        if self._bits(1):
            two, wide = self._bits(1), self._bits(1)
            symbols = [self._bits(8 if wide else 1)] + ([self._bits(8)] if two else [])
            lengths = [0] * (max(symbols) + 1)
            for symbol in symbols:
                lengths[symbol] = 1
            return _table_of(lengths)
        lengths = [0] * len(_ORDER)
        for place in _ORDER[: self._bits(4) + 4]:
            lengths[place] = self._bits(3)
        return _table_of(self._lengths(_table_of(lengths), size))

    def _lengths(self, table: Table, size: int) -> list[int]:
        most = 2 + self._bits(2 + 2 * self._bits(3)) if self._bits(1) else size
        lengths: list[int] = []
        last = 8
        while len(lengths) < size and most:
            most -= 1
            length = self._symbol(table)
            if length in _REPEATS:
                extra, least = _REPEATS[length]
                lengths += [last if length == 16 else 0] * (self._bits(extra) + least)
            else:
                lengths.append(length)
                last = length or last
        return lengths

    def _prefixed(self, symbol: int) -> int:
        if symbol < 4:
            return symbol + 1
        extra = (symbol - 2) >> 1
        return ((2 + (symbol & 1)) << extra) + self._bits(extra) + 1

    def _symbol(self, table: Table) -> int:
        at = self._at
        ahead = int.from_bytes(self._data[at >> 3 : (at >> 3) + 3], "little") >> (at & 7)
        symbol, length = table[ahead & (len(table) - 1)]
        self._at = at + length
        return symbol

    def _bits(self, number: int) -> int:
        at = self._at
        if at >> 3 >= len(self._data):
            raise IndexError
        self._at = at + number
        return (int.from_bytes(self._data[at >> 3 : (at >> 3) + 4], "little") >> (at & 7)) & ((1 << number) - 1)


def _blocks(length: int, size: int) -> int:
    return (length + (1 << size) - 1) >> size


def _table_of(lengths: list[int]) -> Table:
    """Make the table of a canonical prefix code; a code of one symbol has no bits."""
    used = sorted((length, symbol) for symbol, length in enumerate(lengths) if length)
    if len(used) == 1:
        return [(used[0][1], 0)]
    longest = used[-1][0]
    table = [(0, 0)] * (1 << longest)
    code, before = 0, 0
    for length, symbol in used:
        code <<= length - before
        before = length
        start = int(f"{code:0{length}b}"[::-1], 2)
        table[start :: 1 << length] = [(symbol, length)] * (1 << (longest - length))
        code += 1
    return table
