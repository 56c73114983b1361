"""Contract data that does not hold together is refused with the file, the key or name, and what to do about it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remo_mock import Settings, create_app
from remo_mock.contract import problems_of, read_contract
from remo_mock.exceptions import ContractError
from tests.support.contract_documents import ENDPOINT, SOURCE, documents, endpoint_documents
from tests.support.third_endpoint import third_endpoint

BALANCE = "bands.balance"
Change = Callable[[Any], object]


def band(grade: int, **limits: float) -> Change:
    """Give the band of a grade in the table `balance` other limits."""

    def change(data: Any) -> None:
        row = next(row for row in data["bands"]["balance"]["grades"] if row["grade"] == grade)
        for name in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"):
            row.pop(name, None)
        row.update(limits)

    return change


def put(*path: str | int, value: Any) -> Change:
    """Give what stands at a path another value."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


def drop(*path: str | int) -> Change:
    """Take out what stands at a path."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


IN_AN_ENDPOINT: dict[str, tuple[Change, str, str]] = {
    "missing key": (drop("price"), "'price' is missing", "Add 'price' there"),
    "missing key inside": (drop("views", 0, "coords"), "'coords' is missing in views[0]", "Add 'coords' there"),
    "missing source": (drop("codes", 2, "x-remo-source"), "'x-remo-source' is missing in codes[2]", "Add"),
    "slip in a key": (
        lambda data: data["metrics"][0].update(mesure=data["metrics"][0].pop("measure")),
        "'measure' is missing in metrics[0]",
        "Rename 'mesure' to it",
    ),
    "unknown key": (
        put("colour", value="red"),
        "'colour' is no key that is known",
        "Take it out; known are name, page",
    ),
    "unknown key of a source": (
        put("price", "x-remo-source", "line", value=3),
        "'line' is no key that is known in price.x-remo-source",
        "Take it out; known are page, section, evidence, ledger",
    ),
    "unknown evidence": (
        put("price", "x-remo-source", "evidence", value="hearsay"),
        "price.x-remo-source.evidence is 'hearsay'",
        "Write one of table, example, prose, observed, assumed",
    ),
    "wrong type": (put("price", "credits", value="1"), "price.credits is '1'", "Write a whole number of at least 0"),
    "empty list": (put("views", value=[]), "views is []", "Write an array of at least 1"),
    "path without a slash": (put("path", value="api"), "path is 'api'", "Write a path, such as /api/name"),
    "path with a query": (put("path", value="/api?a=1"), "path is '/api?a=1'", "without a query or a placeholder"),
    "path with a placeholder": (
        put("path", value="/api/<int"),
        "path is '/api/<int'",
        "without a query or a placeholder",
    ),
    "path of the start page": (put("path", value="/"), "path is '/'", "/ and all below /__admin are the mock's own"),
    "path of ours": (put("path", value="/__admin/health"), "path is '/__admin/health'", "are the mock's own"),
    "another path of ours": (
        put("also_at", value=[{"path": "/__admin", "x-remo-source": SOURCE}]),
        "also_at[0].path is '/__admin'",
        "are the mock's own",
    ),
    "method in small letters": (put("method", value="post"), "method is 'post'", "Write one of POST, PUT, PATCH"),
    "server without a scheme": (
        put("servers", 0, "url", value="api.example.com"),
        "servers[0].url is 'api.example.com'",
        "Write a base URL, such as https://api.example.com",
    ),
    "server without a host": (put("servers", 0, "url", value="http://["), "servers[0].url is 'http://['", "base URL"),
    "server with a query": (put("servers", 0, "url", value="http://a/?b"), "servers[0].url is", "base URL"),
    "pattern without a place": (
        put("metric_fields", "value", value="_m_"),
        "metric_fields.value is '_m_'",
        "Write a text with {}",
    ),
    "another name than the folder": (put("name", value="back"), "name is 'back'", "'analysis-skeleton-v2-back'"),
    "unknown ledger entry": (
        put("price", "x-remo-source", "ledger", value="L99"),
        "ledger entry: 'L99' is unknown",
        "add it to ledger.json",
    ),
    "unknown view": (put("views", 0, "view", value="top"), "view: 'top' is unknown", "Known: front, side, back"),
    "metric of no view": (
        put("metrics", 0, "view", value="front"),
        "view of bar_head_bal: 'front' is unknown",
        "Known: back",
    ),
    "unknown measure": (
        put("metrics", 0, "measure", value="grip"),
        "measure of bar_head_bal: 'grip' is unknown",
        "Known: head_bal",
    ),
    "measure of another view": (
        put("metrics", 0, "measure", value="turtle_neck"),
        "measure of bar_head_bal: 'turtle_neck' is unknown",
        "Known",
    ),
    "unknown bands": (
        put("metrics", 0, "bands", value="knee"),
        "bands of bar_head_bal: 'knee' is unknown",
        "add them to `bands`",
    ),
    "unknown code": (put("codes", 0, "code", value=499), "code: 499 is unknown", "add it to errors.json"),
    "code twice": (put("codes", 1, "code", value=400), "codes: 400 stands 2 times", "Keep one of them"),
    "metric twice": (
        put("metrics", 1, "name", value="bar_head_bal"),
        "metrics: 'bar_head_bal' stands 2 times",
        "Keep one of them",
    ),
    "one field for two metrics": (
        put("metrics", 1, "value", value="bar_head_bal_m_"),
        "fields of the reply: 'bar_head_bal_m_' stands 2 times",
        "Keep one of them",
    ),
    "gap at a bound": (
        band(1, exclusiveMinimum=1.5, exclusiveMaximum=5),
        f"{BALANCE}: a gap at 1.5, between grades 0 and 1",
        "Bands go",
    ),
    "gap between bounds": (
        band(1, minimum=2, exclusiveMaximum=5),
        f"{BALANCE}: a gap from 1.5 to 2, between grades 0 and 1",
        "Bands go",
    ),
    "overlap at a bound": (
        band(1, minimum=1.5, maximum=5),
        f"{BALANCE}: an overlap at 5, between grades 1 and 2",
        "Bands go",
    ),
    "overlap of bounds": (
        band(1, minimum=1.25, exclusiveMaximum=5),
        f"{BALANCE}: an overlap from 1.25 to 1.5, between grades 0",
        "Bands go",
    ),
    "nothing below": (band(-2, minimum=-9, maximum=-5), f"{BALANCE}: nothing is below -9", "Bands go"),
    "nothing above": (band(2, minimum=5, exclusiveMaximum=90), f"{BALANCE}: nothing is above 90", "Bands go"),
    "band inside out": (
        band(1, minimum=5, exclusiveMaximum=1.5),
        f"{BALANCE}: grade 1 has limits that exclude each other",
        "Bands go",
    ),
    "two lower limits": (
        band(2, minimum=5, exclusiveMinimum=5),
        f"{BALANCE}: grade 2 has limits that exclude each other, or two",
        "Bands",
    ),
    "unknown field in order": (
        put("order", value={"fields": ["state", "stat"], "x-remo-source": SOURCE}),
        "field in order: 'stat' is unknown",
        "order holds fields of the reply",
    ),
    "unknown field in absent": (
        put("absent", value=[{"field": "size", "x-remo-source": SOURCE}]),
        "field in absent: 'size' is unknown",
        "name a field of the reply",
    ),
    "unknown switch": (
        put("variants", value={"weather": {"rain": {"fields": {}, "x-remo-source": SOURCE}}}),
        "switch in variants: 'weather' is unknown",
        "Known: http-status, error-shape, api-name, split-price, side-reply",
    ),
    "variant of a default": (
        put("variants", value={"side-reply": {"page": {"fields": {}, "x-remo-source": SOURCE}}}),
        "value of side-reply in variants: 'page' is unknown",
        "Known: observed; the default needs none",
    ),
    "variant of a field that is not there": (
        put("variants", value={"side-reply": {"observed": {"fields": {"a": "b"}, "x-remo-source": SOURCE}}}),
        "field in variants.side-reply: 'a' is unknown",
        "name a field of a metric or view",
    ),
    "no code for a condition": (
        lambda data: data["codes"].pop(0),
        "needs exactly one code for 'protocol'",
        "Add it to `codes`",
    ),
    "no code for a verdict": (
        lambda data: data["codes"].remove(next(row for row in data["codes"] if row["code"] == 518)),
        "needs exactly one code for 'no_person' of back",
        "Add it to `codes`",
    ),
}


@pytest.mark.parametrize(("change", "problem", "remedy"), IN_AN_ENDPOINT.values(), ids=IN_AN_ENDPOINT.keys())
def test_an_endpoint_is_refused(change: Change, problem: str, remedy: str) -> None:
    broken = documents()
    change(broken[ENDPOINT])
    told = refusal(broken)
    assert told.startswith(f"{ENDPOINT}: {problem}")
    assert remedy in told


IN_THE_ERRORS: dict[str, tuple[Change, str, str]] = {
    "unknown key": (
        put("codes", 0, "status", value=400),
        "'status' is no key that is known in codes[0]",
        "Take it out",
    ),
    "cause that is not in the order": (
        put("codes", 0, "condition", value="weather"),
        "cause of code 400: 'weather' is unknown",
        "add it to `order`",
    ),
    "neither condition nor verdict": (
        drop("codes", 0, "condition"),
        "code 400 has neither of condition and verdict",
        "Give it one of the two",
    ),
    "cause twice in the order": (
        put("order", 1, value="protocol"),
        "order: 'protocol' stands 2 times",
        "Keep one of them",
    ),
    "condition that shares its place": (
        lambda data: data["order"].insert(3, [data["order"].pop(3), data["order"].pop(3)]),
        "order: wrong_api_key, insufficient_credit share a place",
        "Give each condition a place of its own",
    ),
    "empty step": (put("order", 1, value=[]), "order[1] is []", "Write a cause, or an array of causes"),
}


@pytest.mark.parametrize(("change", "problem", "remedy"), IN_THE_ERRORS.values(), ids=IN_THE_ERRORS.keys())
def test_the_table_of_codes_is_refused(change: Change, problem: str, remedy: str) -> None:
    broken = documents()
    change(broken["errors.json"])
    told = refusal(broken)
    assert told.startswith(f"errors.json: {problem}")
    assert remedy in told


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (put("entries", 1, "id", value="L01"), "entries: 'L01' stands 2 times"),
        (drop("entries", 0, "reading"), "'reading' is missing in entries[0]"),
        (put("entries", 0, "switch", value="error-shape"), "entries[0].switch is 'error-shape'"),
    ],
    ids=["id twice", "missing key", "switch that is no object"],
)
def test_the_ledger_is_refused(change: Change, problem: str) -> None:
    broken = documents()
    change(broken["ledger.json"])
    assert refusal(broken).startswith(f"ledger.json: {problem}")


@pytest.mark.parametrize("name", ["errors.json", "ledger.json"])
def test_a_file_that_all_endpoints_need_is_missed(name: str) -> None:
    broken = documents()
    del broken[name]
    assert refusal(broken).startswith(f"{name}: the file is missing. Copy the one of the packaged contract")


@pytest.mark.parametrize("kind", ["request", "response", "response.strict", "error", "error.strict"])
def test_a_schema_that_was_not_built_is_missed(kind: str) -> None:
    broken = documents()
    name = f"analysis-skeleton-v2-back/{kind}.schema.json"
    del broken[name]
    assert refusal(broken).startswith(f"{name}: the file is missing. Run `remo-mock contract build`")


@pytest.mark.parametrize("kind", ["request", "response"])
@pytest.mark.parametrize("schema", [{}, [], {"properties": [], "allOf": {}}])
def test_a_schema_that_was_not_generated_is_seen(kind: str, schema: Any) -> None:
    name = f"analysis-skeleton-v2-back/{kind}.schema.json"
    told = refusal(documents() | {name: schema})
    assert told.startswith(f"{name}: is not a schema that was generated. Run `remo-mock contract build`")


def test_a_schema_that_was_not_built_again_is_seen() -> None:
    broken = documents()
    broken[ENDPOINT]["metrics"][0]["grade"] = "head_grade"
    assert refusal(broken).startswith(
        "analysis-skeleton-v2-back/response.schema.json: 'head_grade' is missing, "
        f"which {ENDPOINT} names. Run `remo-mock contract build`"
    )


def test_a_contract_without_endpoints_is_refused() -> None:
    kept = {name: document for name, document in documents().items() if "/" not in name}
    assert refusal(kept).startswith("schemas: no endpoint: no folder holds an endpoint.json.")


def test_two_endpoints_that_no_request_tells_apart_are_refused() -> None:
    broken = documents()
    twin = documents()[ENDPOINT] | {"name": "twin"}
    broken |= endpoint_documents(twin)
    assert refusal(broken).startswith(
        "twin/endpoint.json: analysis-skeleton-v2-back answers POST /api/analysis-skeleton"
    )


def test_two_endpoints_on_one_path_with_other_photos_are_told_apart() -> None:
    both = documents()
    side = documents()["analysis-skeleton-v2/endpoint.json"] | {"name": "twin", "path": both[ENDPOINT]["path"]}
    side |= {"also_at": []}
    contract = read_contract(both | endpoint_documents(side))
    path = both[ENDPOINT]["path"]
    held = {"forigimg": "a", "sorigimg": "a", "borigimg": "a"}
    assert contract.endpoint_for(path, held).name == "twin"
    assert contract.endpoint_for(path, {"borigimg": "a"}).name == "analysis-skeleton-v2-back"


def test_every_problem_is_told_at_once() -> None:
    broken = documents()
    del broken[ENDPOINT]["price"]
    del broken["errors.json"]["codes"][0]["message"]
    assert [(problem.where, problem.problem) for problem in problems_of(broken)] == [
        ("errors.json", "'message' is missing in codes[0]"),
        (ENDPOINT, "'price' is missing"),
    ]


def test_the_packaged_contract_has_no_problem() -> None:
    assert list(problems_of(documents())) == []


def test_a_folder_is_refused_at_the_start(tmp_path: Path) -> None:
    schemas = third_endpoint(tmp_path)
    path = schemas / "analysis-skeleton-v3-front" / "endpoint.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["price"]
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ContractError, match=r"v3-front/endpoint\.json: 'price' is missing"):
        create_app(Settings(contract_dir=schemas))


def refusal(broken: Any) -> str:
    """Return what the reading of documents raises."""
    with pytest.raises(ContractError) as caught:
        read_contract(broken)
    return str(caught.value)
