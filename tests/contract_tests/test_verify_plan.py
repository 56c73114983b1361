"""`remo-mock verify --plan` prints what would be sent, spent at most, and left out, and sends nothing."""

import pytest
import requests

from contract_tests.run.verification import Target, verify_target
from contract_tests.selftest.mutants.catalogue import BY_NAME
from contract_tests.selftest.mutation import Memory, ReceivedRequest, Response
from tests.support.broken_server import broken_server
from tests.support.verifying import Ended, verify
from tests.support.waiting import TIMEOUT

HERE = "http://127.0.0.1:9"


def plan(*arguments: str) -> Ended:
    return verify("--plan", *arguments)


@pytest.mark.parametrize(
    ("budget", "sums"),
    [
        (
            "0",
            [
                "With --budget 0, 168 of 194 requests are sent, and spend no credit.",
                "If the server takes credits for what it should refuse, the run stops once any is gone.",
                "Left out for want of credits: 26 requests. --budget 13 sends all, and spends 13 at most.",
            ],
        ),
        (
            "1",
            [
                "With --budget 1, 182 of 194 requests are sent, and spend 1 credit at most.",
                "If the server takes credits for what it should refuse, the run stops once more than 1 are gone.",
                "Left out for want of credits: 12 requests. --budget 13 sends all, and spends 13 at most.",
                "With less than --budget 5 some endpoint has no success to judge: the run is incomplete (exit 3).",
            ],
        ),
        (
            "4",
            [
                "With --budget 4, 185 of 194 requests are sent, and spend 4 credits at most.",
                "If the server takes credits for what it should refuse, the run stops once more than 4 are gone.",
                "Left out for want of credits: 9 requests. --budget 13 sends all, and spends 13 at most.",
                "With less than --budget 5 some endpoint has no success to judge: the run is incomplete (exit 3).",
            ],
        ),
        (
            "5",
            [
                "With --budget 5, 186 of 194 requests are sent, and spend 5 credits at most.",
                "If the server takes credits for what it should refuse, the run stops once more than 5 are gone.",
                "Left out for want of credits: 8 requests. --budget 13 sends all, and spends 13 at most.",
            ],
        ),
        (
            "12",
            [
                "With --budget 12, 193 of 194 requests are sent, and spend 12 credits at most.",
                "If the server takes credits for what it should refuse, the run stops once more than 12 are gone.",
                "Left out for want of credits: 1 request. --budget 13 sends all, and spends 13 at most.",
            ],
        ),
        (
            "20",
            [
                "With --budget 20, 194 of 194 requests are sent, and spend 13 credits at most.",
                "If the server takes credits for what it should refuse, the run stops once more than 20 are gone.",
            ],
        ),
    ],
)
def test_it_ends_with_the_sum(budget: str, sums: list[str]) -> None:
    ended = plan(HERE, "--budget", budget)
    assert ended.returncode == 0
    assert ended.stdout.split("\n\n")[-1].splitlines() == sums


@pytest.mark.parametrize(
    "line",
    [
        "  sends     free             analysis-skeleton-v2: bad-json",
        "  sends     free if refused  analysis-skeleton-v2: missing-Email",
        "  sends     up to 1 credit   analysis-skeleton: success with uuid, person moved",
        "  left out  up to 1 credit   analysis-skeleton-v2: success with uuid, person moved",
        "  left out  up to 1 credit   analysis-skeleton: success without uuid",
        "  free             holds nothing that could be analysed and paid for",
        "  free if refused  should be refused, which is free; "
        "sent only while the budget has left what a success costs: 1 credit",
        "  up to 1 credit   should succeed, and a success is paid for",
    ],
)
def test_each_request_has_its_price_and_each_price_its_meaning(line: str) -> None:
    assert line in plan(HERE, "--budget", "1").stdout.splitlines()


def test_the_least_budget_has_one_success_of_each_endpoint() -> None:
    lines = plan(HERE, "--budget", "5").stdout.splitlines()
    assert [
        line.removeprefix("  sends     up to 1 credit ").split()[0]
        for line in lines
        if line.startswith("  sends     up to 1 credit ")
    ] == [
        "analysis-skeleton:",
        "analysis-skeleton-v2:",
        "analysis-skeleton-v2-back:",
        "analysis-skeleton-v2-front:",
        "analysis-skeleton-v2-side:",
    ]


def test_a_plan_may_be_read_before_anything_is_allowed() -> None:
    ended = plan("http://example.invalid", "--budget", "5")
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[-1] == (
        "Before it is sent: example.invalid is not this machine. Credentials would travel in clear text (L17). "
        "Credentials are missing. Add --live if you may send test requests to it. "
        "Use https, or add --allow-http if the network is yours. "
        "Set REMO_API_EMAIL, REMO_API_USER_KEY and REMO_API_KEY in the environment."
    )


def test_a_plan_for_our_own_mock_has_more_requests() -> None:
    ended = plan()
    assert "With --budget 500, 482 of 482 requests are sent, and spend 108 credits at most." in ended.stdout
    assert "analysis-skeleton-v2-back: member 4 of a set" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "They are credits of a mock of our own, which nobody pays."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--endpoint", "v3"],
            "--endpoint v3: known are analysis-skeleton, analysis-skeleton-v2, analysis-skeleton-v2-back, "
            "analysis-skeleton-v2-front, analysis-skeleton-v2-side\n",
        ),
        (["--budget", "-4"], "Give --budget 0 or more credits"),
        (["api.example.invalid"], "Give https://api.example.invalid"),
        (["--timeout", "0"], "more than 0"),
    ],
)
def test_impossible_options_have_no_plan(arguments: list[str], said: str) -> None:
    ended = plan(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr


def easy(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    """Analyse, and charge, every request whose photos can be analysed; refuse the rest."""
    photos = [request.fields.get(name) for name in ("forigimg", "sorigimg", "borigimg") if name in request.fields]
    proper = photos and all(isinstance(photo, str) and len(photo) > 1000 for photo in photos)
    return request.succeed() if proper and not response.fields["state"] else response


@pytest.mark.parametrize("budget", [0, 1, 2, 5, 7])
def test_a_server_that_accepts_too_much_gets_no_more_than_the_budget(budget: int) -> None:
    with broken_server(easy) as server:
        report = verify_target(Target(url=server.url, budget=budget))
        left = requests.get(f"{server.url}/__admin/accounts/demo@example.com", timeout=TIMEOUT).json()["credit"]
    assert report.spent == 100 - left
    assert report.spent <= budget


@pytest.mark.parametrize("name", ["failure-charged", "failure-charged-late"])
def test_a_run_stops_once_charged_failures_used_up_the_budget(name: str) -> None:
    with broken_server(BY_NAME[name].change) as server:
        report = verify_target(Target(url=server.url))
    assert report.requests <= 20
    assert "stopped before more credits are lost" in report.incomplete
    assert {one.check.id for one in report.violations} & {"REMO-CREDIT-FAILURE", "REMO-CREDIT-ERROR"}
