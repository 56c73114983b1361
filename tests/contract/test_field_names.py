"""Fields and codes that a text mentions are named as people call them, in English and Korean."""

import pytest

from remo_mock.contract import read_contract
from remo_mock.contract.field_names import legend, names_in
from remo_mock.contract.packaged import contract_documents

CONTRACT = read_contract(contract_documents())
BACK, V2 = "analysis-skeleton-v2-back", "analysis-skeleton-v2"

TEXTS = {
    "a metric's fields": (
        BACK,
        "bar_knee_bal_m_ 1.2, bar_knee_bal_grade 1",
        ["bar_knee_bal_m_, bar_knee_bal_grade: Knee balance (back) / 무릎 균형 (후면)"],
    ),
    "a pattern of the ledger": (V2, "response.far_tilt_*", ["far_tilt: Body tilt (front) / 몸의 좌우 기울기 (정면)"]),
    "a photo": (V2, '"sorigimg": 0', ["sorigimg: side / 측면"]),
    "a code": (BACK, "code 518", ["518: no person found in the back photo / 후면 사진에서 사람을 찾지 못함"]),
    "a number that is no code": (BACK, "518 pixels, bar_518, status 200, code 999", []),
    "a field of another endpoint": (BACK, "sar_tilt_m_", []),
    "an endpoint that the contract does not have": ("stance", "bar_tilt_m_", []),
}


@pytest.mark.parametrize(("endpoint", "text", "lines"), TEXTS.values(), ids=TEXTS)
def test_what_a_text_mentions_is_named(endpoint: str, text: str, lines: list[str]) -> None:
    assert list(legend(names_in(CONTRACT, endpoint, text))) == lines
