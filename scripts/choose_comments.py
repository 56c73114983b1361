"""Chooses the comments that the contract suite puts into its photos, so that wrong grades show on a mock.

A mock takes its angles from a hash of the photo's bytes. Of each view the suite sends three photos: the sample, the
same pixels again, and the person moved. Their comments are chosen together: every angle lies once where the bands of
the pages differ, and once beyond what any page calls normal, and few lies about a grade slip past the successes of an
endpoint. The search takes some minutes. It writes comments.json, and the moved photos as files: another version of the
library would encode them otherwise, and their angles would be others.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from contract_tests.model.own_photos import COMMENTS, MOVED  # noqa: E402 - the checkout comes first
from contract_tests.model.photos import Photo, moved, with_comment  # noqa: E402
from remo_mock.contract import Contract, Endpoint, Metric, read_contract  # noqa: E402
from remo_mock.contract.packaged import contract_documents, fixture  # noqa: E402
from remo_mock.service.analysis.metrics import degrees, photo_key, read_plausible  # noqa: E402

SUITE = ROOT / "contract_tests"
# How many comments are tried for each photo.
MOST = 1_000_000
# A side has four angles only: far fewer comments hold good ones.
ENOUGH = 400
# How many pairs of a view are tried with those of the others.
BEST = 120
# From how many pairs of the first view the choice for all views begins.
STARTS = 24


@dataclass(frozen=True, slots=True)
class Candidate:
    """A comment, the angles that a mock finds with it, and which of them tell pages apart or are abnormal."""

    comment: str
    values: Mapping[str, float]
    telling: frozenset[str]
    abnormal: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The photos of one view: the sample, the same pixels with another comment, and the person moved."""

    first: Candidate
    second: Candidate
    moved: Candidate

    def of(self, endpoint: Endpoint) -> tuple[Candidate, ...]:
        """Return the photos of this view in an endpoint's successes, as contract_tests/plan/plan.py sends them."""
        return (self.moved, self.second, self.first) if endpoint.price.family else (self.moved, self.first)


@dataclass(frozen=True, slots=True, order=True)
class Slips:
    """How many lies slip through.

    Gross ones are a grade that is always 0, and that of another angle of the same view or of the same measure.
    """

    gross: int
    fine: int


def kinds(contract: Contract, view: str) -> dict[str, tuple[Callable[[float], bool], Callable[[float], bool]]]:
    """Return for each angle of a view two tests of a value: that it tells pages apart, and is abnormal on each."""
    everywhere = [metric for endpoint in contract.endpoints for metric in endpoint.metrics]
    found = {}
    for name in sorted(
        {metric.name for metric in everywhere if metric.view == view}, key=lambda name: "qang" not in name
    ):
        same = [metric for metric in everywhere if metric.name == name]
        # A side is compared with the other views, too, whose bands have another shape.
        kin = [one for one in everywhere if one.measure == same[0].measure and (view == "side" or one.view != "side")]
        found[name] = (_distinguishes(same[-1], kin), _is_abnormal(same))
    return found


def _distinguishes(metric: Metric, kin: Iterable[Metric]) -> Callable[[float], bool]:
    rivals = [other for other in kin if other.bands != metric.bands]
    return lambda value: all(other.grade(value) != metric.grade(value) for other in rivals)


def _is_abnormal(same: Iterable[Metric]) -> Callable[[float], bool]:
    return lambda value: all(metric.grade(value) != 0 for metric in same)


def candidates(contract: Contract, view: str, jpeg: bytes) -> Iterator[Candidate]:
    """Yield the comments with which each angle of the photo tells pages apart or is abnormal."""
    plausible = read_plausible(fixture("plausible.json"))
    measures = {
        one.name: one.measure for endpoint in contract.endpoints for one in endpoint.metrics if one.view == view
    }
    spreads = {name: plausible.of(measure, view=view) for name, measure in measures.items()}
    tests = kinds(contract, view)
    for number in range(MOST):
        comment = f"remo-mock {number}"
        key = photo_key(with_comment(jpeg, comment))
        values, telling, abnormal = {}, set(), set()
        for name, (tells, is_abnormal) in tests.items():
            values[name] = value = degrees(key, name, seed=0, spread=spreads[name])
            telling |= {name} if tells(value) else set()
            abnormal |= {name} if is_abnormal(value) else set()
            if name not in telling and name not in abnormal:
                break
        else:
            yield Candidate(comment, values, frozenset(telling), frozenset(abnormal))


