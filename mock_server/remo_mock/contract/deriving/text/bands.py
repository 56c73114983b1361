"""Reads the bands of a metric out of a description: `-1 : caution (-5 < value <= -1.5)`, in either language."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from remo_mock.contract.deriving.facts import GradeRow
from remo_mock.contract.deriving.text.intervals import Interval, IntervalError, read_interval
from remo_mock.contract.deriving.text.words import direction_of, level_of

# A grade at the begin of a line may be followed by little more than a space; within a line, by a colon.
_FIRST = re.compile(
    r"""^\s*(?:[*•·▪※]|-(?=\s))?\s*  # the mark of a list
    [\[(<"'`]?([-+]?\d)(?!\d|[.]\d)\s*[\])>"'`]?\s*  # the grade, alone or in brackets
    (?:[:=)\]]|[.](?!\d)|(?:단계|등급|점)\s*:?|-(?=\s*\D)|(?=\s+[^\W\d_])|(?=\s*\([^()]*\)\s*:))""",
    re.VERBOSE,
)
_BEHIND_WORDS = re.compile(r"^\s*(?P<words>[^\W\d][^()\[\]<>=:\d]{0,80})[\[(]([-+]?\d)[)\]]\s*:?")
_INNER = re.compile(r"(?<![\w.<>=~+-])([-+]?\d)\s*(?::(?!\d)|=(?=\s*[^\W\d_]))")
_DETACHED = re.compile(r"^(\s*)-\s+(\d)")
_TRUNK = re.compile(r"[\d<>~]|이상|이하|초과|미만")


@dataclass(frozen=True, slots=True)
class Bands:
    """The grades of one description, and what of it nothing could be made of."""

    rows: tuple[GradeRow, ...]
    problems: tuple[str, ...]


def plain_signs(text: str) -> str:
    """Write full-width letters and typographic signs as those of a keyboard: `≤` as `<=`, `－` as `-`."""
    text = unescape(text).replace("＜", "<").replace("＞", ">")
    for signs, plain in _SIGNS.items():
        for sign in signs:
            text = text.replace(sign, plain)
    return unicodedata.normalize("NFKC", text)


_SIGNS = {
    "≤≦⩽": "<=", "≥≧⩾": ">=", "−‐‑‒–—﹣－﹘": "-", "〜～∼˜": "~", "〈": "<", "〉": ">", "‘’`": "'", "“”": '"',
    "∞": "inf",
}  # fmt: skip


def read_bands(lines: Sequence[str]) -> Bands:
    """Read the grades in the lines of a description; a description without bands has no rows and no problem."""
    segments = list(_all_segments([plain_signs(line) for line in lines]))
    rows: list[GradeRow] = []
    problems: list[str] = []
    bare = 0
    for grade, text in segments:
        condition = _condition(text)
        words = text.replace(condition, " ") if condition else text
        words = " ".join(words.replace("()", " ").split()).strip(" -,.:;()[]")
        base = GradeRow(grade, level=level_of(text), direction=direction_of(text), printed=text.strip())
        if not base.level and not base.direction:
            base = GradeRow(grade, words=words[:80], printed=text.strip())
        try:
            interval = read_interval(condition) if condition else Interval()
        except IntervalError as error:
            problems.append(f"grade {grade}: {error}")
            interval = Interval()
        if interval == Interval():
            bare += 1
        rows.append(_limited(base, interval))
    if not any(row.low is not None or row.high is not None for row in rows):
        if len(rows) > 1 and not problems and any(row.level for row in rows):  # else they number something
            problems.append(f"grades {', '.join(str(row.grade) for row in rows)} have no limits")
        return Bands((), tuple(problems))
    if bare and not problems:
        problems.append(f"{bare} of {len(rows)} grades {'have' if bare > 1 else 'has'} no limits")
    twice = {row.grade for row in rows if [one.grade for one in rows].count(row.grade) > 1}
    problems += [f"grade {grade} stands more than once" for grade in sorted(twice)]
    return Bands(tuple(rows), tuple(problems))


def _limited(row: GradeRow, interval: Interval) -> GradeRow:
    return GradeRow(
        row.grade,
        interval.low,
        interval.has_low,
        interval.high,
        interval.has_high,
        row.level,
        row.direction,
        row.words,
        row.printed,
    )


def _all_segments(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield each grade with its text; a line without a grade that has limits belongs to the grade above it."""
    if any(_DETACHED.match(line) for line in lines) and any(re.match(r"\s*\d\s*[:=]", line) for line in lines):
        # Where only some lines have it, a dash with space behind it is a sign and no mark of a list.
        lines = [_DETACHED.sub(r"\1-\2", line) for line in lines]
    waiting: tuple[int, str] | None = None
    for line in lines:
        found = list(_segments(line))
        if not found and waiting is not None and not _condition(waiting[1]) and _condition(line):
            waiting = (waiting[0], f"{waiting[1]} {line}")
        for segment in found:
            if waiting is not None:
                yield waiting
            waiting = segment
    if waiting is not None:
        yield waiting


def _segments(line: str) -> Iterator[tuple[int, str]]:
    """Yield each grade of a line, and the text up to the next."""
    marks = [(found.start(), found.end(), found[1]) for found in [_FIRST.match(line)] if found]
    behind = _BEHIND_WORDS.match(line)
    if not marks and behind is not None and _condition(line[behind.end() :]):
        yield int(behind[2]), f"{behind['words']} {line[behind.end() :]}"
        return
    begin = marks[0][1] if marks else 0
    depths = _depths(line)
    marks += [
        (found.start(), found.end(), found[1])
        for found in _INNER.finditer(line, begin)
        if depths[found.start()] == 0 and not line[: found.start()].rstrip().endswith(("<", ">", "=", "~"))
    ]
    for at, (_start, end, grade) in enumerate(marks):
        stop = marks[at + 1][0] if at + 1 < len(marks) else len(line)
        yield int(grade), line[end:stop]


def _depths(line: str) -> list[int]:
    depth, found = 0, []
    for letter in line:
        depth = max(0, depth - (letter in ")]"))
        found.append(depth)
        depth += letter in "(["
    return found


def _condition(text: str) -> str:
    """Return the part of a grade's text that holds its limits: in brackets if some hold them, else its end."""
    groups = [found[1] for found in re.finditer(r"[(\[]([^()\[\]]*)(?:[)\]]|$)", text)]
    for group in reversed(groups):
        if re.search(r"[<>~]|\d.*(?:이상|이하|초과|미만)|\d", group) and _TRUNK.search(group):
            return group
    if groups and not re.search(r"[<>]|\d", re.sub(r"[(\[][^()\[\]]*(?:[)\]]|$)", " ", text)):
        return ""
    bare = re.search(r"(?:[|]?\s*(?:value|val|v|x|값|각도|angle)\s*[|]?\s*[<>=]|[-+±]?\s*\.?\d|[<>]=?|~).*$", text)
    if bare is None:
        return ""
    before = re.search(
        r"(?:less|more|greater|over|under|below|above|at|up|between|from|lower|higher|within)(?:\s+\w+){0,4}\s*$",
        text[: bare.start()],
        re.IGNORECASE,
    )
    return text[before.start() if before else bare.start() :].strip()
