"""A run counts what its requests cost, whatever becomes of them."""

from threading import Barrier

import pytest

from contract_tests.model.credentials import Credentials
from contract_tests.plan.plan import Stage, Step
from contract_tests.plan.requests import Draft
from contract_tests.run.client import Client, SendResult
from contract_tests.run.runner import Run, RunStoppedError
from remo_mock.contract import Endpoint, read_contract
from remo_mock.contract.packaged import contract_documents

ENDPOINT: Endpoint = read_contract(contract_documents()).endpoints[0]
CREDENTIALS = Credentials(email="ann@example.com", user_key="ann-user-key", api_key="ann-api-key")


class NoAnswerClient(Client):
    """Has four requests under way at once; the second cannot connect, the others get no answer."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9", timeout=1)
        self._together = Barrier(4)

    def send(self, *_request: object, **_options: object) -> SendResult:
        at = self._together.wait()
        return SendResult(None, "no answer", 0.1, refused=at == 1)


def test_what_requests_cost_is_counted_though_one_beside_them_cannot_connect() -> None:
    run = Run(NoAnswerClient(), budget=9)
    step = Step(
        label="a success",
        endpoint=ENDPOINT,
        draft=lambda: Draft(endpoint=ENDPOINT, credentials=CREDENTIALS),
        cost_class="paid",
        reserve=1,
    )
    with pytest.raises(RunStoppedError, match="cannot connect"):
        run.send_all((Stage((step,) * 4, side_by_side=True),), progress=lambda *_: None, stop_rules=lambda _run: None)
    assert run.spent == 3