def slips(contract: Contract, endpoint: Endpoint, chosen: Mapping[str, Chosen]) -> Slips:
    """Count the lies about one grade that none of the endpoint's successes shows."""
    by_view = {view.name: chosen[view.name].of(endpoint) for view in endpoint.views}
    values = {one.name: [photo.values[one.name] for photo in by_view[one.view]] for one in endpoint.metrics}
    grades = {one.name: [one.grade(value) for value in values[one.name]] for one in endpoint.metrics}
    tables = {one.bands: one for known in contract.endpoints for one in known.metrics}
    gross = fine = 0
    for metric in endpoint.metrics:
        right, possible = grades[metric.name], {band.grade for band in metric.bands}
        gross += not any(right)
        fine += len(set(right)) == 1
        mistaken = [one.name for one in endpoint.metrics if one is not metric and grades[one.name] == right]
        near = [one.name for one in endpoint.metrics if metric.view == one.view or metric.measure == one.measure]
        gross += len({*mistaken} & {*near})
        fine += len({*mistaken} - {*near})
        lies = [
            [one.grade(value) for value in values[metric.name]]
            for bands, one in tables.items()
            if bands != metric.bands
        ]
        lies += [[-grade for grade in right], [max(-1, min(1, grade)) for grade in right]]
        if min(possible) < 0:
            lies += [[abs(grade) for grade in right], [max(0, grade) for grade in right]]
        fine += sum(lie == right for lie in lies)
    return Slips(gross, fine)


def all_slips(contract: Contract, chosen: Mapping[str, Chosen]) -> Slips:
    """Count the lies that slip past the endpoints whose views are all chosen."""
    known = [one for one in contract.endpoints if {view.name for view in one.views} <= chosen.keys()]
    found = [slips(contract, endpoint, chosen) for endpoint in known]
    return Slips(sum(one.gross for one in found), sum(one.fine for one in found))


def variety(contract: Contract, chosen: Chosen) -> int:
    """Count the different grades that the successes of the endpoints of this view alone show."""
    return sum(
        len({metric.grade(photo.values[metric.name]) for photo in chosen.of(endpoint)})
        for endpoint in contract.endpoints
        if endpoint.price.family
        for metric in endpoint.metrics
        if metric.name in chosen.first.values
    )


def pairs(contract: Contract, view: str, first: list[Candidate], second: list[Candidate]) -> list[Chosen]:
    """Return the best pairs of sample and moved photo: each angle tells pages apart in one, and is abnormal in one."""
    every = frozenset(first[0].values)
    found = [
        Chosen(one, one, two)
        for one, two in product(first, second)
        if one.telling | two.telling == every and one.abnormal | two.abnormal == every
    ]
    print(f"{view}: {len(first)} and {len(second)} comments, {len(found)} pairs", flush=True)
    return sorted(found, key=lambda pair: all_slips(contract, {view: pair}))[:BEST]


def choose(contract: Contract, found: Mapping[str, list[Chosen]]) -> dict[str, Chosen]:
    """Choose a pair of each view, so that as few lies as possible slip through."""
    first = next(iter(found))
    trials = [_improved(contract, {first: start}, found) for start in found[first][:STARTS]]
    return min(trials, key=lambda chosen: all_slips(contract, chosen))


def _improved(contract: Contract, chosen: dict[str, Chosen], found: Mapping[str, list[Chosen]]) -> dict[str, Chosen]:
    """Choose for the views in turn what fits the others best; the last round sees what all others chose."""
    for view in (*list(found)[1:], *found, *found):
        chosen |= {view: min(found[view], key=lambda pair, view=view: all_slips(contract, chosen | {view: pair}))}  # type: ignore[misc]
    return chosen


def with_second(
    contract: Contract, chosen: Mapping[str, Chosen], first: Mapping[str, list[Candidate]]
) -> dict[str, Chosen]:
    """Add to each view the comment with which the fewest lies slip through, and the most grades are seen."""

    def score(view: str, second: Candidate) -> tuple[Slips, int]:
        trial = replace(chosen[view], second=second)
        return all_slips(contract, {**chosen, view: trial}), -variety(contract, trial)

    return {
        view: replace(pair, second=min(first[view], key=lambda one, view=view: score(view, one)))  # type: ignore[misc]
        for view, pair in chosen.items()
    }


def main() -> None:
    """Search, and write what was chosen."""
    contract = read_contract(contract_documents())
    views = sorted({view.name for endpoint in contract.endpoints for view in endpoint.views})
    jpegs = {view: (ROOT / "fixtures" / "photos" / f"{view}.jpg").read_bytes() for view in views}
    frames = {view: moved(Photo(view, jpegs[view])).data for view in views}
    first, found = {}, {}
    for view in views:
        first[view] = _enough(candidates(contract, view, jpegs[view]))
        found[view] = pairs(contract, view, first[view], _enough(candidates(contract, view, frames[view])))
    chosen = with_second(contract, choose(contract, found), first)
    rows = {}
    (SUITE / MOVED).mkdir(exist_ok=True)
    for view, photos in chosen.items():
        rows[view] = {
            "photo": sha256(jpegs[view]).hexdigest(),
            "first": photos.first.comment,
            "second": photos.second.comment,
        }
        (SUITE / MOVED / f"{view}.jpg").write_bytes(with_comment(frames[view], photos.moved.comment))
    (SUITE / COMMENTS).write_text(json.dumps(rows, indent=2, sort_keys=True) + "\n")
    for endpoint in contract.endpoints:
        found_in = slips(contract, endpoint, chosen)
        print(f"{endpoint.name}: {found_in.gross} gross and {found_in.fine} fine lies about a grade slip through")


def _enough(found: Iterator[Candidate]) -> list[Candidate]:
    return [one for one, _ in zip(found, range(ENOUGH), strict=False)]


if __name__ == "__main__":
    main()
