"""Describes the API and its endpoints in a language: what they are for, their rules, and what can be asked for."""

from collections.abc import Iterable, Iterator, Mapping

from remo_mock.contract import Contract, Endpoint, Switches, code_for_condition
from remo_mock.contract.names import Names
from remo_mock.reference.switches import switch_rows
from remo_mock.service.messages.call_and_reply import CODE_KEYS
from remo_mock.service.outcomes.faults import FAULTS
from remo_mock.service.outcomes.outcome import EXAMPLE, PROFILES

_SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "one": "Analyse a {views} photo",
        "several": "Analyse the {views} photos",
        "and": " and ",
        "origin": "Made by remo-mock from the vendor's public pages; this is not the vendor's own document. "
        "`x-remo-source` states the source of each rule, and its `ledger` the contradiction of the pages that it "
        "settles (`remo-mock ledger`).",
        "status_mirror": "The HTTP status of an error is its code (L19, `--http-status mirror`)",
        "status_200": "Errors have the HTTP status 200; `state` distinguishes them from successes (L19, "
        "`--http-status 200`)",
        "switches": "{status}; the body carries the code under {keys} (L01, `--error-shape {shape}`). The other "
        "switches: {others}.",
        "credit": "1 credit",
        "credits": "{n} credits",
        "price": "A success costs {cost}; an error costs nothing (L20).",
        "price_of_set": "Successes with the same `uuid` are one set, in which {photos} photos cost {cost} together "
        "(L05); an error costs nothing (L20).",
        "incomplete": "A field of the wrong type is answered with {wrong}, a missing, null or empty one with "
        "{missing}.",
        "alias": "Also answered at `{path}` ({entry}).",
        "prefer": "Asks remo-mock for an outcome (RFC 7240); several are separated by commas. The real service "
        "ignores it.",
        "profile": "`profile=` {profiles}; or a single metric in degrees, as `{metric}=3.5`",
        "delay": "`delay=` milliseconds, or a range such as `200-800`",
    },
    "ko": {
        "one": "{views} 사진 분석",
        "several": "{views} 사진 분석",
        "and": ", ",
        "origin": "remo-mock이 공급사의 공개 문서를 바탕으로 만든 문서이며, 공급사가 만든 문서가 아닙니다. "
        "`x-remo-source`에는 규칙마다 출처가 있고, 그 `ledger`는 문서끼리 어긋나는 곳을 가리킵니다 "
        "(`remo-mock ledger`).",
        "status_mirror": "오류의 HTTP 상태는 오류 코드와 같습니다 (L19, `--http-status mirror`).",
        "status_200": "오류도 HTTP 상태는 200이며, 성공과 오류는 `state` 값으로 구별합니다 (L19, `--http-status 200`).",
        "switches": "{status} 오류 코드는 본문의 {keys} 키에 있습니다 (L01, `--error-shape {shape}`). "
        "그 밖의 설정: {others}.",
        "credit": "1 크레딧",
        "credits": "{n} 크레딧",
        "price": "성공하면 {cost}이 차감되고, 오류는 차감되지 않습니다 (L20).",
        "price_of_set": "같은 `uuid`로 성공한 요청은 한 묶음이며, 사진 {photos}장에 모두 {cost}이 차감됩니다 (L05). "
        "오류는 차감되지 않습니다 (L20).",
        "incomplete": "필드의 형식이 틀리면 {wrong}, 필드가 없거나 null이거나 비어 있으면 {missing} 코드로 응답합니다.",
        "alias": "`{path}` 주소에서도 응답합니다 ({entry}).",
        "prefer": "이 헤더로 remo-mock에 원하는 결과를 요청합니다 (RFC 7240). 여러 개는 쉼표로 구분합니다. 실제 "
        "서비스는 이 헤더를 무시합니다.",
        "profile": "`profile=` {profiles}. 지표 하나만 정하려면 각도로: `{metric}=3.5`",
        "delay": "`delay=` 밀리초, 또는 `200-800` 같은 범위",
    },
}
ENGLISH = "en"
"""The language of what tools read."""


def summary(endpoint: Endpoint, names: Names, language: str = ENGLISH) -> str:
    """Say in a few words what an endpoint does."""
    views = [names.view(view.name)[language] for view in endpoint.views]
    return _say(language, "one" if len(views) == 1 else "several", views=_listed(views, language))


def about(contract: Contract, switches: Switches, language: str = ENGLISH) -> tuple[str, ...]:
    """Describe in paragraphs where the description comes from, and how the mock reads the pages that disagree."""
    status = _say(language, f"status_{switches.http_status}")
    keys = _say(language, "and").join(f"`{key}`" for key in CODE_KEYS[switches.error_shape])
    others = _listed(_others(contract, switches), language)
    shape = switches.error_shape
    return (
        _say(language, "origin"),
        _say(language, "switches", status=status, keys=keys, shape=shape, others=others),
    )


def rules(endpoint: Endpoint, language: str = ENGLISH) -> str:
    """Describe the price, the codes of an incomplete request, and further paths."""
    price = endpoint.price
    cost = _say(language, "credit" if price.credits == 1 else "credits", n=price.credits)
    kind = "price" if price.family is None else "price_of_set"
    wrong, missing = (code_for_condition(endpoint, name).code for name in ("protocol", "missing_input"))
    sentences = [
        _say(language, kind, cost=cost, photos=price.per_views),
        _say(language, "incomplete", wrong=wrong, missing=missing),
        *(_say(language, "alias", path=path, entry=entry) for path, entry in endpoint.aliases.items()),
    ]
    return " ".join(sentences)


def prefer_lines(endpoint: Endpoint, language: str = ENGLISH) -> tuple[str, ...]:
    """Describe the header by which a request asks for an outcome: what it does, then each thing to ask for."""
    views = [f"`{view.name}=` {', '.join(endpoint.verdicts_of(view.name))}" for view in endpoint.views]
    return (
        _say(language, "prefer"),
        f"`code=` {', '.join(map(str, endpoint.codes))}",
        *views,
        _say(language, "profile", profiles=", ".join((*PROFILES, EXAMPLE)), metric=endpoint.metrics[0].name),
        _say(language, "delay"),
        f"`fault=` {', '.join(FAULTS)}",
    )


def _say(language: str, key: str, **places: object) -> str:
    return _SENTENCES[language][key].format_map(places)


def _others(contract: Contract, switches: Switches) -> Iterator[str]:
    for row in switch_rows(contract, switches):
        if row.option not in ("http-status", "error-shape"):
            yield f"`--{row.option} {row.value}`" + f" ({row.ledger})" * bool(row.ledger)


def _listed(words: Iterable[str], language: str) -> str:
    *most, last = words
    return f"{', '.join(most)}{_say(language, 'and')}{last}" if most else last
