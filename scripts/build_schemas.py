"""Builds the generated schemas out of the hand-written data, or names those that are stale."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from schema_error import error_schema
from schema_format import SOURCE_KEY, JsonObject, dump
from schema_parts import head, identifier, source_of
from schema_request import request_schema
from schema_response import response_schema

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the generated schemas, or with `--check` name those that differ and return 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the files that are stale")
    parser.add_argument("--schemas", type=Path, default=SCHEMAS, help="the folder that holds the contract")
    options = parser.parse_args(arguments)
    root: Path = options.schemas
    stale = [(path, text) for path, text in generated_files(root) if not path.exists() or _read(path) != text]
    for path, text in stale:
        print(f"{'stale' if options.check else 'wrote'}: {path.relative_to(root).as_posix()}")
        if not options.check:
            path.write_bytes(text.encode())
    if stale and options.check:
        print("Remedy: python scripts/build_schemas.py", file=sys.stderr)
    return 1 if stale and options.check else 0


def generated_files(schemas: Path) -> Iterator[tuple[Path, str]]:
    """Yield the path and the text of every generated schema, endpoint by endpoint in the order of their names.

    A folder below `schemas` with an `endpoint.json` is an endpoint.
    """
    common = read_json(schemas / "common.schema.json")
    errors = read_json(schemas / "errors.json")
    for path in sorted(schemas.glob("*/endpoint.json")):
        for kind, document in endpoint_schemas(read_json(path), common, errors).items():
            yield path.with_name(f"{kind}.schema.json"), dump(document)


def endpoint_schemas(endpoint: JsonObject, common: JsonObject, errors: JsonObject) -> dict[str, JsonObject]:
    """Build the schemas of one endpoint, by kind: `request`, `response`, `response.strict`, `error`, `error.strict`."""
    return {
        "request": request_schema(endpoint, common),
        "response": response_schema(endpoint, common),
        "response.strict": _strict(endpoint, kind="response", title="Successful reply of {}, no unknown fields"),
        "error": error_schema(endpoint, common, errors),
        "error.strict": _strict(endpoint, kind="error", title="Error reply of {}, no unknown fields"),
    }


def _strict(endpoint: JsonObject, *, kind: str, title: str) -> JsonObject:
    """Return the schema that also forbids unknown fields: our own replies have none, a foreign endpoint may."""
    return {
        **head(endpoint, kind=f"{kind}.strict", title=title),
        SOURCE_KEY: source_of(endpoint, kind),
        "$ref": identifier(endpoint, kind=kind),
        "unevaluatedProperties": False,
    }


def read_json(path: Path) -> JsonObject:
    """Return a JSON file that holds an object."""
    document: JsonObject = json.loads(_read(path))
    return document


def _read(path: Path) -> str:
    return path.read_bytes().decode()


if __name__ == "__main__":
    sys.exit(main())
