"""An endpoint of one's own may be called by another method than POST: plan, checks, curl lines and HAR follow it."""

import json
from dataclasses import replace

from contract_tests.model.check import SUCCESS
from contract_tests.model.credentials import DEMO
from contract_tests.model.own_photos import fixture_photos
from contract_tests.plan.curl_line import curl
from contract_tests.plan.plan import Sender, make_plan
from contract_tests.run.har import read_har
from contract_tests.run.recording import Recording
from contract_tests.run.saved_exchange import make_exchange
from remo_mock.contract import read_contract
from remo_mock.contract.packaged import contract_documents, example_replies

PACKAGED = read_contract(contract_documents())
ENDPOINT = replace(PACKAGED.at("/api/analysis-skeleton-v2-back")[0], method="PUT")
REPLY = json.dumps(example_replies()[ENDPOINT.name])


def test_the_plan_sends_the_endpoints_own_method_and_another_one() -> None:
    stages = make_plan((ENDPOINT,), Sender(DEMO, fixture_photos(), 13))
    methods = [step.draft().method for stage in stages for step in stage.steps]
    assert (set(methods), methods.count("GET")) == ({"PUT", "GET"}, 1)


def test_its_successes_are_judged_and_sent_again_by_it() -> None:
    exchange = make_exchange(ENDPOINT, DEMO.fields, REPLY.encode(), label="saved")
    assert SUCCESS.matches(exchange)
    assert curl("http://h", exchange.request).startswith(f'curl -X PUT "http://h{ENDPOINT.path}" -H "Content-Type')
    assert " --data " in curl("http://h", exchange.request)


def test_its_requests_are_found_in_har_files() -> None:
    url = f"http://h{ENDPOINT.path}"
    response = {"status": 200, "headers": [], "content": {"text": REPLY}}
    entries = [{"request": {"method": method, "url": url}, "response": response} for method in ("POST", "PUT")]
    (found,) = read_har("browser.har", entries, replace(PACKAGED, endpoints=(ENDPOINT,)))
    assert isinstance(found, Recording)
    assert found.exchange.label == "browser.har, entry 2"
