"""Every hint has a text in English and Korean with the same places, and code says nothing else."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from remo_mock.hints import texts as texts_module
from remo_mock.hints.hint import Hint, chained, from_json, to_json
from remo_mock.hints.texts import LANGUAGES, english, text_of, texts, texts_of_json

PACKAGE = Path(texts_module.__file__).parents[1]
HANGUL = re.compile("[가-힣]")
# What stands in no sentence: names of formats, and parts of one.
WITHOUT_SENTENCE = re.compile(
    "kind_.*|card_of_.*|both|either|whole_body|of_photo|foreign_format_because|refused|expected_.*|one_of"
)


def places(text: str) -> set[str]:
    """Return the names of a text's places, with what says how they are written."""
    return {f"{name}:{form}" for _, name, form, _ in Formatter().parse(text) if name is not None}


def words_in_code() -> tuple[set[str], set[str]]:
    """Return the keys that are made into hints as they stand in code, and every text that code holds."""
    made: set[str] = set()
    held: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                held.add(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Hint", "chained"):
                key = node.args[0]
                either = (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,)
                made |= {str(one.value) for one in either if isinstance(one, ast.Constant)}
    return made, held


@pytest.mark.parametrize("key", texts())
def test_a_text_has_each_language_with_the_same_places(key: str) -> None:
    assert set(texts()[key]) == set(LANGUAGES)
    assert places(texts()[key]["ko"]) == places(texts()[key]["en"])


def test_english_is_ascii_and_korean_is_korean() -> None:
    assert [key for key, text in texts().items() if not text["en"].isascii()] == []
    spoken = [key for key in texts() if not WITHOUT_SENTENCE.fullmatch(key)]
    assert [key for key in spoken if not re.search(r"(니다|세요|나요|까요)\b", texts()[key]["ko"])] == []
    named = re.compile("kind_.*|card_of_.*|both|of_photo|expected_terms")
    assert [key for key in texts() if not (named.fullmatch(key) or HANGUL.search(texts()[key]["ko"]))] == []


def test_code_makes_the_hints_that_have_texts_and_no_others() -> None:
    made, held = words_in_code()
    assert made - set(texts()) == set()
    assert set(texts()) - held == set()
    assert len(made) > 50


def test_hints_are_joined_in_the_way_of_each_language() -> None:
    hints = (
        Hint("of_photo", {"field": "borigimg", "said": (Hint("card_for", {"verdict": "ok"}), Hint("cut_off"))}),
        Hint("other_page", {"endpoint": "e", "entry": "L12"}),
    )
    assert english(*hints) == (
        "borigimg is a photo card for ok; shows a person cut off by the lower edge, where the joints that are not "
        "seen lie: no page has a code for that; step back until the feet are in the frame; this path is of the "
        "page's viewing sample, answered as e (L12)"
    )
    assert text_of(hints, "ko").startswith("borigimg: ok 사진 카드입니다. 사람이 사진 아래쪽에서 잘렸고,")


def test_lists_and_numbers_are_written_out() -> None:
    assert english(Hint("fields_missing", {"fields": ("Email", "APIKey")})) == "Email, APIKey are missing"
    either = chained("either", ["string", "null", "number"])
    assert english(Hint("field_type", {"field": "a", "types": either})) == "a should be string or null or number"
    pixels = Hint("too_many_pixels", {"megapixels": 64.0})
    assert english(pixels).startswith("has more than 64 megapixels")


HOSTILE = Hint("card_unknown", {"text": "{0.__class__} {megapixels} %s 🙂"})


def test_a_value_is_never_taken_for_a_text_with_places() -> None:
    assert "{0.__class__} {megapixels} %s" in english(HOSTILE)


def test_hints_come_back_from_json_as_they_were() -> None:
    inner = chained("both", [Hint("card_of_any_view", {"verdict": "ok"}), Hint("whole_body")])
    hints = (HOSTILE, Hint("fields_missing", {"fields": ("a", "b")}), Hint("card_elsewhere", {"cards": inner}))
    kept = to_json(hints)
    assert kept is not None
    assert from_json(kept) == hints
    assert to_json(()) is None


@pytest.mark.parametrize(
    "kept",
    ["the body is empty", '{"key": "body_empty"}', '[{"key": "of_tomorrow", "values": {}}]', "[1]", "[{}]", "["],
)
def test_what_another_version_kept_is_shown_as_it_is(kept: str) -> None:
    assert texts_of_json(kept) == {"en": kept, "ko": kept}
