"""Describes the vendor's contract as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from remo_mock.contract.names import Names
from remo_mock.exceptions import ContractError

Json = Any
"""Parsed JSON: the one shape that no type tells."""

ErrorShape = Literal["status", "status_code", "both", "detailed"]
"""Under which key an error body tells its code (L01); `detailed` is `status_code` with a `credit_change` of 0."""

HttpStatus = Literal["mirror", "200"]
"""Whether the HTTP status of an error is its code, or always 200 (L19)."""

Documents = Mapping[str, Json]
"""Relative POSIX path, such as `analysis-skeleton-v2/endpoint.json`, to parsed JSON."""


@dataclass(frozen=True, slots=True)
class Band:
    """The values of a metric that one grade covers: a side that is None is open to infinity."""

    grade: int
    minimum: float | None = None
    exclusive_minimum: float | None = None
    maximum: float | None = None
    exclusive_maximum: float | None = None

    def covers(self, value: float) -> bool:
        """Tell whether `value`, in degrees, lies in this band."""
        return (
            (self.minimum is None or value >= self.minimum)
            and (self.exclusive_minimum is None or value > self.exclusive_minimum)
            and (self.maximum is None or value <= self.maximum)
            and (self.exclusive_maximum is None or value < self.exclusive_maximum)
        )


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured angle of a view, and how the endpoint's page grades it."""

    name: str
    view: str
    measure: str
    value_field: str
    grade_field: str
    bands: tuple[Band, ...]

    def grade(self, value: float) -> int:
        """Grade `value`, in degrees, as printed in the reply (L21). Raises `ContractError` if no band covers it."""
        for band in self.bands:
            if band.covers(value):
                return band.grade
        raise ContractError(self.name, f"no band covers {value}")


@dataclass(frozen=True, slots=True)
class View:
    """One photo of an endpoint: its name, and the fields that carry it in request and reply."""

    name: str
    photo_field: str
    image_field: str
    coords_field: str


