"""What no page says is no violation, and a cause that is reported is not reported again by what follows from it."""

from contract_tests.model.report import Report
from contract_tests.run.verification import Target, verify_target
from contract_tests.selftest.mutation import Change, Memory, ReceivedRequest, Response
from tests.support.broken_server import broken_server

ENDPOINT = "analysis-skeleton-v2-back"


def judged(change: Change | None, *, strict: bool = False) -> Report:
    with broken_server(change) as server:
        return verify_target(Target(url=server.url, budget=40, endpoints=(ENDPOINT,), strict=strict))


def violations(report: Report) -> list[str]:
    return [one.check.id for one in report.violations]


def texts(report: Report, check: str) -> list[str]:
    return [problem.got for one in report.notes if one.check.id == check for problem in one.problems]


def reading_any_type(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    names = ("Email", "UserKey", "APIKey", "borigimg")
    whole = request.method == "POST" and all(isinstance(request.fields.get(name), str) for name in names)
    return request.succeed() if whole and response.fields.get("status") == 400 else response


def without_a_key(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    return request.succeed() if request.fields and "APIKey" not in request.fields else response


def test_a_server_that_reads_json_by_any_type_breaks_no_promise() -> None:
    report = judged(reading_any_type)
    assert violations(report) == []
    assert texts(report, "REMO-ERROR-ACCEPTED") == ["a success"]


def test_one_accepted_request_is_one_violation_and_its_charge_follows() -> None:
    report = judged(without_a_key)
    assert violations(report) == ["REMO-ERROR-ACCEPTED"]
    following = [text for one in report.notes for text in texts(report, one.check.id) if "this follows from" in text]
    assert following
    assert "REMO-ERROR-ACCEPTED, in 'missing-APIKey'" in following[0]


def answering_get(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    return request.succeed() if request.method == "GET" else response


def test_a_server_that_answers_other_methods_breaks_no_promise() -> None:
    report = judged(answering_get)
    assert violations(report) == []
    assert texts(report, "REMO-HTTP-METHOD") == ["GET succeeds"]


def looking_at_empty_values(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    fields, wrong = response.fields, {"Email": 420, "UserKey": 420, "APIKey": 421, "borigimg": 412}
    found = [code for name, code in wrong.items() if request.fields.get(name, "sent") in ("", None)]
    return response.with_fields(fields | {"status": found[0]}) if found and fields.get("status") == 411 else response


def test_an_empty_value_may_be_a_wrong_one() -> None:
    report = judged(looking_at_empty_values)
    assert violations(report) == []
    assert texts(report, "REMO-ERROR-411") == ["420", "420", "420", "420", "421"]  # no more than five are shown


def repeating_keys(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    fields, key = response.fields, request.fields.get("APIKey")
    if fields["state"] or not isinstance(key, str) or not key:
        return response
    changed = fields | {"message": key, "debug": {"sent": [{"key": key}]}, f"{key} is wrong": 1}
    return response.with_fields(changed).with_header("X-Debug", key)


def test_a_reply_that_repeats_a_key_is_a_note_that_shows_no_key() -> None:
    report = judged(repeating_keys)
    assert violations(report) == []
    assert texts(report, "REMO-KEYS-ECHOED") == [
        "the header x-debug holds $REMO_API_KEY",
        "message holds $REMO_API_KEY",
        "debug holds $REMO_API_KEY",
        "a field's name holds $REMO_API_KEY",
    ]


def keys_before_fields(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    fields = response.fields
    wrong = fields.get("status") == 411 and request.fields.get("Email") not in (None, "", "demo@example.com")
    return response.with_fields(fields | {"status": 420}) if wrong else response


def test_the_order_of_errors_is_asked_of_any_server_by_a_strict_run() -> None:
    usual, strict = judged(keys_before_fields), judged(keys_before_fields, strict=True)
    assert violations(usual) == violations(strict) == []
    assert texts(usual, "REMO-ORDER-missing_input-unknown_user") == []
    assert texts(strict, "REMO-ORDER-missing_input-unknown_user") == ["420"]


def test_a_good_server_conforms_strictly() -> None:
    assert [one.check.id for one in judged(None, strict=True).notes] == []
