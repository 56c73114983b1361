"""Holds the switches between readings of the vendor's pages, and applies those that change the contract."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal, get_args, get_type_hints

from remo_mock.contract.model import Contract, Endpoint, ErrorShape, HttpStatus, Json, Metric

ApiName = Literal["page", "own"]
"""Whether `APIName` is the one of the page's example, or the endpoint's own (L07)."""

SplitPrice = Literal["set", "each"]
"""Whether split requests of one uuid cost as a set, or each costs the same (L05)."""

SideReply = Literal["page", "observed"]
"""Whether the side endpoint's reply has the fields of its page, or those that the live service sent (L39)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """One reading for each contradiction that a mock can be switched on; the defaults are the pages' readings."""

    http_status: HttpStatus = "mirror"
    error_shape: ErrorShape = "status"
    api_name: ApiName = "page"
    split_price: SplitPrice = "set"
    side_reply: SideReply = "page"


OBSERVED = Switches(
    http_status="mirror", error_shape="detailed", api_name="own", split_price="each", side_reply="observed"
)
"""What the live service, or a sibling of the vendor, was seen to do (each entry of the ledger says by whom)."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    field.name.replace("_", "-"): get_args(get_type_hints(Switches)[field.name]) for field in fields(Switches)
}
"""The values of each switch, the default first, by its name as an option: `error-shape`."""


def switched(contract: Contract, switches: Switches) -> Contract:
    """Return the contract as a mock with these switches keeps it: names of APIs, prices of sets, names of fields."""
    return replace(contract, endpoints=tuple(_switched(endpoint, switches) for endpoint in contract.endpoints))


def switched_replies(contract: Contract, replies: Mapping[str, Json], switches: Switches) -> dict[str, Json]:
    """Return examples of successes, by endpoint, as a mock of this contract would send them.

    `contract` is the one of the pages. Grades are those that the endpoint's bands give for the values, which the
    pages' own examples do not keep to (L37).
    """
    known = {endpoint.name: endpoint for endpoint in contract.endpoints}
    return {name: _switched_reply(known[name], reply, switches) for name, reply in replies.items() if name in known}


def _switched(endpoint: Endpoint, switches: Switches) -> Endpoint:
    names = _renamed_fields(endpoint, switches)
    price = endpoint.price
    if switches.split_price == "each" and price.family is not None:
        price = replace(price, per_views=1, family=None)
    return replace(
        endpoint,
        api_name=_api_name(endpoint, switches),
        price=price,
        metrics=tuple(_with_names(metric, names) for metric in endpoint.metrics),
        reply_order=_renamed(endpoint.reply_order, names),
    )


def _switched_reply(endpoint: Endpoint, reply: Json, switches: Switches) -> Json:
    graded = {metric.grade_field: metric.grade(reply[metric.value_field]) for metric in endpoint.metrics}
    fields_sent = {name: graded.get(name, value) for name, value in reply.items()}
    if "APIName" in fields_sent:
        fields_sent["APIName"] = _api_name(endpoint, switches)
    return dict(zip(_renamed(fields_sent, _renamed_fields(endpoint, switches)), fields_sent.values(), strict=True))


def _api_name(endpoint: Endpoint, switches: Switches) -> str:
    own = endpoint.own_api_name or endpoint.api_name
    return own if switches.api_name == "own" else endpoint.api_name


def _renamed_fields(endpoint: Endpoint, switches: Switches) -> dict[str, str]:
    """Return the new name of each field that the variants chosen by the switches send under another name."""
    names: dict[str, str] = {}
    for variant in endpoint.variants:
        if getattr(switches, variant.switch.replace("-", "_")) == variant.value:
            names |= variant.fields
    return names


def _with_names(metric: Metric, names: Mapping[str, str]) -> Metric:
    value, grade = _renamed((metric.value_field, metric.grade_field), names)
    return replace(metric, value_field=value, grade_field=grade)


def _renamed(fields_before: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(name, name) for name in fields_before)
