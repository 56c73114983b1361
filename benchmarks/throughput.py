"""Requests a second of `remo-mock serve` for photos seen before: every request is validated, charged and answered."""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from workloads import ACCOUNT, workloads

PORT = 4599


def serve(workers: int) -> subprocess.Popen[bytes]:
    """Start a mock and wait until it answers."""
    command = [sys.executable, "-m", "remo_mock", "serve", "--port", str(PORT), "--workers", str(workers)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(400):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/__admin/health").read()
            return process
        except OSError:
            time.sleep(0.02)
    raise SystemExit("the mock did not start")


def fund() -> None:
    """Open an account with credits that do not run out."""
    account = dict(zip(("email", "user_key", "api_key"), ACCOUNT.values(), strict=True)) | {"credit": 10**9}
    body = json.dumps(account).encode()
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{PORT}/__admin/accounts", body))


def load(path: str, body: bytes, seconds: float, directory: Path) -> tuple[float, int]:
    """Return requests a second, and the number of answers that were no success."""
    (directory / "body").write_bytes(body)
    script = directory / "post.lua"
    script.write_text(
        f'local f = io.open("{directory / "body"}", "rb")\n'
        'wrk.method = "POST"\nwrk.body = f:read("*a")\nwrk.headers["Content-Type"] = "application/json"\n'
    )
    url = f"http://127.0.0.1:{PORT}{path}"
    command = ["wrk", "-t2", "-c8", f"-d{seconds}s", "--timeout", "60s", "-s", str(script), url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    if rate is None:
        raise SystemExit(out)
    return float(rate[1]), int(failed[1]) if failed else 0


def main() -> None:
    """Measure each workload with each number of workers."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    asked = options.parse_args()
    print("workers  " + "".join(f"{name:>10}" for name in ("W1", "W2", "W3")) + "   requests a second")
    with tempfile.TemporaryDirectory() as directory:
        for workers in asked.workers:
            server = serve(workers)
            try:
                fund()
                rates = []
                for path, body in workloads().values():
                    load(path, body, 1, Path(directory))  # every worker has seen the photos after this
                    rate, failed = load(path, body, asked.seconds, Path(directory))
                    rates.append(f"{rate:>10.1f}" if not failed else f"{failed} failed")
                print(f"{workers:>7}  " + "".join(rates))
            finally:
                server.terminate()
                server.wait()


if __name__ == "__main__":
    main()
