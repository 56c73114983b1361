"""Makes the Postman collection in examples/ from an OpenAPI document, as `remo-mock openapi` prints it.

python scripts/build_postman.py            writes examples/postman/remo-mock.postman_collection.json
python scripts/build_postman.py --check    exits with 1 where that file is stale
python scripts/build_postman.py --openapi FILE --output FILE
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from remo_mock.reference.openapi import make_openapi

ROOT = Path(__file__).resolve().parents[1]
COLLECTION = ROOT / "examples/postman/remo-mock.postman_collection.json"
_SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
_SUCCESS = "200"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the collection, or say whether the one that is there is stale."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--openapi", type=Path, help="a document of `remo-mock openapi`; else that of this checkout")
    parser.add_argument("--output", type=Path, default=COLLECTION)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the file is stale")
    options = parser.parse_args(arguments)
    document = json.loads(options.openapi.read_bytes()) if options.openapi else make_openapi(None, servers=[])
    text = json.dumps(collection(document), indent=1, ensure_ascii=False) + "\n"
    if options.check:
        fresh = options.output.is_file() and options.output.read_text(encoding="utf-8") == text
        print("fresh" if fresh else f"stale: run python {Path(__file__).relative_to(ROOT).as_posix()}")
        return 0 if fresh else 1
    options.output.write_text(text, encoding="utf-8")
    print(f"wrote: {options.output}")
    return 0


def collection(document: dict[str, Any]) -> dict[str, Any]:
    """Return a collection with a folder for each path, and in it a request for the success and for each code."""
    examples = document["components"]["examples"]
    variables = {"baseUrl": "http://127.0.0.1:4420"}
    folders = [
        {"name": path, "item": list(_requests(path, operations["post"], examples, variables))}
        for path, operations in document["paths"].items()
    ]
    return {
        "info": {
            "name": "remo-mock",
            "description": "A photo to each endpoint, and each error that the vendor's pages have. Set baseUrl, Email, "
            "UserKey and APIKey to yours. Prefer is understood by remo-mock alone.",
            "schema": _SCHEMA,
        },
        "variable": [{"key": key, "value": value} for key, value in variables.items()],
        "item": folders,
    }


def _requests(
    path: str, operation: dict[str, Any], examples: dict[str, Any], variables: dict[str, str]
) -> Iterator[dict[str, Any]]:
    good = next(iter(operation["requestBody"]["content"]["application/json"]["examples"].values()))
    value = examples[good["$ref"].rsplit("/", 1)[-1]]["value"]
    # Photos and credentials stand once in the collection, as its variables.
    variables.update({key: text for key, text in value.items() if key not in variables})
    body = json.dumps({key: f"{{{{{key}}}}}" for key in value}, indent=2)
    for code, response in operation["responses"].items():
        name = operation["summary"] if code == _SUCCESS else f"{code}: {response['description']}"
        headers = [] if code == _SUCCESS else [{"key": "Prefer", "value": f"code={code}"}]
        yield {
            "name": name,
            "event": [{"listen": "test", "script": {"type": "text/javascript", "exec": _test(code)}}],
            "request": {
                "method": "POST",
                "url": "{{baseUrl}}" + path,
                "header": [{"key": "Content-Type", "value": "application/json"}, *headers],
                "body": {"mode": "raw", "raw": body, "options": {"raw": {"language": "json"}}},
            },
        }


def _test(code: str) -> list[str]:
    expected = "reply.state" if code == _SUCCESS else f"[reply.status, reply.status_code].includes({code})"
    return [
        "const reply = pm.response.json();",
        f"pm.test('answers {code}', () => pm.expect({expected}).to.equal(true));",
    ]


if __name__ == "__main__":
    sys.exit(main())
