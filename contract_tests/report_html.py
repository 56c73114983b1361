"""The report as one HTML file that needs no other."""

from .session import Session


def as_html(session: Session) -> str:
    """Write the report of a session as HTML."""
    return f"<pre>{session.report}</pre>"
