"""Tells requests of foreign web pages from those of programs and of our own pages, by the headers of browsers."""

from flask import request

from remo_mock.addresses import is_loopback, is_of_a_foreign_page, names_this_machine


def has_foreign_host(listening_on: str) -> bool:
    """Tell whether a request to a loopback address names another host: a page's own name may resolve to it.

    `listening_on` is the address at which the server listens.
    """
    return is_loopback(listening_on) and not names_this_machine(request.host)


def is_from_a_foreign_page() -> bool:
    """Tell whether another site's page sends the request: any may post to any address without reading the reply."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    return is_of_a_foreign_page(site=site, origin=origin, host=request.host)
