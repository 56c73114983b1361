"""Saves replies to files, and judges them as `remo-mock verify --saved` does."""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from contract_tests.reports.saved import print_saved
from remo_mock.cassettes.suite_exchange import read_recording
from remo_mock.contract import read_contract
from remo_mock.contract.packaged import contract_documents


@dataclass(frozen=True)
class Verdict:
    """The exit code of the command, and what it printed."""

    code: int
    text: str

    @property
    def not_judged(self) -> list[str]:
        """The lines about files that cannot be judged."""
        return [line for line in self.text.splitlines() if line.startswith("NOT JUDGED")]


def save(folder: Path, name: str, content: Any) -> str:
    """Write bytes or a text as they are, anything else as JSON, and return the file's name."""
    data = (
        content
        if isinstance(content, bytes)
        else (content if isinstance(content, str) else json.dumps(content)).encode()
    )
    (folder / name).write_bytes(data)
    return str(folder / name)


def judge(*files: str, endpoint: str | None = None, without: tuple[str, ...] = (), strict: bool = False) -> Verdict:
    """Judge files, in this process."""
    lines: list[str] = []
    reader = partial(read_recording, contract=read_contract(contract_documents(None)))
    endpoints = [endpoint] if endpoint else []
    code = print_saved(files, endpoints, without=without, strict=strict, echo=lines.append, reader=reader)
    return Verdict(code, "\n".join(lines))
