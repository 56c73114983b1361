"""Chooses the comments that the contract suite puts into its photos, so that a mock's angles distinguish the pages.

A mock takes its angles from a hash of the photo's bytes. With the comments chosen here, every angle of the three photos
lies where the bands of the pages differ: a single request finds a service that grades even one of them by the bands of
another page, or by those of a front or back photo.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from contract_tests.model.photos import with_comment  # noqa: E402 - the checkout comes first
from remo_mock.contract import Metric, read_contract  # noqa: E402
from remo_mock.contract.packaged import contract_documents, fixture  # noqa: E402
from remo_mock.service.analysis.metrics import degrees, photo_key, read_plausible  # noqa: E402

OUT = ROOT / "contract_tests" / "comments.json"
Test = Callable[[bytes], bool]


def distinguishes(metric: Metric, others: list[Metric]) -> Callable[[float], bool]:
    """Return a test whether all other bands grade a value differently."""
    rivals = [other for other in others if other.bands != metric.bands]
    return lambda value: all(other.grade(value) != metric.grade(value) for other in rivals)


def tests_of(view: str) -> list[Test]:
    """Return a test of a photo's digest for each angle of a view, the least likely first."""
    endpoints = read_contract(contract_documents()).endpoints
    side = view == "side"
    plausible = read_plausible(fixture("plausible.json"))
    metrics = {metric.name: metric for endpoint in endpoints for metric in endpoint.metrics if metric.view == view}
    everywhere = [metric for endpoint in endpoints for metric in endpoint.metrics]

    def test(metric: Metric) -> Test:
        kin = [other for other in everywhere if other.measure == metric.measure and (other.view != "side" or side)]
        is_distinct = distinguishes(metric, kin)
        spread = plausible.of(metric.measure, view=view)
        return lambda photo: is_distinct(degrees(photo, metric.name, seed=0, spread=spread))

    legs_first = sorted(metrics.values(), key=lambda metric: "qang" not in metric.measure)
    return [test(metric) for metric in legs_first]


def improvements(view: str, *, most: int) -> Iterator[tuple[int, str]]:
    """Yield ever better comments, with the number of angles that distinguish the pages, until all of them do."""
    photo = (ROOT / "fixtures" / "photos" / f"{view}.jpg").read_bytes()
    tests = tests_of(view)
    best = -1
    for number in count():
        comment = f"remo-mock {number}"
        key = photo_key(with_comment(photo, comment))
        kept = 0
        for test in tests:
            if not test(key):
                break
            kept += 1
        if kept > best:
            best = kept
            yield kept, comment
        if best == len(tests) or number >= most:
            return


def main() -> None:
    """Search, and save each better comment at once, so that the search can be stopped when it is good enough."""
    views = sys.argv[1:] or ["side", "front", "back"]
    for view in views:
        photo = (ROOT / "fixtures" / "photos" / f"{view}.jpg").read_bytes()
        for kept, comment in improvements(view, most=20_000_000):
            chosen = json.loads(OUT.read_text()) if OUT.exists() else {}
            chosen[view] = {"photo": hashlib.sha256(photo).hexdigest(), "comment": comment, "telling": kept}
            OUT.write_text(json.dumps(chosen, indent=2, sort_keys=True) + "\n")
            print(f"{view}: {kept} of {len(tests_of(view))} with {comment!r}", flush=True)


if __name__ == "__main__":
    main()
