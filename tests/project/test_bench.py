"""`make bench` measures each part, and says which goals its figures keep."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench import peers
from bench.__main__ import main
from bench.goals import goals
from bench.report import report
from bench.scale import QUICK, SHARES, Bound
from bench.tables import Table, keep, kept, shown
from remo_mock.photos.decoding import open_photo
from steps import turned
from tests.support.checkout import ROOT
from tests.support.postgres import programs
from tests.support.programs import left_out
from tests.support.waiting import TIMEOUT

HEADINGS = (
    "## Goals",
    "## W1: one photo of 20 kB to v2-back",
    "## Memory under large requests, all processes together",
    "## By charges before, all in the request's own set, W1, 1 worker",
    "## By accounts, W1, 1 worker",
    "## By exchanges in the journal, W1, 1 worker",
    "## By kB of the photo, W1, 1 worker",
    "## By connections, W1, 1 worker",
    "## By workers, W1",
    "## Photos that were never seen, one request at a time",
    "## Several servers with one PostgreSQL",
)


@pytest.mark.skipif(sys.platform != "linux", reason="CPU time and memory are read from /proc")
def test_all_parts_are_measured_reported_and_drawn(tmp_path: Path) -> None:
    programs() or left_out("PostgreSQL")
    command = [sys.executable, "-m", "bench", "--quick", "--into", str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}"}
    subprocess.run(command, env=environment, timeout=280, check=True)
    written = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert [line for line in written.splitlines() if line.startswith("## ")] == list(HEADINGS)
    assert "| remo-mock, 2 workers | " in written
    assert "| three views of 1 MP | " in written
    assert all((tmp_path / name).read_text().count("<path") > 5 for name in ("ratios.svg", "growth.svg"))


def test_nginx_does_not_answer_before_the_body_has_come(tmp_path: Path) -> None:
    nginx = next(peer for peer in peers.PEERS if peer.name.startswith("nginx"))
    nginx.is_there() or left_out("nginx")
    reply, folder = tmp_path / "reply", tmp_path / "folder"
    reply.write_bytes(b"ready")
    folder.mkdir()
    request = peers.Request("W1", reply, folder)
    head = f"POST {request.path} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n"
    with (
        peers.running(nginx, request) as server,
        socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=0.2) as connection,
    ):
        connection.sendall(head.encode() + b"x" * 50_000)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.settimeout(TIMEOUT)
        connection.sendall(b"x" * 50_000)
        with connection.makefile("rb") as answer:
            assert answer.read().endswith(b"\r\n\r\nready")


def test_what_was_kept_is_reported_again_without_measuring(tmp_path: Path) -> None:
    table = Table("memory", "load")
    table.add("W2, 8 connections, workers: 1", **{"highest RSS MB": 260.0, "RSS MB after it": 251.0})
    keep([table], tmp_path / ".results" / "memory.json")
    main(["--only", "--into", str(tmp_path)])
    written = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "| W2, 8 connections, workers: 1 | 260 | 251 |" in written
    assert "\n\nRounds: 1.\n\n| load | highest RSS MB |" in written
    assert "| RSS MB after it, W2, 8 connections, workers: 1 | 251 | at most 250 | **missed** |" in written
    assert "| W1: CPU ms a request, 1 worker |  | at most 0.45 | not measured |" in written


def test_kept_tables_come_back_as_they_were(tmp_path: Path) -> None:
    table = Table("name", "label")
    table.add("row", one=1.0, none=None)
    table.add("row", one=3.0)
    keep([table], tmp_path / "new" / "file.json")
    assert kept(tmp_path / "new" / "file.json") == [Table("name", "label", {"row": {"one": [1.0, 3.0]}})]
    assert kept(tmp_path / "missing.json") == []


@pytest.mark.parametrize(
    ("figures", "text"),
    [([0.0], "0.00"), ([0.123456], "0.123"), ([1.5, 1.25, 9.75], "1.50 (1.25 to 9.75)"), ([1234.5], "1,234")],
    ids=["zero", "small", "spread", "large"],
)
def test_figures_are_shown_as_median_and_range(figures: list[float], text: str) -> None:
    assert shown(figures) == text


def test_goals_are_judged_by_medians() -> None:
    table = Table("throughput W1", "server")
    for rate, cpu in ((100.0, 0.4), (300.0, 0.5), (200.0, 0.45)):
        table.add("remo-mock, 2 workers", **{"requests/s": rate, "CPU ms a request": cpu})
    table.add("remo-mock, 1 worker", **{"requests/s": 100.0, "CPU ms a request": 0.46})
    table.add("WireMock, fields matched, no journal", **{"requests/s": 90.0})
    table.add("WireMock, fields matched, no journal, after 10 s", **{"requests/s": 400.0})
    all_goals = list(goals({table.name: table}))
    assert [goal.is_met for goal in all_goals if goal.figure is None] == [False] * 15
    judged = [(goal.what, goal.figure, goal.is_met) for goal in all_goals if goal.figure is not None]
    assert judged == [
        ("W1: requests/s, times those of WireMock, fields matched, no journal after 1 s", 200 / 90, True),
        ("W1: the same after 10 s", 0.5, False),
        ("W1: requests/s of one worker, times those of two", 0.5, False),
        ("W1: CPU ms a request, 1 worker", 0.46, False),
        ("W1: CPU ms a request, 2 workers", 0.45, True),
    ]


def test_a_round_that_would_take_too_long_is_not_begun() -> None:
    seconds = iter([0.0, 10.0, 10.0, 25.0, 25.0, 25.0])
    bound = Bound("photos", rounds=3, seconds=31, clock=lambda: next(seconds))
    assert list(bound.rounds()) == [1, 2]


def test_parts_share_the_time() -> None:
    assert sum(SHARES.values()) == pytest.approx(1)
    assert QUICK.rounds == 1


def test_a_report_without_figures_has_no_tables() -> None:
    written = report({"memory": Table("memory", "load")}, [], {"system": "X"}, plots={})
    assert written.endswith("- system: X\n")


def test_a_photo_that_exif_turns_shows_the_person_upright() -> None:
    data = (ROOT / "fixtures" / "photos" / "back.jpg").read_bytes()
    straight, found = (open_photo(each, max_pixels=10**7) for each in (data, turned(data)))
    assert isinstance(straight, Image.Image)
    assert isinstance(found, Image.Image)
    assert found.size == straight.size
    assert np.abs(np.asarray(found, int) - np.asarray(straight, int)).mean() < 3
