"""All threads of a worker take their memory from one heap, and give it back: each would keep what its largest took."""

import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

import pytest

from tests.support.servers import serving
from tests.support.waiting import TIMEOUT

# Threads that have memory at the same time get a heap each, unless there is only one.
HEAPS = """
import ctypes, sys, threading
from remo_mock.web.worker import use_one_heap
if {one!r}:
    use_one_heap()
libc, meeting = ctypes.CDLL(None), threading.Barrier(4)
libc.malloc.restype = ctypes.c_void_p
def take():
    libc.malloc(10_000)
    meeting.wait(60)
threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc.fopen.restype = ctypes.c_void_p
libc.fclose.argtypes = [ctypes.c_void_p]
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
out = libc.fopen(b"/dev/stdout", b"w")
libc.malloc_info(0, out)
libc.fclose(out)
"""

# Below the last piece glibc keeps what was freed, up to the next piece in use.
WORK = """
import ctypes, sys, time
from pathlib import Path
from remo_mock.web.worker import load_in_worker

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

load_in_worker(lambda: None)
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]

def take(number):
    pieces = [libc.malloc(60_000) for _ in range(number)]
    for piece in pieces:
        ctypes.memset(piece, 1, 60_000)
    for piece in pieces[:-1]:
        libc.free(piece)
    return resident() - (number - 200) * 60_000

least = take(2000)
while resident() > least:
    pass
print("given back while there is work")
worked, least = time.process_time(), take(400)
while resident() > least:
    time.sleep(0.1)
print("given back after a little" if time.process_time() < worked + 0.1 else "given back late")
"""

# Pillow takes a picture's memory in blocks of 16 MB. What is new to a process costs a fault for each 4 kB.
PICTURES = """
import ctypes, resource
from remo_mock.web.worker import use_one_heap
use_one_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
def picture():
    blocks = [libc.malloc(2**24) for _ in range(6)]
    for block in blocks:
        ctypes.memset(block, 1, 2**24)
    for block in blocks:
        libc.free(block)
picture()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
picture()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def heaps(*, one: bool) -> int:
    command = [sys.executable, "-c", HEAPS.format(one=one)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.count("<heap nr=")


only_glibc = pytest.mark.skipif(
    sys.platform != "linux" or find_library("c") != "libc.so.6", reason="only glibc has several heaps"
)


@only_glibc
def test_threads_share_one_heap() -> None:
    assert heaps(one=False) > 1
    assert heaps(one=True) == 1


@only_glibc
def test_a_worker_gives_back_what_its_work_took() -> None:
    done = subprocess.run([sys.executable, "-c", WORK], capture_output=True, text=True, timeout=TIMEOUT, check=True)
    assert done.stdout == "given back while there is work\ngiven back after a little\n"


@only_glibc
def test_the_next_picture_gets_the_memory_of_the_one_before() -> None:
    done = subprocess.run([sys.executable, "-c", PICTURES], capture_output=True, text=True, timeout=TIMEOUT, check=True)
    assert int(done.stdout) < 1000  # of 24,576 pages


@only_glibc
def test_workers_inherit_no_heap_of_their_parents_threads() -> None:
    with serving() as server:
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
        maps = [Path(f"/proc/{worker}/maps").read_text() for worker in children]
    assert maps
    assert [line for one in maps for line in one.splitlines() if is_heap_of_a_thread(line)] == []


def is_heap_of_a_thread(line: str) -> bool:
    """Tell whether a mapping is the beginning of a heap as glibc makes them: 132 kB that can be written, at 64 MB."""
    start, end = (int(number, 16) for number in line.split()[0].split("-"))
    return start % 2**26 == 0 and end - start == 132 * 1024 and " rw-p " in line


def test_granian_is_told_so_and_nobody_else() -> None:
    script = (
        "import os, sys; sys.meta_path.insert(0, type('Seen', (), {'find_spec': staticmethod("
        "lambda name, *_: name == 'granian' and print(os.environ['_RJEM_MALLOC_CONF']) or None)})); "
        "import remo_mock.web.front.steps; print('_RJEM_MALLOC_CONF' in os.environ)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["narenas:1", "False"]
