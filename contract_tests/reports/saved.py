"""Prints the verdict on saved replies."""

from collections.abc import Callable, Sequence

from ..model.credentials import Redactor
from ..model.results import counts, describe
from ..run.endpoint_search import EndpointError
from ..run.recorded import Reader
from ..run.saved_exchange import TakenOutError, parts_taken_out
from ..run.saved_judgement import judge_saved
from ..run.session import CONFORMS, INCOMPLETE, USAGE, VIOLATIONS

Echo = Callable[[str], None]


def print_saved(
    files: Sequence[str],
    endpoints: Sequence[str],
    *,
    without: Sequence[str] = (),
    strict: bool,
    echo: Echo,
    reader: Reader | None = None,
) -> int:
    """Judge saved replies, print what is wrong with them and which files cannot be judged; return the exit code.

    It is 1 for a violation, 2 if no file can be judged, 3 if some cannot and the others keep the contract.
    """
    if not files or len(endpoints) > 1:
        echo("Give the files of recorded replies, and at most one --endpoint for them.")
        return USAGE
    try:
        judgement = judge_saved(files, endpoint=endpoints[0] if endpoints else None, without=without, reader=reader)
    except EndpointError as error:
        echo(f"--endpoint: {error}")
        return USAGE
    except TakenOutError as error:
        echo(f"--{error}")
        return USAGE
    for result in judgement.results:
        if result.verdict in ("violation", "note"):
            echo(f"{result.verdict.upper()}  {describe(result)}\n")
    for file in judgement.not_judged:
        # A file's name may hold anything, line ends too.
        echo(f"NOT JUDGED  {' '.join(Redactor(()).clean(str(file)).split())}")
    found = counts(judgement.results)
    parts = [", ".join(f"{number} {verdict}" for verdict, number in found.items())]
    if without:
        parts.append(f"{' and '.join(parts_taken_out(without))} not looked at (--without)")
    if judgement.not_judged:
        parts.append(f"{len(judgement.not_judged)} not judged, {judgement.judged} judged")
    echo("; ".join(parts))
    if judgement.missing:
        words = ",".join((*parts_taken_out(without), *judgement.missing))
        echo(f"If somebody took {' and '.join(judgement.missing)} out before saving, add --without {words}.")
    if found["violation"] or (strict and found["note"]):
        return VIOLATIONS
    if not judgement.judged or len(judgement.results) == found["skipped"]:
        return USAGE
    return INCOMPLETE if judgement.not_judged else CONFORMS
