"""Checks the options of a run, the same on both command lines, and turns them into a target."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from remo_mock.contract import Endpoint
from remo_mock.contract.packaged import chosen_directory

from ..model.credentials import DEMO, ENVIRONMENT, Credentials, from_environment
from ..model.photos import Photo, read_photos
from ..plan.curl_line import URL_VARIABLE
from .client import is_loopback
from .safety import check_target
from .verification import Target

# Nobody pays the credits of a mock of our own.
OWN_BUDGET = 500
_LONGEST_TIMEOUT = 3600


class UsageError(Exception):
    """An option has a value that makes no sense; the text says what to give instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of a user, as given."""

    url: str | None = None
    budget: int | None = None
    live: bool = False
    allow_http: bool = False
    photos: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    xfails: str | None = None
    strict: bool = False
    http_status: str | None = None
    timeout: float = 60.0
    endpoints: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    @property
    def foreign_url(self) -> str | None:
        """The URL given as an option or in the environment; None if a mock of our own is to be started."""
        return self.url or self.environment.get(URL_VARIABLE) or None

    @property
    def contract_dir(self) -> Path | None:
        """The folder of the contract to judge by, as the environment names it; None for the packaged one."""
        return chosen_directory(environment=self.environment)


def check_options(options: Options, known: Iterable[Endpoint]) -> None:
    """Check the options that need no target. Raises `UsageError`."""
    if options.url is not None and not options.url.strip():
        raise UsageError("The URL is empty. Give one, or leave it out to judge a mock of our own")
    if options.budget is not None and options.budget < 0:
        raise UsageError("The budget is negative. Give --budget 0 or more credits")
    if not 0 < options.timeout <= _LONGEST_TIMEOUT:
        raise UsageError(f"--timeout {options.timeout:g}: give seconds, more than 0 and at most {_LONGEST_TIMEOUT}")
    endpoints_of(options, known)


def target_of(options: Options, known: Iterable[Endpoint]) -> Target:
    """Return the target of a foreign URL. Raises `UsageError`, `UnsafeError`."""
    known = tuple(known)
    url = options.foreign_url or ""
    credentials = from_environment(options.environment)
    check_target(
        url,
        live=options.live,
        allow_http=options.allow_http,
        budget=options.budget or 0,
        has_credentials=credentials is not None,
        paths=[endpoint.path for endpoint in known],
    )
    return Target(
        url=url,
        credentials=credentials or _demo_account(options, url),
        photos=photos_of(options, known),
        budget=options.budget or 0,
        http_status=options.http_status,
        timeout=options.timeout,
        endpoints=endpoints_of(options, known),
        contract_dir=options.contract_dir,
        strict=options.strict,
    )


def _demo_account(options: Options, url: str) -> Credentials:
    """Return the demo account, for a mock on this machine. Raises `UsageError` if only some credentials are set."""
    missing = [name for name in ENVIRONMENT.values() if not options.environment.get(name)]
    if len(missing) < len(ENVIRONMENT) or not is_loopback(url):
        raise UsageError(f"set {', '.join(missing)} too: the credentials are incomplete")
    return DEMO


def photos_of(options: Options, known: Iterable[Endpoint]) -> dict[str, Photo] | None:
    """Read the photos given as VIEW=FILE; None if there are none. Raises `UsageError`."""
    if not options.photos:
        return None
    views = {view.name for endpoint in known for view in endpoint.views}
    files: dict[str, Path] = {}
    for given in options.photos:
        view, _, name = given.partition("=")
        if view not in views or not name:
            raise UsageError(f"--photo {given}: expected VIEW=FILE, where VIEW is {', '.join(sorted(views))}")
        files[view] = Path(name)
    try:
        return read_photos(files)
    except OSError as error:
        raise UsageError(f"--photo: {error.filename}: {error.strerror}; name a photo") from error


def endpoints_of(options: Options, known: Iterable[Endpoint]) -> tuple[str, ...]:
    """Return the names of endpoints that were given. Raises `UsageError` for an unknown one."""
    names = [endpoint.name for endpoint in known]
    for name in options.endpoints:
        if name not in names:
            raise UsageError(f"--endpoint {name}: known are {', '.join(names)}")
    return options.endpoints