@dataclass(frozen=True, slots=True)
class Price:
    """What successes cost: `credits` for each `per_views` successes of a set, or for each request (L05)."""

    credits: int
    per_views: int = 1
    family: str | None = None

    def of(self, position: int) -> int:
        """Return the credits that the success after `position` earlier ones of its set costs."""
        return self.credits * (-(-(position + 1) // self.per_views) + (-position // self.per_views))


@dataclass(frozen=True, slots=True)
class Code:
    """One error code as an endpoint documents it, and what it follows from."""

    code: int
    message: str
    meaning: Mapping[str, str]
    condition: str | None
    verdicts: Mapping[str, frozenset[frozenset[str]]]
    only_when_asked: bool
    source: Json


@dataclass(frozen=True, slots=True)
class Variant:
    """Another reading of an endpoint's success: the fields that have another name when `switch` has `value`.

    `fields` maps the page's name of a field to the name in this reading.
    """

    switch: str
    value: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One documented endpoint; `reply_order` names the fields of a success in the order of the page's example.

    `aliases` maps each further path at which it is answered to the ledger entry that says why. `own_api_name` is the
    `APIName` that names the endpoint itself, if the page's example has another (L07). `servers` are the base URLs at
    which the vendor serves it.
    """

    name: str
    path: str
    aliases: Mapping[str, str]
    method: str
    api_name: str
    price: Price
    views: tuple[View, ...]
    metrics: tuple[Metric, ...]
    codes: Mapping[int, Code]
    reply_order: tuple[str, ...]
    request_schema: Json = field(repr=False)
    servers: tuple[str, ...] = ()
    own_api_name: str = ""
    variants: tuple[Variant, ...] = ()

    def verdicts_of(self, view: str) -> tuple[str, ...]:
        """Return the verdicts that a photo of `view` can be given: fine, and each that some code tells."""
        natural = [code for code in self.codes.values() if not code.only_when_asked]
        found = {verdict for code in natural for verdict, sets in code.verdicts.items() if any(view in s for s in sets)}
        return ("ok", *sorted(found))

    def names_of(self, field_name: str) -> tuple[str, ...]:
        """Return the names under which some reading of the page sends a field, the page's own first."""
        others = [variant.fields[field_name] for variant in self.variants if field_name in variant.fields]
        return (field_name, *others)

    @property
    def photo_fields(self) -> frozenset[str]:
        """The fields of a request that carry photos."""
        return frozenset(view.photo_field for view in self.views)

    def photos_in(self, body: Mapping[str, Json]) -> int:
        """Count the endpoint's photo fields that a request body holds."""
        return sum(1 for name in self.photo_fields if body.get(name))


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything the pages promise: endpoints, the order in which errors are reported (L23), the ledger; and names."""

    endpoints: tuple[Endpoint, ...]
    order: tuple[tuple[str, ...], ...]
    ledger: tuple[Json, ...]
    names: Names = field(default_factory=Names)
    _by_path: Mapping[str, tuple[Endpoint, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        own = {path: [one for one in self.endpoints if one.path == path] for path in self.paths}
        also = {path: [one for one in self.endpoints if path in one.aliases] for path in self.paths}
        object.__setattr__(self, "_by_path", {path: (*own[path], *also[path]) for path in self.paths})

    def at(self, path: str) -> tuple[Endpoint, ...]:
        """Return the endpoints that answer at `path`, the one whose own path it is first (L12)."""
        return self._by_path.get(path, ())

    def endpoint_for(self, path: str, body: Mapping[str, Json]) -> Endpoint:
        """Return the endpoint that a request to `path` with this JSON object is meant for (L12).

        Where several answer, the photos decide: the endpoint that takes exactly those that the body holds; else the
        one whose own path it is; else the one of whose photos the body holds the largest share. Raises `KeyError` for
        a path at which nothing answers.
        """
        candidates = self.at(path)
        if not candidates:
            raise KeyError(path)
        if len(candidates) == 1:
            return candidates[0]
        held = {name for one in candidates for name in one.photo_fields if body.get(name)}
        exact = [one for one in candidates if one.photo_fields == held]
        at_home = [one for one in candidates if one.path == path]
        rivals = exact or at_home or candidates
        return max(rivals, key=lambda one: (one.photos_in(body) / len(one.views), one.photos_in(body)))

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that an endpoint answers at, own paths first."""
        own = [endpoint.path for endpoint in self.endpoints]
        also = [path for endpoint in self.endpoints for path in endpoint.aliases]
        return tuple(dict.fromkeys(own + also))

    @property
    def servers(self) -> tuple[str, ...]:
        """Every base URL at which the vendor serves an endpoint, in the order of the data."""
        return tuple(dict.fromkeys(url for endpoint in self.endpoints for url in endpoint.servers))

    @property
    def codes(self) -> tuple[int, ...]:
        """Every error code that some endpoint documents, in ascending order."""
        return tuple(sorted({code for endpoint in self.endpoints for code in endpoint.codes}))


OK = "ok"
NO_PERSON = "no_person"


def code_for_condition(endpoint: Endpoint, condition: str) -> Code:
    """Return the code that `endpoint` documents for a condition of the request, such as `unknown_user`."""
    return next(code for code in endpoint.codes.values() if code.condition == condition and not code.only_when_asked)


def compose(contract: Contract, endpoint: Endpoint, verdicts: Mapping[str, str]) -> Code | None:
    """Return the code that the views' verdicts come to, or None if every view is fine.

    `verdicts` maps view to verdict, as in `{"front": "no_person", "side": "ok", "back": "no_person"}`. The contract's
    order decides between kinds (L23). Raises `ValueError` for verdicts that no documented code tells.
    """
    for kinds in contract.order:
        code = code_for_verdicts(endpoint, kinds, verdicts)
        if code is not None:
            return code
    wrong = {view: verdict for view, verdict in verdicts.items() if verdict != OK}
    if wrong:
        raise ValueError(f"{endpoint.name} has no code for {_spell(wrong)}")
    return None


def code_for_verdicts(endpoint: Endpoint, kinds: tuple[str, ...], verdicts: Mapping[str, str]) -> Code | None:
    """Return the code for the views whose verdict is one of `kinds`, or None if there is no such view.

    `kinds` is one entry of the contract's order. Of several kinds, only the first view that has one counts; of a
    kind that stands alone, all its views together. Raises `ValueError` if no documented code tells them.
    """
    having = [view.name for view in endpoint.views if verdicts.get(view.name) in kinds]
    if not having:
        return None
    reported = having[:1] if len(kinds) > 1 else having
    return _lookup(endpoint, verdicts[reported[0]], frozenset(reported))


def _lookup(endpoint: Endpoint, verdict: str, views: frozenset[str]) -> Code:
    for code in endpoint.codes.values():
        if not code.only_when_asked and views in code.verdicts.get(verdict, ()):
            return code
    raise ValueError(f"{endpoint.name} has no code for {_spell(dict.fromkeys(sorted(views), verdict))}")


def _spell(verdicts: Mapping[str, str]) -> str:
    return ", ".join(f"{view}={verdict}" for view, verdict in verdicts.items())


def ledger_entries(contract: Contract) -> list[Mapping[str, Json]]:
    """Return the entries in their order, with what they rest on as `source`: page, section, kind of evidence."""
    return [
        {("source" if name == "x-remo-source" else name): value for name, value in entry.items()}
        for entry in contract.ledger
    ]
