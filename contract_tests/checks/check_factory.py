"""Makes the checks of one layer of one endpoint, and fills in what they have in common."""

from dataclasses import dataclass, field

from remo_mock.contract import Documents, Endpoint

from ..model.check import Check, Evidence, Judge, Layer, Selector
from ..model.promises import Origin, page_of


@dataclass(frozen=True, slots=True)
class CheckFactory:
    """Makes checks of a layer of an endpoint; their ids begin with `prefix`."""

    documents: Documents = field(repr=False)
    endpoint: Endpoint
    layer: Layer
    prefix: str = "REMO-"

    def check(
        self,
        name: str,
        title: str,
        where: Origin,
        select: Selector,
        judge: Judge,
        *,
        evidence: Evidence | None = None,
        ledger: tuple[str, ...] | None = None,
        least: int = 1,
        own_mock: bool = False,
    ) -> Check:
        """Return a check; evidence and ledger entries are those of the promise's origin unless given."""
        return Check(
            id=f"{self.prefix}{name}",
            layer=self.layer,
            title=title,
            endpoint=self.endpoint.name,
            page=page_of(self.documents, self.endpoint),
            source=where.source,
            evidence=where.evidence if evidence is None else evidence,
            ledger=where.ledger if ledger is None else ledger,
            select=select,
            judge=judge,
            least=least,
            own_mock=own_mock,
        )
