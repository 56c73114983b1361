"""Builds the root file system of a Dockerfile: Debian by debootstrap, the Python that runs this, and its lines."""

import fnmatch
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from image.dockerfile import Stage

# What the slim images of Python have beside Python: libraries that its modules need.
_LIBRARIES = (
    *(
        "ca-certificates",
        "libbz2-1.0",
        "libffi8",
        "liblzma5",
        "libncursesw6",
        "libreadline8",
        "libsqlite3-0",
        "libssl3",
    ),
    *("libuuid1", "zlib1g"),
)
_SUITE = "bookworm"
# What they leave out of Python, and packages of the machine's Python that are none of it.
_NOT_OF_PYTHON = ("test", "tests", "idlelib", "__pycache__", "*.a", "config-*")
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def make_base(home: Path) -> Path:
    """Make what stands for `python:...-slim`, once: Debian, and the Python that runs this at /usr/local."""
    base = home / "base"
    if not (base / "usr/local/bin/python").exists():
        if not (base / "etc/debian_version").exists():
            libraries = f"--include={','.join(_LIBRARIES)}"
            _run(["debootstrap", "--variant=minbase", libraries, _SUITE, str(base)], stdout=subprocess.DEVNULL)
        for waste in ("var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale"):
            shutil.rmtree(base / waste, ignore_errors=True)  # as Debian's slim images do
        _copy_python(base / "usr/local")
        _run(["chroot", str(base), "/sbin/ldconfig"])
    return base


def build(stages: Sequence[Stage], context: Path, home: Path) -> Path:
    """Build all stages, and return the root of the last one; a stage that is there from before is made anew."""
    base = make_base(home)
    roots: dict[str | None, Path] = {}
    for number, stage in enumerate(stages):
        root = home / (stage.name or f"stage-{number}")
        shutil.rmtree(root, ignore_errors=True)
        _run(["cp", "--archive", "--reflink=auto", str(base), str(root)])
        folder, variables = "/", {"PATH": _PATH, "HOME": "/root"}
        for word, text in stage.steps:
            if word == "WORKDIR":
                folder = text
                (root / text.lstrip("/")).mkdir(parents=True, exist_ok=True)
            elif word == "COPY":
                _copy(text, context, root, folder, roots)
            elif word == "RUN":
                _run_in(root, folder, text, stage.environment(variables))
        roots[stage.name] = root
    return root


def size_of(root: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.lstat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())


def packed_size_of(root: Path) -> int:
    """Return the bytes that a registry keeps and a machine fetches: all files as one tar, packed by gzip."""
    tar = subprocess.Popen(["tar", "--create", "--directory", root, "."], stdout=subprocess.PIPE)  # noqa: S603, S607
    packed = subprocess.run(["gzip", "--stdout"], stdin=tar.stdout, capture_output=True, check=True)  # noqa: S607
    tar.wait()
    return len(packed.stdout)


def _copy_python(target: Path) -> None:
    prefix, version = Path(sys.base_prefix), f"python{sys.version_info.major}.{sys.version_info.minor}"
    library = Path("lib") / version
    site = str(prefix / library / "site-packages")

    def waste(folder: str, names: list[str]) -> set[str]:
        lost = {name for pattern in _NOT_OF_PYTHON for name in fnmatch.filter(names, pattern)}
        return lost | ({name for name in names if not name.startswith("pip")} if folder == site else set())

    shutil.rmtree(target, ignore_errors=True)  # what an earlier attempt left
    (target / "bin").mkdir(parents=True)
    shutil.copytree(prefix / library, target / library, ignore=waste, dirs_exist_ok=True)
    for shared in (prefix / "lib").glob("libpython*.so*"):
        shutil.copy2(shared, target / "lib", follow_symlinks=False)
    shutil.copy2(prefix / "bin" / version, target / "bin" / version)
    for name in ("python", "python3"):
        (target / "bin" / name).symlink_to(version)


def _copy(text: str, context: Path, root: Path, folder: str, roots: Mapping[str | None, Path]) -> None:
    """Carry out COPY: from another stage, or from the checkout what .dockerignore lets through."""
    words = shlex.split(text)
    if words[0].startswith("--from="):
        origin = roots[words[0].partition("=")[2]]
        _run(["cp", "--archive", f"{origin}{words[1]}", f"{root}{words[2]}"])
        return
    for name in (line[1:] for line in (context / ".dockerignore").read_text().splitlines() if line.startswith("!")):
        source, target = context / name, root / folder.lstrip("/") / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def _run_in(root: Path, folder: str, script: str, variables: Mapping[str, str]) -> None:
    """Run a line in a root, with the machine's name server, certificates and settings of pip, which a builder has."""
    certificates = os.environ.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE")
    lent = [("/etc/resolv.conf", "etc/resolv.conf"), (certificates, "etc/ssl/certs/ca-certificates.crt")]
    kept = {}
    for source, name in lent:
        if source and Path(source).is_file():
            kept[name] = (root / name).read_bytes() if (root / name).exists() else b""
            shutil.copyfile(source, root / name)
    pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_") and "/" not in value}
    pip |= {"PIP_CERT": "/etc/ssl/certs/ca-certificates.crt"} if certificates else {}
    try:
        shell = ["chroot", str(root), "/bin/sh", "-ec", f"cd {shlex.quote(folder)}; {script}"]
        _run(shell, env=dict(variables) | pip)
    finally:
        for name, data in kept.items():
            (root / name).write_bytes(data)


def _run(command: Sequence[str], *, env: Mapping[str, str] | None = None, stdout: int | None = None) -> None:
    print(f"$ {' '.join(command)[:200]}", flush=True)
    # ours
    subprocess.run(command, check=True, env=env, stdout=stdout)  # noqa: S603
