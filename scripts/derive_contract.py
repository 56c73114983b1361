"""Makes each endpoint.json anew out of its facts.json and overrides.json, and facts.json out of pages at hand."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from remo_mock.contract.building.json_text import dump
from remo_mock.contract.deriving.endpoint.conventions import CONVENTIONS_FILE, read_conventions
from remo_mock.contract.deriving.endpoint.overrides import read_overrides
from remo_mock.contract.deriving.endpoint.whole import DerivedEndpoint, derive_endpoint, page_set
from remo_mock.contract.deriving.facts_file import facts_document, read_facts
from remo_mock.contract.deriving.findings.checks import findings_of
from remo_mock.contract.deriving.findings.finding import Derived
from remo_mock.contract.deriving.inputs import read_inputs
from remo_mock.contract.model import Json

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the data of every endpoint whose facts are kept. Exit: 1 if something is open or, with --check, stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds schemas")
    parser.add_argument("--pages", type=Path, help="a folder of pages, whose facts are read anew before")
    parser.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    options = parser.parse_args(arguments)
    schemas: Path = options.root / "schemas"
    stale = [(path, text) for path, text in files(schemas, options.pages) if read(path) != text]
    for path, text in stale:
        print(f"{'stale' if options.check else 'wrote'}: {path.relative_to(options.root).as_posix()}")
        if not options.check:
            path.write_text(text, encoding="utf-8")
    problems = [problem for name in endpoints(schemas) for problem in derived(schemas, name).problems]
    print("".join(f"open: {problem}\n" for problem in problems), end="")
    return 1 if problems or (options.check and stale) else 0


def files(schemas: Path, pages: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield the files that facts and overrides give, with their text."""
    fresh = facts_of(pages) if pages else {}
    for name in endpoints(schemas):
        if name in fresh:
            yield schemas / name / "facts.json", dump(fresh[name])
        yield schemas / name / "endpoint.json", dump(derived(schemas, name, fresh.get(name)).data)


def endpoints(schemas: Path) -> list[str]:
    """Return the endpoints whose facts are kept."""
    return sorted(path.parent.name for path in schemas.glob("*/facts.json"))


def derived(schemas: Path, name: str, facts: Json = None) -> DerivedEndpoint:
    """Derive one endpoint, from given facts or from those that are kept."""
    home = schemas / name
    pages = read_facts(f"{name}/facts.json", facts or load(home / "facts.json"))
    overrides = read_overrides(f"{name}/overrides.json", load(home / "overrides.json"))
    conventions = read_conventions(load(schemas / CONVENTIONS_FILE))
    return derive_endpoint(pages, conventions, load(schemas / "errors.json"), overrides, f"{name}/overrides.json")


def unanswered(schemas: Path, name: str) -> list[str]:
    """Return the findings of an endpoint that its overrides answer with no entry of the ledger."""
    home = schemas / name
    pages = read_facts(name, load(home / "facts.json"))
    overrides = read_overrides(name, load(home / "overrides.json"))
    conventions = read_conventions(load(schemas / CONVENTIONS_FILE))
    seen = Derived(page_set(pages, overrides), conventions, derived(schemas, name).data)
    return [one.key for one in findings_of(seen) if one.key not in overrides.findings]


def facts_of(pages: Path) -> dict[str, Json]:
    """Read the facts of every page in a folder, by endpoint."""
    groups = read_inputs(sorted(pages.glob("*.md")))
    return {
        page.address.path.rpartition("/")[2]: facts_document(facts)
        for facts, _path in groups
        for page in facts[:1]
        if page.address is not None
    }


def load(path: Path) -> Json:
    """Parse a file of JSON."""
    return json.loads(path.read_bytes())


def read(path: Path) -> str:
    """Return the text of a file, nothing for one that is not there."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
