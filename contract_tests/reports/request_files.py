"""Writes the bodies of failing requests beside a report, and the lines for a shell that send them again."""

import json
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from remo_mock.files.private import make_private_folder, write_private

from ..model.credentials import DEMO, ENVIRONMENT
from ..model.exchange import Request
from ..model.expectations import Assessment
from ..model.results import CheckResult, ReportedProblem
from ..plan.curl_line import curl_of_file
from ..plan.requests import photo_variable
from ..run.session import Session
from .fill_script import NAME, SCRIPT

FOLDER = "requests"
_FILL = f"{FOLDER}/{NAME}"
# A mock of our own is gone after its run: here the next one serves.
_NEXT_MOCK = "http://127.0.0.1:4420"
_KEYS = "REMO_API_EMAIL, REMO_API_USER_KEY and REMO_API_KEY"


@dataclass(slots=True)
class RequestFiles:
    """The files of requests in one folder of reports.

    `own`: the target was a mock of our own; `demo`: it knows the demo account; `lines` has the lines by `id` of their
    requests.
    """

    folder: Path
    base_url: str
    own: bool
    demo: bool
    lines: dict[int, str] = field(default_factory=dict)

    def line(self, request: Request) -> str:
        """Return the line that sends a request again from the folder of reports; write its file. Raises `OSError`."""
        if id(request) not in self.lines:
            self.lines[id(request)] = self._write(request)
        return self.lines[id(request)]

    def _write(self, request: Request) -> str:
        if not request.has_body or request.for_file is None:
            return curl_of_file(self.base_url, request, "-")
        plain = request.for_file()
        body = _with_defaults(plain, self._defaults(request))
        name = f"{FOLDER}/{self._keep(body)}"
        if all(f"${variable}".encode() not in body for variable in self._defaults(request)):
            return curl_of_file(self.base_url, request, name)
        return f"awk -f {_FILL} {name} | {curl_of_file(self.base_url, request, '-')}"

    def _keep(self, body: bytes) -> str:
        """Write a body under the next number that is free, unless a file holds it: lines of older reports stay true."""
        make_private_folder(self.folder / FOLDER)
        script = self.folder / _FILL
        if not _holds(script, SCRIPT.encode()):
            write_private(script, SCRIPT.encode())
        for number in count(1):
            path = self.folder / FOLDER / f"{number:03}.json"
            if not path.exists():
                write_private(path, body)
                return path.name
            if _holds(path, body):
                return path.name
        raise AssertionError("there is always a next number")

    def _defaults(self, request: Request) -> Mapping[str, str]:
        """Return what stands in for each variable that is not set: keys of the demo account, and photos of the run."""
        found = {variable: getattr(DEMO, name) if self.demo else "" for name, variable in ENVIRONMENT.items()}
        for view, photo in request.photos.items():
            if photo.file is not None:
                found[photo_variable(view)] = _from(self.folder, photo.file)
        return found


def with_lines(session: Session, files: RequestFiles, *, from_here: bool = False) -> Session:
    """Return a session whose problems show lines that send their requests again, and write what those need.

    The lines are for a shell in the folder of the files, or with `from_here` in the working directory.
    Raises `OSError`.
    """
    report, go = session.finished(), str(files.folder) if from_here else "."

    def of_problem(problem: ReportedProblem) -> ReportedProblem:
        if problem.request is None or problem.request.for_file is None:
            return problem
        line = files.line(problem.request)
        return replace(problem, curl=line if go == "." else f"(cd {shlex.quote(go)} && {line})", repeats=True)

    def of_result(result: CheckResult) -> CheckResult:
        return replace(result, problems=tuple(map(of_problem, result.problems)))

    def of_assessment(one: Assessment) -> Assessment:
        return replace(one, result=of_result(one.result))

    results = tuple(map(of_result, report.results))
    assessments = [of_assessment(one) for one in session.assessments]
    how = _how_to_repeat(files, from_here=from_here) if files.lines else ""
    return replace(session, report=replace(report, results=results, how_to_repeat=how), assessments=assessments)


def files_of(session: Session, folder: Path) -> RequestFiles:
    """Return the files of a session's requests in a folder of reports; nothing is written yet."""
    target = session.target
    own = session.finished().exact or target is None
    url = _NEXT_MOCK if own or target is None else session.clean(target.url.rstrip("/"))
    return RequestFiles(folder, url, own=own, demo=own or target is None or target.credentials is DEMO)


def _how_to_repeat(files: RequestFiles, *, from_here: bool) -> str:
    """Say what the lines need."""
    where = "" if from_here else " in this report's folder"
    parts = [f"Each curl line sends its request again{where}, in a shell such as sh; on Windows in Git Bash or WSL."]
    if files.own:
        parts.append("Start `remo-mock serve` first: the mock of this run is gone.")
    if files.demo:
        parts.append(f"Without {_KEYS} the demo account is used.")
    else:
        parts.append(f"Set {_KEYS} first; a success is paid for.")
    return " ".join(parts)


def _with_defaults(body: bytes, defaults: Mapping[str, str]) -> bytes:
    for variable, value in defaults.items():
        if value:
            written = json.dumps(value, ensure_ascii=False)[1:-1]
            body = body.replace(f'${variable}"'.encode(), f'${variable}:-{written}"'.encode())
    return body


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _from(folder: Path, path: Path) -> str:
    """Return the way to a file from a folder; the whole path if it was given so, or is on another drive."""
    if path.is_absolute():
        return str(path)
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path.resolve())
