"""A condition is read as printed: its limits to the digit, and on which side of each the bound itself lies."""

import pytest

from remo_mock.contract.deriving.facts import GradeRow
from remo_mock.contract.deriving.text.bands import read_bands

IN, OUT, SILENT = True, False, None

CONDITIONS = [
    ("value<=-4", None, None, -4, IN),
    ("-4<value<=-1", -4, OUT, -1, IN),
    ("-1.5<value<1.5", -1.5, OUT, 1.5, OUT),
    ("value>=15", 15, IN, None, None),
    ("5>value>=3", 3, IN, 5, OUT),
    ("-1.5>=value>-5", -5, OUT, -1.5, IN),
    ("15<=value", 15, IN, None, None),
    ("8 < value < 15", 8, OUT, 15, OUT),
    ("1.5 < = value < 5", 1.5, IN, 5, OUT),
    ("1.5=<value<5", 1.5, IN, 5, OUT),
    ("1.5≤value＜5", 1.5, IN, 5, OUT),
    ("–5 < value ≤ –1.5", -5, OUT, -1.5, IN),
    ("−5 < value ⩽ −1.5", -5, OUT, -1.5, IN),
    ("value &lt;= 8", None, None, 8, IN),
    ("value ≥ 15°", 15, IN, None, None),
    ("1.5<=far_head_bal_m_<5", 1.5, IN, 5, OUT),
    ("1.5<=vlaue<5", 1.5, IN, 5, OUT),
    ("value>=1.5, value<5", 1.5, IN, 5, OUT),
    ("1.5 <= value && value < 5", 1.5, IN, 5, OUT),
    ("|value| < 1.5", -1.5, OUT, 1.5, OUT),
    ("±1.5 미만", -1.5, OUT, 1.5, OUT),
    ("value<.5", None, None, 0.5, OUT),
    ("value<+3", None, None, 3, OUT),
    ("5 이상 10 미만", 5, IN, 10, OUT),
    ("5이상10미만", 5, IN, 10, OUT),
    ("5도 이상, 10도 미만", 5, IN, 10, OUT),
    ("5 초과 ~ 10 이하", 5, OUT, 10, IN),
    ("-10 미만", None, None, -10, OUT),
    ("3.0 이상인 경우", 3, IN, None, None),
    ("at least 5 and less than 10", 5, IN, 10, OUT),
    ("more than 5, at most 10", 5, OUT, 10, IN),
    ("greater than or equal to 15", 15, IN, None, None),
    ("less than or equal to 8", None, None, 8, IN),
    ("10 or more", 10, IN, None, None),
    ("8 degrees or less", None, None, 8, IN),
    ("over 3", 3, OUT, None, None),
    ("-5 ~ -1.5", -5, SILENT, -1.5, SILENT),
    ("-5~-1.5", -5, SILENT, -1.5, SILENT),
    ("-5–-1.5", -5, SILENT, -1.5, SILENT),
    ("5-10", 5, SILENT, 10, SILENT),
    ("between 5 and 10", 5, SILENT, 10, SILENT),
    ("5° ~ 10° 미만", 5, SILENT, 10, OUT),
    ("~ -5", None, None, -5, SILENT),
    ("5 ~", 5, SILENT, None, None),
]
WRITINGS = [
    "1: caution ({})",
    "1 : 주의({})",
    "1:주의 ({}",
    "1. caution ({})",
    "1 (주의) : {}",
    "* 1: caution ({})",
    "[1] caution [{}]",
]
NO_INTERVALS = [
    ("value<-5 or value>5", "more than one interval"),
    ("value<-5 또는 value>5", "more than one interval"),
    ("|value|>=5", "a magnitude on both sides of 0"),
    ("5<value<1", "exclude each other"),
    ("±1.5", "does not say on which side"),
    ("5", "does not say on which side"),
    ("value=5", "is not one interval"),
    ("5<value>3", "is not one interval"),
]


def limits(row: GradeRow) -> tuple[float | None, bool | None, float | None, bool | None]:
    return row.low, row.has_low, row.high, row.has_high


@pytest.mark.parametrize(("condition", "low", "has_low", "high", "has_high"), CONDITIONS)
def test_a_condition_has_its_limits_and_sides(
    condition: str, low: float | None, has_low: bool | None, high: float | None, has_high: bool | None
) -> None:
    (row,) = read_bands([f"1: caution ({condition})"]).rows
    assert (row.grade, *limits(row)) == (1, low, has_low, high, has_high)


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("condition", ["1.5<=value<5", "1.5 이상 5 미만"])
def test_a_grade_may_be_written_in_many_ways(writing: str, condition: str) -> None:
    (row,) = read_bands([writing.format(condition)]).rows
    assert (row.grade, row.level, *limits(row)) == (1, "caution", 1.5, IN, 5, OUT)


@pytest.mark.parametrize(
    "line",
    [
        "1: caution ((1.5<=value<5))",
        "1: caution 1.5<=value<5)",
        "1: 1.5 ≤ value < 5 : caution",
        "Grade 1 : caution (1.5 <=value <5 )",
        "+1: caution (1.50<=value<5.0)",
        "1（주의）：1.5≤값＜5",
        "caution (1) : 1.5<=value<5",
        "① caution(1.5<=value<5)",
    ],
)
def test_slips_of_an_editor_are_read_as_meant(line: str) -> None:
    (row,) = read_bands([line]).rows
    assert (row.grade, row.level, *limits(row)) == (1, "caution", 1.5, IN, 5, OUT)


@pytest.mark.parametrize(("condition", "why"), NO_INTERVALS)
def test_what_is_no_interval_is_told_and_not_guessed(condition: str, why: str) -> None:
    found = read_bands([f"2: danger ({condition})", "0: normal (value<1)"])
    assert [problem for problem in found.problems if "grade 2" in problem and why in problem] != []
    assert [limits(row) for row in found.rows if row.grade == 2] == [(None, None, None, None)]


def test_grades_without_limits_are_told() -> None:
    assert read_bands(["0: normal", "1: caution", "2: danger"]).problems == ("grades 0, 1, 2 have no limits",)
    assert read_bands(["0: normal (value<5)", "1: caution"]).problems == ("1 of 2 grades has no limits",)


def test_a_grade_that_stands_twice_is_told() -> None:
    assert read_bands(["0: a (value<5)", "0: b (value>=5)"]).problems == ("grade 0 stands more than once",)


@pytest.mark.parametrize(
    "words", ["Angle in degrees.", "success: 200, else the code", "-1 when unknown", "ratio 1:2", ""]
)
def test_a_description_without_bands_has_none(words: str) -> None:
    assert read_bands([words]) == read_bands([])


@pytest.mark.parametrize(
    ("words", "level", "direction"),
    [
        ("Tilted upward to the right danger", "danger", "right_up"),
        ("왼쪽 위로 기울어짐 주의", "caution", "left_up"),
        ("X-legs caution", "caution", "knock_knee"),
        ("O다리 위험", "danger", "bow_leg"),
        ("Tilted backward danger", "danger", "backward"),
        ("앞으로 기울어짐 주의", "caution", "forward"),
        ("정상", "normal", ""),
    ],
)
def test_the_words_of_a_grade_are_understood(words: str, level: str, direction: str) -> None:
    (row,) = read_bands([f"1 : {words}(value<1)"]).rows
    assert (row.level, row.direction, row.words) == (level, direction, "")
