"""`@remo_mock`: runs functions, generators, coroutines and test classes with a fresh mock."""

import inspect
from collections.abc import Callable
from contextlib import aclosing
from functools import partial, wraps
from typing import Any, TypeVar, cast, overload
from unittest import TestCase

from remo_mock.settings import Settings
from remo_mock.testing.remo_mock import RemoMock

T = TypeVar("T", bound=Callable[..., Any])

_PARAMETER = "remo"


@overload
def remo_mock(decorated: T) -> T:
    """Decorate by `@remo_mock`, without brackets: a fresh mock with the settings' defaults for each call."""


@overload
def remo_mock(*, settings: Settings | None = None) -> Callable[[T], T]:
    """Decorate by `@remo_mock(settings=Settings(...))`: a fresh mock with these settings for each call."""


def remo_mock(decorated: T | None = None, *, settings: Settings | None = None) -> T | Callable[[T], T]:
    """Run each call of a function inside a fresh `RemoMock(settings)`; the function may be `async` or a generator.

    A parameter named `remo` receives the mock, and the decorated function no longer has it:

        @remo_mock
        def test_an_empty_photo_is_said(remo):
            ann = remo.account(credit=3)
            remo.next(code=518)
            with pytest.raises(ValueError, match="no person"):
                tilt(photo, ann.fields)  # your client, which posts by `requests` to the vendor's URL
            assert remo.credits_spent == 0

    Of a class, each method whose name begins with `test` is decorated; of a `unittest.TestCase` each test with its
    `setUp` and `tearDown`, and the mock is `self.remo`. Settings go in by name: `@remo_mock(settings=Settings(...))`.
    Returns what was decorated, of the same kind. A call raises `ContractError` or `StoreError` if the mock cannot
    start, and whatever the function raises; `help(RemoMock)` describes the mock.
    """
    decorate = partial(_decorate, make=partial(RemoMock, settings))
    return decorate if decorated is None else decorate(decorated)


def _decorate(decorated: T, *, make: Callable[[], RemoMock]) -> T:
    if not isinstance(decorated, type):
        return cast(T, _wrap(decorated, make))
    if issubclass(decorated, TestCase):
        decorated.run = _with_attribute(decorated.run, make)  # type: ignore[method-assign]
    else:
        for name, member in list(vars(decorated).items()):
            if not name.startswith("test"):
                continue
            if isinstance(member, staticmethod | classmethod):
                setattr(decorated, name, type(member)(_wrap(member.__func__, make)))
            elif callable(member):
                setattr(decorated, name, _wrap(member, make))
    return decorated


def _with_attribute(run: Callable[..., Any], make: Callable[[], RemoMock]) -> Callable[..., Any]:
    @wraps(run)
    def run_with_mock(self: Any, *arguments: Any, **named: Any) -> Any:
        with make() as self.remo:
            return run(self, *arguments, **named)

    return run_with_mock


def _wrap(function: Callable[..., Any], make: Callable[[], RemoMock]) -> Callable[..., Any]:
    signature = inspect.signature(function)
    takes_mock = _PARAMETER in signature.parameters

    def named(mock: RemoMock, given: dict[str, Any]) -> dict[str, Any]:
        return given | {_PARAMETER: mock} if takes_mock else given

    if inspect.iscoroutinefunction(function):

        @wraps(function)
        async def wrapper(*arguments: Any, **given: Any) -> Any:
            with make() as mock:
                return await function(*arguments, **named(mock, given))

    elif inspect.isasyncgenfunction(function):

        @wraps(function)
        async def wrapper(*arguments: Any, **given: Any) -> Any:
            with make() as mock:
                # Closed here if it is left early: its last lines would otherwise run later, and call the real service.
                async with aclosing(function(*arguments, **named(mock, given))) as items:
                    async for item in items:
                        yield item

    elif inspect.isgeneratorfunction(function):

        @wraps(function)
        def wrapper(*arguments: Any, **given: Any) -> Any:
            with make() as mock:
                return (yield from function(*arguments, **named(mock, given)))

    else:

        @wraps(function)
        def wrapper(*arguments: Any, **given: Any) -> Any:
            with make() as mock:
                return function(*arguments, **named(mock, given))

    # Runners such as pytest supply the parameters that they see; this one is supplied here.
    others = [one for name, one in signature.parameters.items() if name != _PARAMETER]
    wrapper.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
    return wrapper
