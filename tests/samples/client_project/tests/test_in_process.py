"""The client against the mock in process: no socket, no server."""

import pytest
import requests
from posture_client import PATH, Client, RefusedError, UnknownOutcomeError, read

from remo_mock import RemoMock, Settings, assert_contract, remo_mock


def test_a_success_costs_a_credit(remo_account, photo):
    assert Client().analyse(photo).credit == 99
    assert [charge.change for charge in remo_account.charges] == [-1]


@pytest.mark.remo(credit=1)
def test_the_credits_end(remo_account, photo):
    client = Client()
    client.analyse(photo)
    with pytest.raises(RefusedError, match="no credits left"):
        client.analyse(photo)


@pytest.mark.remo(code=518)
def test_an_empty_photo_is_said_in_words(remo_account, photo):
    with pytest.raises(RefusedError, match="nobody is in the photo"):
        Client().analyse(photo)


@pytest.mark.parametrize("fault", ["drop", "hang", "html", "garbage", "charged-then-lost"])
def test_no_fault_reaches_our_callers_as_it_is(remo, remo_account, photo, fault):
    remo.next(fault=fault)
    with pytest.raises(UnknownOutcomeError):
        Client().analyse(photo)
    assert remo.credits_spent == 1


@pytest.mark.remo(error_shape="status_code", http_status="200", code=522)
def test_the_other_reading_of_the_pages_is_survived(remo_account, photo):
    with pytest.raises(RefusedError) as caught:
        Client().analyse(photo)
    assert caught.value.code == 522


def test_the_context_manager(photo):
    with RemoMock(Settings(seed=3)) as remo:
        ann = remo.account(credit=5)
        assert Client(**ann.fields).analyse(photo).credit == 4
    assert remo.requests[0]["account"] == ann.email


@remo_mock
def test_the_decorator(photo, remo):
    Client(**remo.account().fields).analyse(photo)
    assert remo.credits_spent == 1


@remo_mock
async def answered(photo, remo):
    return Client(**remo.account().fields).analyse(photo)


def test_the_decorator_on_a_coroutine(photo):
    import asyncio

    assert asyncio.run(answered(photo)).credit == 99


def test_a_stub_of_ours_keeps_the_contract(fake):
    stub = {"state": False, "credit": 0, "message": "insufficient credit", "status": 422}
    assert_contract("analysis-skeleton-v2-back", None, stub)
    with pytest.raises(AssertionError):
        assert_contract("analysis-skeleton-v2-back", None, stub | {"state": True})
    assert_contract("analysis-skeleton-v2-back", None, fake.remo_success("analysis-skeleton-v2-back"))


def test_a_reply_keeps_the_contract(remo, remo_account, fake):
    body = fake.remo_request("analysis-skeleton-v2-back", credentials=remo_account.fields)
    assert_contract("analysis-skeleton-v2-back", body, requests.post(remo.url + PATH, json=body, timeout=10))


def test_below_http(fake):
    assert read(fake.remo_success("analysis-skeleton-v2-back", bar_tilt_m_=6.5)).tilt == 6.5
    with pytest.raises(RefusedError, match="keys are wrong"):
        read(fake.remo_error("analysis-skeleton-v2-back", code=421))
