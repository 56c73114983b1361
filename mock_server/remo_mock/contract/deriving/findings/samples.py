"""Finds samples that cannot work as printed, or that do something else than the page."""

from collections.abc import Iterator

from remo_mock.contract.deriving.endpoint.parts import path_of
from remo_mock.contract.deriving.findings.finding import Derived, Finding, Reading


def posts_elsewhere(derived: Derived) -> Iterator[Finding]:
    """Yield samples that post to another path than the page's."""
    address = derived.pages.address
    if address is None:
        return
    for key, page in derived.pages.named():
        for sample in page.samples:
            for url in sample.posts_to:
                if path_of(url).rstrip("/") != address[1].path.rstrip("/"):
                    readings = (
                        Reading(address[0], address[1].source, f"the endpoint is {address[1].path}"),
                        Reading(key, sample.source, f"this {sample.language} sample posts to {url}"),
                    )
                    yield Finding(f"sample-url:{path_of(url)}", "A sample posts to another endpoint", readings)


def undefined(derived: Derived) -> Iterator[Finding]:
    """Yield names that samples use and define nowhere."""
    for key, page in derived.pages.named():
        for sample in page.samples:
            for name in sample.undefined:
                readings = (Reading(key, sample.source, f"this {sample.language} sample uses {name}"),)
                yield Finding(f"undefined:{name}", f"{name} is defined nowhere", readings)


def foreign(derived: Derived) -> Iterator[Finding]:
    """Yield lines of another language in a sample."""
    for key, page in derived.pages.named():
        for sample in page.samples:
            if sample.foreign:
                lines = ", ".join(map(str, sample.foreign))
                readings = (Reading(key, sample.source, f"lines {lines} are no {sample.language}"),)
                yield Finding(
                    f"foreign:{sample.language}", f"A {sample.language} sample with lines of another language", readings
                )


def unused(derived: Derived) -> Iterator[Finding]:
    """Yield what samples make for the request and do not send."""
    for key, page in derived.pages.named():
        for sample in page.samples:
            for name in sample.unused:
                readings = (
                    Reading(key, sample.source, f"this {sample.language} sample makes {name} and does not send it"),
                )
                yield Finding(f"unused:{name}:{sample.language}", f"{name} is made and not sent", readings)


def not_sent(derived: Derived) -> Iterator[Finding]:
    """Yield required fields that a sample does not send."""
    for key, page in derived.pages.named():
        needed = [one for one in page.request if one.required]
        for sample in page.samples:
            for one in needed:
                if sample.sends and one.name not in sample.sends:
                    readings = (
                        Reading(key, one.source, f"{one.name} is required"),
                        Reading(key, sample.source, f"this {sample.language} sample does not send it"),
                    )
                    yield Finding(
                        f"not-sent:{one.name}:{sample.language}", f"A sample does not send {one.name}", readings
                    )
