"""Explains a path at which nothing answers: which endpoint may be meant, which exist, and how another is added."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from remo_mock.hints.hint import Hint
from remo_mock.hints.texts import english
from remo_mock.service.messages.problem import Problem

# How alike two paths are (0 to 1) for one to be a slip of the other, and up to how many letters that is looked at.
_ALIKE = 0.8
_MAX_PATH = 100
_BELOW = "/api/"
_ANOTHER = (
    "Another endpoint is added as data: `remo-mock contract init DIR` writes what there is, and the mock follows the "
    "folder that REMO_MOCK_CONTRACT_DIR names"
)


def unknown_path(path: str, known: Sequence[str], *, who: str = "This mock answers at", more: str = "") -> Problem:
    """Make the problem for a path that is none of the `known` ones; its hint names the one that is most like it.

    `who` begins the list of the known paths, `more` says behind it where to read on.
    """
    hint = _hint(path, known)
    said = english(hint) if hint else ""
    sentences = [f"{said[0].upper()}{said[1:]}"] if said else []
    sentences.append(f"{who} {', '.join(known)}{more}.")
    if path.startswith(_BELOW):
        sentences.append(f"{_ANOTHER}.")
    return Problem(404, "Nothing here", " ".join(sentences), hint)


def _hint(path: str, known: Sequence[str]) -> Hint | None:
    by_spelling = {_normal(one): one for one in known}
    sent = _normal(path)[:_MAX_PATH]
    end = f"-{sent.rpartition('/')[2]}"
    near = get_close_matches(sent, by_spelling, n=1, cutoff=_ALIKE) or [one for one in by_spelling if one.endswith(end)]
    if not near:
        return None
    meant = by_spelling[near[0]]
    return Hint(_difference(path, meant), {"path": meant})


def _normal(path: str) -> str:
    """Return a path without the slips that are made most: case, underscores, doubled slashes and one at the end."""
    return re.sub("/+", "/", path[: 2 * _MAX_PATH].lower().replace("_", "-")).rstrip("/")


def _difference(path: str, meant: str) -> str:
    """Return the key of the hint that says in what a path differs from the one that is meant, if that is one thing."""
    if path.rstrip("/") == meant:
        return "did_you_mean_no_slash"
    if path.lower() == meant:
        return "did_you_mean_case"
    if path.replace("_", "-") == meant:
        return "did_you_mean_hyphen"
    return "did_you_mean"
