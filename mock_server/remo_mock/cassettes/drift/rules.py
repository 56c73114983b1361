"""Lists the rules by which a cassette is compared: checks of the contract, and comparisons with the mock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from remo_mock.cassettes.drift import comparisons
from remo_mock.cassettes.drift.comparisons import Comparison, Difference, Finding, Pair
from remo_mock.contract.suite import api

_DATA = "schemas/<endpoint>/endpoint.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the report, and what to do where a reply differs.

    `checks` are patterns of ids: a check of the contract suite belongs to the first rule that has its id. A note of
    it counts as a difference, unless `violations_only`. `comparison` looks at the pairs to which it `applies`.
    """

    name: str
    remedy: str
    checks: tuple[str, ...] = ()
    violations_only: bool = False
    comparison: Comparison | None = None
    applies: Callable[[Pair], bool] = lambda _pair: True

    def looks_at(self, pair: Pair, results: "tuple[api.CheckResult, ...]") -> bool:
        """Tell whether the rule can be seen in an exchange; `results` are those of its checks."""
        checked = any(result.verdict != "skipped" for result in results)
        return checked or (self.comparison is not None and self.applies(pair))

    def findings(self, pair: Pair, results: "tuple[api.CheckResult, ...]") -> Iterator[Finding]:
        """Yield the differences, and the readings of the ledger that the comparison sees."""
        if self.comparison is not None and self.applies(pair):
            yield from self.comparison(pair)
        for result in results:
            for problem in result.problems:
                if problem.severity == "violation" or not self.violations_only:
                    yield Difference(problem.got, f"{problem.expected} ({result.check.id})")


_BODY = tuple(f"REMO-BYTES-{fault}" for fault in ("EMPTY", "UTF8", "BOM", "JSON", "TRAILING", "NAN", "DUPLICATE"))

RULES: tuple[Rule, ...] = (
    Rule(
        name="body",
        checks=(*_BODY, "REMO-BODY-*"),
        comparison=comparisons.body,
        remedy="see whether the vendor or something before it answered",
    ),
    Rule(
        name="outcome",
        comparison=comparisons.outcome,
        applies=lambda pair: pair.has_code,
        remedy="correct the request schema of the endpoint, or its photo verdicts",
    ),
    Rule(
        name="codes",
        checks=("REMO-ERROR-DOCUMENTED",),
        comparison=comparisons.code,
        applies=lambda pair: pair.both_fail,
        remedy=f"correct `codes` in {_DATA} and schemas/errors.json",
    ),
    Rule(
        name="messages",
        checks=("REMO-ERROR-MESSAGE-EMPTY",),
        comparison=comparisons.message,
        applies=lambda pair: pair.both_fail,
        remedy=f"put the real words into `message` in {_DATA}, as observed",
    ),
    Rule(
        name="http-status",
        checks=("REMO-HTTP-STATUS-*",),
        remedy="add the reading to L19 of schemas/ledger.json",
    ),
    Rule(
        name="headers",
        checks=("REMO-BYTES-*", "REMO-HTTP-REDIRECT"),
        comparison=comparisons.headers,
        remedy="test the client under the header; add a ledger entry",
    ),
    Rule(
        name="error-shape",
        checks=("REMO-ERROR-FIELD-status", "REMO-ERROR-BOTH-KEYS"),
        remedy="add the reading to L01 of schemas/ledger.json",
    ),
    Rule(
        name="keys",
        checks=("REMO-FIELD-*", "REMO-ERROR-FIELD-*", "REMO-ERROR-RESULTS"),
        remedy="correct the properties in response.schema.json or error.schema.json",
    ),
    Rule(
        name="order",
        comparison=comparisons.order,
        applies=lambda pair: pair.both_succeed or pair.both_fail,
        remedy="correct the order in response.schema.json and the example",
    ),
    Rule(
        name="types",
        checks=("REMO-TYPE-*", "REMO-ERROR-TYPE-*"),
        remedy="correct the type in response.schema.json or error.schema.json",
    ),
    Rule(name="api-name", checks=("REMO-APINAME",), remedy=f"add the name to `api_name.accepted` in {_DATA} (L07)"),
    Rule(name="uuid", checks=("REMO-UUID-*",), remedy="add the reading to L03 of schemas/ledger.json"),
    Rule(
        name="price",
        checks=("REMO-CREDIT-PRICE", "REMO-CREDIT-SIGN"),
        comparison=comparisons.price_in_set,
        applies=lambda pair: pair.both_succeed,
        remedy=f"correct `price` in {_DATA}, and L05 of schemas/ledger.json",
    ),
    Rule(
        name="bands",
        checks=("REMO-GRADE-*",),
        violations_only=True,  # a grade beside a bound may be one from before rounding: a reading of L21
        remedy=f"correct `bands` in {_DATA}, and L11 of schemas/ledger.json",
    ),
    Rule(
        name="decimals",
        checks=("REMO-DECIMALS",),
        comparison=comparisons.decimals,
        applies=lambda pair: pair.both_succeed,
        remedy="round to as many decimals in clients; add a ledger entry",
    ),
    Rule(name="coords", checks=("REMO-COORDS-*",), remedy="correct the coords in common.schema.json, and L18"),
    Rule(name="images", checks=("REMO-IMAGE-*",), remedy="add the reading to L24 of schemas/ledger.json"),
    Rule(name="contract", checks=("*",), remedy="see what the check asks: remo-mock verify --explain ID"),
)
"""Every rule, in the order of reports; what to do is for whoever keeps the contract data."""


@cache
def rule_of(check_id: str) -> str:
    """Return the name of the rule that a check belongs to."""
    return next(rule.name for rule in RULES if any(fnmatchcase(check_id, pattern) for pattern in rule.checks))
