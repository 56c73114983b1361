"""Broken servers that answer a cause with another code; the codes are copied by hand from the pages' tables."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Literal, TypeAlias

from ..changes import code_of
from ..mutation import Change, Fields, Memory, Mutation, Page, ReceivedRequest, Response, mutation

_code_row = partial(mutation, layer="request", apart="code")
Spoilt: TypeAlias = Literal["missing", "empty", "null", "wrong"]

# Code, the one that a server confuses it with, what is broken. Error Code Guide / 에러 코드 안내 / Error table.
_CONFUSED: dict[Page, tuple[tuple[int, int, str], ...]] = {
    "A": (
        (400, 411, "A request that is no JSON is answered as one without data."),
        (400, 559, "A request that is no JSON crashes the process."),
        (411, 400, "A missing field is answered as a protocol error."),
        (411, 420, "A missing field is answered as an unknown user."),
        (411, 412, "A missing field is answered as an image error."),
        (412, 413, "An attached file that is no image is always the front's."),
        (412, 550, "An attached file that is no image crashes the process."),
        (413, 414, "The front photo's error is answered as the side's."),
        (413, 412, "The front photo's own error is answered with the general one."),
        (414, 413, "The side photo's error is answered as the front's."),
        (420, 421, "An unknown user is answered as a wrong API key."),
        (421, 420, "A wrong API key is answered as an unknown user."),
        (421, 422, "A wrong API key is answered as a lack of credit."),
        (511, 512, "No person in front is answered as none in the side photo."),
        (512, 511, "No person in the side photo is answered as none in front."),
        (513, 511, "No person in two photos is answered as none in the first."),
        (518, 522, "No person in the back photo is answered as a wrong angle."),
        (519, 513, "Front and back are answered as front and side."),
        (520, 519, "Side and back are answered as front and back."),
        (521, 513, "No person in all three photos is answered as none in two."),
        (521, 511, "No person in all three photos is answered as none in the first."),
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
        (518, 522, "No person in the photo is answered as a wrong angle."),
        (518, 550, "No person in the photo crashes the process."),
    ),
    "C": (
        (400, 411, "A request that is no JSON is answered as one without data."),
        (411, 400, "A missing field is answered as a protocol error."),
        (411, 413, "A missing field is answered as the photo's error."),
        (412, 550, "An attached file that is no image crashes the process."),
        (412, 511, "An attached file that is no image is answered as one without a person."),
        (413, 412, "The photo's own error is answered with the general one."),
        (413, 411, "An undecodable photo is answered as a missing one."),
        (420, 421, "An unknown user is answered as a wrong API key."),
        (421, 420, "A wrong API key is answered as an unknown user."),
        (511, 514, "No person in the photo is answered as a wrong angle."),
        (511, 517, "No person in the photo is answered as another pose."),
    ),
    "D": (
        (400, 559, "A request that is no JSON crashes the process."),
        (411, 420, "A missing field is answered as an unknown user."),
        (411, 412, "A missing field is answered as an image error."),
        (412, 515, "An attached file that is no image is answered as a wrong angle."),
        (412, 559, "An attached file that is no image crashes the process."),
        (414, 412, "The photo's own error is answered with the general one."),
        (414, 512, "An undecodable photo is answered as one without a person."),
        (420, 422, "An unknown user is answered as a lack of credit."),
        (421, 422, "A wrong API key is answered as a lack of credit."),
        (512, 515, "No person in the photo is answered as a wrong angle."),
        (512, 550, "No person in the photo crashes the process."),
    ),
    "E": (
        (400, 411, "A request that is no JSON is answered as one without data."),
        (411, 421, "A missing field is answered as a wrong API key."),
        (412, 550, "An attached file that is no image crashes the process."),
        (413, 414, "The front photo's error is answered as the side's."),
        (414, 413, "The side photo's error is answered as the front's."),
        (420, 421, "An unknown user is answered as a wrong API key."),
        (421, 420, "A wrong API key is answered as an unknown user."),
        (511, 512, "No person in front is answered as none in the side photo."),
        (512, 511, "No person in the side photo is answered as none in front."),
        (513, 511, "No person in two photos is answered as none in the first."),
        (513, 516, "No person in two photos is answered as two wrong angles."),
    ),
}
# Codes, and others that the endpoint's own page does not have (some are of another page's table).
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
    ("C", 413, 414),
    ("C", 511, 512),
    ("C", 412, 415),
    ("C", 420, 401),
    ("D", 414, 415),
    ("D", 512, 511),
    ("D", 412, 418),
    ("D", 411, 410),
    ("E", 513, 518),
    ("E", 512, 520),
    ("E", 414, 415),
    ("E", 421, 401),
)
# Codes that our own mock alone can be asked for, and another one.
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
    "B": ((415, 412), (422, 412), (522, 518), (550, 559), (559, 550)),
    "C": ((418, 517), (422, 421), (514, 511), (515, 514), (517, 418), (550, 559), (559, 550)),
    "D": ((413, 414), (422, 420), (515, 512), (550, 559), (559, 550)),
    "E": (
        (418, 517),
        (422, 421),
        (514, 515),
        (515, 514),
        (516, 513),
        (517, 418),
        (550, 559),
        (559, 550),
    ),
}


# Page, field, how it is spoilt, the page's code, the code sent: servers that check some fields and trust the others.
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
    ("C", "Email", "missing", 411, 420),
    ("C", "UserKey", "empty", 411, 421),
    ("C", "APIKey", "null", 411, 421),
    ("C", "forigimg", "missing", 411, 413),
    ("C", "forigimg", "empty", 411, 412),
    ("D", "Email", "empty", 411, 420),
    ("D", "UserKey", "wrong", 420, 421),
    ("D", "APIKey", "missing", 411, 421),
    ("D", "sorigimg", "missing", 411, 414),
    ("D", "sorigimg", "null", 411, 512),
    ("E", "Email", "missing", 411, 420),
    ("E", "APIKey", "empty", 411, 421),
    ("E", "UserKey", "wrong", 420, 421),
    ("E", "forigimg", "missing", 411, 413),
    ("E", "sorigimg", "empty", 411, 414),
    ("E", "sorigimg", "null", 411, 512),
)


# No page says whether an empty value is a wrong one: with these codes it is a note.
_IMAGE_CODES = (412, 413, 414, 415)
_OF_A_WRONG_VALUE: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys(("Email", "UserKey"), (420,)),
    "APIKey": (421,),
    **dict.fromkeys(("forigimg", "sorigimg", "borigimg"), _IMAGE_CODES),
}


def _of_field(field: str, kind: Spoilt, code: int, other: int) -> Change:
    """Return the change that sends another code where this field is spoilt in this way."""
    spoilt: dict[Spoilt, Callable[[Fields], bool]] = {
        "missing": lambda fields: bool(fields) and field not in fields,
        "empty": lambda fields: fields.get(field) == "",
        "null": lambda fields: field in fields and fields[field] is None,
        "wrong": lambda fields: isinstance(fields.get(field), str) and fields.get("Email") == "demo@example.com",
    }
    change = recoded(code, other)
    return lambda request, response, memory: (
        change(request, response, memory) if spoilt[kind](request.fields) else response
    )


def recoded(code: int, other: int) -> Change:
    """Return the change that sends another code for one, in the body and as the HTTP status."""

    def change(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        reply = response.fields
        if reply["state"] or code_of(reply) != code:
            return response
        reply["status"] = other
        status = other if response.status == code else response.status
        return replace(response.with_fields(reply), status=status)

    return change


def _code_rows() -> tuple[Mutation, ...]:
    confused = tuple(
        _code_row(f"{page}-{code}-told-as-{other}", broken, f"REMO-ERROR-{code}", recoded(code, other), pages=(page,))
        for page, rows in _CONFUSED.items()
        for code, other, broken in rows
    )
    foreign = tuple(
        _code_row(
            f"{page}-{code}-told-as-unknown-{other}",
            f"{code} is answered as {other}, which is not in page {page}'s table.",
            f"REMO-ERROR-DOCUMENTED REMO-ERROR-{code}",
            recoded(code, other),
            pages=(page,),
        )
        for page, code, other in _FOREIGN
    )
    fields = tuple(
        _code_row(
            f"{page}-{kind}-{field}-told-as-{other}",
            f"A request with {field} {kind} is answered with {other}.",
            f"REMO-ERROR-{code}",
            _of_field(field, kind, code, other),
            pages=(page,),
            exact=kind in ("empty", "null") and other in _OF_A_WRONG_VALUE[field],
        )
        for page, field, kind, code, other in _FIELDS
    )
    asked = tuple(
        _code_row(
            f"{page}-{code}-told-as-{other}",
            f"The cause of {code} is answered as {other}.",
            f"REMO-ERROR-{code}",
            recoded(code, other),
            pages=(page,),
            exact=True,
        )
        for page, rows in _ASKED.items()
        for code, other in rows
    )
    return confused + foreign + asked + fields


MUTANTS = _code_rows()
