"""A Faker provider of credentials, photos, requests and replies, for tests that need no server."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import ClassVar, cast

import orjson
import pybase64
from PIL import Image, ImageEnhance

from remo_mock.assembly import make_analyser
from remo_mock.contract import Contract, Endpoint, ErrorShape, Json, read_contract
from remo_mock.contract.additions import examples_of
from remo_mock.contract.packaged import chosen_directory, contract_documents, good_photo
from remo_mock.exceptions import MissingExtraError, OutcomeError
from remo_mock.hints.hint import Hint
from remo_mock.service.analysis.analyser import Analyser
from remo_mock.service.messages.call_and_reply import error_body, success_body
from remo_mock.service.messages.json_body import dump
from remo_mock.service.outcomes.outcome import parse
from remo_mock.settings import Settings
from remo_mock.store.personas import invent

try:
    from faker.providers import BaseProvider
except ImportError as error:
    raise MissingExtraError("faker", "remo_mock.faker_provider") from error

# The range of the photos' heights in pixels: small, and a person is still recognised.
_HEIGHTS = (300, 360)
# The conditions of errors with the balance 0: nobody was identified, or nothing is left.
_BALANCE_0 = frozenset({"protocol", "unknown_user", "insufficient_credit"})


class RemoProvider(BaseProvider):
    """Values that are valid by the contract's strict schemas and depend on Faker's seed alone.

    `contract_dir` is the folder of another contract than the packaged one, for a class that inherits from this one
    (None: the folder that REMO_MOCK_CONTRACT_DIR names, if it is set). Every method raises `ContractError` for data
    that does not hold together.
    """

    contract_dir: ClassVar[Path | str | None] = None

    def remo_credentials(self) -> dict[str, str]:
        """Invent the three fields that every request carries: `Email`, `UserKey`, `APIKey`."""
        return invent(self.generator.random, self.generator.user_name).fields

    def remo_photo(self, view: str) -> bytes:
        """Return a JPEG file of about 5 kB that shows a person from `view`: front, side or back.

        Raises `OutcomeError` for another view.
        """
        chance = self.generator.random
        with Image.open(BytesIO(_photo(view, self._folder))) as original:
            height = chance.randint(*_HEIGHTS)
            width = round(height * original.width / original.height)
            original.draft("RGB", (width, height))
            image = original.convert("RGB").resize((width, height))
        image = ImageEnhance.Brightness(image).enhance(chance.uniform(0.94, 1.06))
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=chance.randint(75, 85))
        return buffer.getvalue()

    def remo_request(self, endpoint: str, *, credentials: Mapping[str, str] | None = None) -> dict[str, str]:
        """Make a request body to the endpoint of this name: credentials, and the photos as base64 text.

        Raises `OutcomeError` for an unknown name.
        """
        views = _endpoint(endpoint, self._folder).views
        photos = {view.photo_field: pybase64.b64encode(self.remo_photo(view.name)).decode() for view in views}
        return dict(credentials or self.remo_credentials()) | photos

    def remo_success(self, endpoint: str, *, profile: str | None = None, **metrics: float) -> dict[str, Json]:
        """Make the body of a success: drawn photos, coordinates, metrics in degrees, and their grades.

        `profile` is normal, caution, danger or example; single metrics are given by name, as in `bar_tilt_m_=6.0`.
        Raises `OutcomeError` for an unknown endpoint, profile or metric, and for a value out of range.
        """
        known = _endpoint(endpoint, self._folder)
        terms = [(name, f"{value}") for name, value in metrics.items()]
        outcome = parse([*terms, *([("profile", profile)] if profile else [])], known, origin="faker")
        photos = {view.name: pybase64.b64encode(self.remo_photo(view.name)).decode() for view in known.views}
        body = success_body(
            known,
            change=-known.price.of(0),
            credit=self.generator.random.randrange(100),
            uuid=self.generator.uuid4(),
            views=[view.photo.fields for view in _analyser(self._folder).examine(known, photos, outcome)],
        )
        return cast(dict[str, Json], orjson.loads(dump(body)))

    def remo_error(
        self, endpoint: str, *, code: int | None = None, error_shape: ErrorShape = "status"
    ) -> dict[str, Json]:
        """Make the body of an error that the endpoint documents: the one of this code, or any.

        `error_shape` chooses the key that carries the code (L01). Raises `OutcomeError` for an unknown name or code.
        """
        known = _endpoint(endpoint, self._folder)
        chosen = self.random_element(tuple(known.codes)) if code is None else code
        if chosen not in known.codes:
            raise OutcomeError(
                f"code={code}", Hint("expected_code", {"endpoint": endpoint, "codes": tuple(known.codes)})
            )
        error = known.codes[chosen]
        balance = 0 if error.condition in _BALANCE_0 else self.generator.random.randrange(100)
        return error_body(error, balance, error_shape)

    @property
    def _folder(self) -> Path | None:
        return chosen_directory(self.contract_dir)


# Faker looks for this name in the modules that `Faker(includes=[...])` lists.
Provider = RemoProvider


@cache
def _contract(folder: Path | None) -> Contract:
    return read_contract(contract_documents(folder))


@cache
def _analyser(folder: Path | None) -> Analyser:
    return make_analyser(Settings(cache_bytes=0, contract_dir=folder), examples_of(_contract(folder), folder))


def _endpoint(name: str, folder: Path | None) -> Endpoint:
    known = _contract(folder).endpoints
    for endpoint in known:
        if endpoint.name == name:
            return endpoint
    raise OutcomeError(f"endpoint={name}", Hint("one_of", {"values": tuple(one.name for one in known)}))


@cache
def _photo(view: str, folder: Path | None) -> bytes:
    known = {one.name for endpoint in _contract(folder).endpoints for one in endpoint.views}
    if view not in known:
        raise OutcomeError(f"view={view}", Hint("one_of", {"values": tuple(sorted(known))}))
    return good_photo(view)
