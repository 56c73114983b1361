"""Broken servers that answer a cause with another's code; the pages' tables of codes are typed from them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal, TypeAlias

from ..mutation import Change, Fields, Memory, Mutation, Page, ReceivedRequest, Response, code_of, mutation

_code_row = partial(mutation, layer="request", apart=True)
Spoilt: TypeAlias = Literal["missing", "empty", "null", "wrong"]

# What a confused server would answer in place of each code. Both pages: Error Code Guide / 에러 코드 안내.
_CONFUSED: dict[Page, tuple[tuple[int, int, str], ...]] = {
    "A": (
        (400, 411, "A request that is no JSON is answered as one without data."),
        (400, 559, "A request that is no JSON crashes the process."),
        (411, 400, "A missing field is answered as a protocol error."),
        (411, 420, "A missing field is answered as an unknown user."),
        (411, 412, "A missing field is answered as an image error."),
        (412, 413, "An attached file that is no image is always the front's."),
        (412, 550, "An attached file that is no image crashes the process."),
        (413, 414, "The front photo's error is told as the side's."),
        (413, 412, "The front photo's own error is told in general."),
        (414, 413, "The side photo's error is told as the front's."),
        (420, 421, "An unknown user is answered as a wrong API key."),
        (421, 420, "A wrong API key is answered as an unknown user."),
        (421, 422, "A wrong API key is answered as a lack of credit."),
        (511, 512, "Nobody in front is told as nobody beside."),
        (512, 511, "Nobody beside is told as nobody in front."),
        (513, 511, "Nobody in two photos is told of the first alone."),
        (518, 522, "Nobody in the back photo is told as a wrong angle."),
        (519, 513, "Front and back are told as front and side."),
        (520, 519, "Side and back are told as front and back."),
        (521, 513, "Nobody in all three is told of two."),
        (521, 511, "Nobody in all three is told of the first alone."),
    ),
    "B": (
        (400, 411, "A request that is no JSON is answered as one without data."),
        (411, 400, "A missing field is answered as a protocol error."),
        (411, 421, "A missing field is answered as a wrong API key."),
        (412, 411, "An undecodable photo is answered as a missing one."),
        (412, 550, "An undecodable photo crashes the process."),
        (412, 518, "An undecodable photo is answered as one without a person."),
        (420, 421, "An unknown user is answered as a wrong API key."),
        (420, 422, "An unknown user is answered as a lack of credit."),
        (421, 420, "A wrong API key is answered as an unknown user."),
        (518, 522, "Nobody in the photo is told as a wrong angle."),
        (518, 550, "Nobody in the photo crashes the process."),
    ),
}
# Codes that the endpoint's own page does not have (B: of page A's table).
_FOREIGN: tuple[tuple[Page, int, int], ...] = (
    ("A", 411, 410),
    ("A", 421, 401),
    ("A", 420, 404),
    ("A", 511, 510),
    ("B", 412, 414),
    ("B", 518, 511),
    ("B", 518, 521),
    ("B", 411, 500),
    ("B", 421, 403),
)
# Codes that only our own mock gives when asked, and a neighbour's.
_ASKED: dict[Page, tuple[tuple[int, int], ...]] = {
    "A": (
        (418, 417),
        (422, 421),
        (514, 515),
        (515, 514),
        (516, 513),
        (517, 418),
        (522, 518),
        (523, 524),
        (524, 523),
        (525, 521),
        (550, 559),
        (559, 550),
    ),
    "B": ((422, 412), (522, 518), (550, 559), (559, 550)),
}


# (page, field, how it is spoilt, the page's code, what is told): servers that check some fields and trust the others.
_FIELDS: tuple[tuple[Page, str, Spoilt, int, int], ...] = (
    ("A", "Email", "missing", 411, 420),
    ("A", "UserKey", "empty", 411, 420),
    ("A", "APIKey", "missing", 411, 421),
    ("A", "APIKey", "empty", 411, 421),
    ("A", "forigimg", "missing", 411, 413),
    ("A", "forigimg", "empty", 411, 413),
    ("A", "sorigimg", "missing", 411, 414),
    ("A", "sorigimg", "empty", 411, 512),
    ("A", "borigimg", "missing", 411, 412),
    ("A", "borigimg", "empty", 411, 518),
    ("A", "borigimg", "null", 411, 550),
    ("A", "UserKey", "wrong", 420, 421),
    ("B", "Email", "empty", 411, 420),
    ("B", "UserKey", "missing", 411, 420),
    ("B", "APIKey", "null", 411, 421),
    ("B", "borigimg", "missing", 411, 412),
    ("B", "borigimg", "empty", 411, 412),
    ("B", "borigimg", "null", 411, 559),
    ("B", "UserKey", "wrong", 420, 421),
)


def _of_field(field: str, kind: Spoilt, given: int, told: int) -> Change:
    """Tell another code, only where it is this field that is spoilt in this way."""
    spoilt: dict[Spoilt, Callable[[Fields], bool]] = {
        "missing": lambda sent: bool(sent) and field not in sent,
        "empty": lambda sent: sent.get(field) == "",
        "null": lambda sent: field in sent and sent[field] is None,
        "wrong": lambda sent: isinstance(sent.get(field), str) and sent.get("Email") == "demo@example.com",
    }
    retold = recoded(given, told)
    return lambda request, response, memory: (
        retold(request, response, memory) if spoilt[kind](request.fields) else response
    )


def recoded(given: int, told: int) -> Change:
    """Tell another code for one, in the body and as the HTTP status."""

    def change(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        reply = response.fields
        if reply["state"] or code_of(reply) != given:
            return response
        reply["status"] = told
        status = told if response.status == given else response.status
        return replace(response.with_fields(reply), status=status)

    return change


def _code_rows() -> tuple[Mutation, ...]:
    confused = tuple(
        _code_row(f"{page}-{given}-told-as-{told}", broken, f"REMO-ERROR-{given}", recoded(given, told), pages=(page,))
        for page, rows in _CONFUSED.items()
        for given, told, broken in rows
    )
    foreign = tuple(
        _code_row(
            f"{page}-{given}-told-as-unknown-{told}",
            f"{given} is told as {told}, which is not in page {page}'s table.",
            f"REMO-ERROR-DOCUMENTED REMO-ERROR-{given}",
            recoded(given, told),
            pages=(page,),
        )
        for page, given, told in _FOREIGN
    )
    fields = tuple(
        _code_row(
            f"{page}-{kind}-{field}-told-as-{told}",
            f"A request with {field} {kind} is answered with {told}.",
            f"REMO-ERROR-{given}",
            _of_field(field, kind, given, told),
            pages=(page,),
        )
        for page, field, kind, given, told in _FIELDS
    )
    request = tuple(
        _code_row(
            f"{page}-{given}-told-as-{told}",
            f"The cause of {given} is told as {told}.",
            f"REMO-ERROR-{given}",
            recoded(given, told),
            pages=(page,),
            exact=True,
        )
        for page, rows in _ASKED.items()
        for given, told in rows
    )
    return confused + foreign + request + fields


MUTANTS = _code_rows()
