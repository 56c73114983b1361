"""Judges saved replies: each file by itself, so that one that cannot be judged stops no other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from remo_mock.contract.packaged import chosen_directory

from ..checks.catalogue import catalogue_of
from ..model.credentials import Redactor, from_environment
from ..model.results import CheckResult, Verdict
from ..plan.curl_line import URL_VARIABLE
from .assertion import judge_exchanges
from .endpoint_search import find_endpoint
from .recorded import Reader, read_saved
from .recording import Recording, RecordingError
from .saved_exchange import parts_missing, parts_taken_out, withhold

# What a report calls the endpoint of an error that may be of several.
_ANY_ENDPOINT = "any endpoint"
_BY_WEIGHT: tuple[Verdict, ...] = ("skipped", "pass", "note", "violation")


@dataclass(frozen=True, slots=True)
class SavedJudgement:
    """What the checks found in saved replies, the number of replies, and what could not be judged.

    `missing` are the words for `--without` of which some success has no field.
    """

    results: tuple[CheckResult, ...]
    judged: int
    not_judged: tuple[RecordingError, ...]
    missing: tuple[str, ...] = ()


def judge_saved(
    names: Iterable[str],
    *,
    endpoint: str | None = None,
    without: str | Iterable[str] = (),
    reader: Reader | None = None,
) -> SavedJudgement:
    """Judge the replies in these files.

    `endpoint` is the name or path for bodies alone; `without` names what was taken out of the replies; `reader` reads
    files of one more kind. Raises `EndpointError`, `TakenOutError`.
    """
    taken_out = parts_taken_out(without)
    folder = chosen_directory()
    contract = catalogue_of(folder).contract
    given = find_endpoint(contract, endpoint) if endpoint is not None else None
    recordings: list[Recording] = []
    not_judged: list[RecordingError] = []
    for read in read_saved(names, contract, endpoint=given, reader=reader):
        if isinstance(read, RecordingError):
            not_judged.append(read)
        else:
            recordings.append(replace(read, exchange=withhold(read.exchange, taken_out)))
    redactor = Redactor(one for one in (from_environment(), *(one.sent_by for one in recordings)) if one is not None)
    results: list[CheckResult] = []
    for alike in _alike(recordings):
        results += _judge(alike, folder, redactor)
    missing = tuple(dict.fromkeys(word for one in recordings for word in parts_missing(one.exchange)))
    return SavedJudgement(tuple(results), len(recordings), tuple(not_judged), missing)


def _alike(recordings: Iterable[Recording]) -> Iterable[list[Recording]]:
    """Group recordings that lack the same layers, and those whose endpoint is open by the endpoints that it may be."""
    groups: dict[tuple[object, ...], list[Recording]] = {}
    for one in recordings:
        possible = [one.exchange.endpoint, *one.also_of] if one.also_of else []
        key = (one.layers_left_out, *(endpoint.name for endpoint in possible))
        groups.setdefault(key, []).append(one)
    return groups.values()


def _judge(recordings: Sequence[Recording], folder: Path | None, redactor: Redactor) -> tuple[CheckResult, ...]:
    """Judge replies of one group; those of several endpoints by what all of these promise."""
    layers, also_of = recordings[0].layers_left_out, recordings[0].also_of
    exchanges = [one.exchange for one in recordings]
    # The line that sends a request again is for a shell, which knows the URL.
    base_url = f"${URL_VARIABLE}"
    judge = partial(judge_exchanges, contract_dir=folder, layers_left_out=layers, base_url=base_url, redactor=redactor)
    found = judge(exchanges).results
    for endpoint in also_of:
        others = [replace(one, endpoint=endpoint) for one in exchanges]
        more = judge(others).results
        found = _common(found, more)
    if not also_of:
        return found
    return tuple(replace(one, check=replace(one.check, endpoint=_ANY_ENDPOINT)) for one in found)


def _common(some: Iterable[CheckResult], others: Iterable[CheckResult]) -> tuple[CheckResult, ...]:
    """Return, of each check that both have, the milder result."""
    by_id = {one.check.id: one for one in others}
    pairs = [(one, by_id[one.check.id]) for one in some if one.check.id in by_id]
    return tuple(min(pair, key=lambda one: _BY_WEIGHT.index(one.verdict)) for pair in pairs)
