"""A worker ends with its parent, whenever that is killed."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

from tests.support.waiting import TIMEOUT

# The parent is gone before its worker asks for it the first time; without its watch, the worker would load for ever.
# Whatever holds its stdout open lives.
ORPHAN = """
import multiprocessing, os, threading
from remo_mock.web.worker import load_in_worker

def work():
    parent = multiprocessing.parent_process().pid
    while os.getppid() == parent:
        pass
    print("the parent is gone", flush=True)
    load_in_worker(threading.Event().wait)

multiprocessing.get_context("fork").Process(target=work).start()
os._exit(0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork, and no granian with several processes")
def test_a_worker_whose_parent_was_killed_while_it_started_ends() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.communicate(timeout=TIMEOUT)[0] == "the parent is gone\n"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
