"""Names the exchanges that checks look at; knows no promise."""

from .exchange import Exchange
from .findings import Selector


def posted(exchange: Exchange) -> bool:
    """Tell whether the page speaks of this reply at all: it knows no other method than POST."""
    return exchange.reply is not None and exchange.request.method == "POST"


ATTEMPTED = Selector("a request", lambda _one: True)
ANSWERED = Selector("a reply", lambda one: one.reply is not None)
POSTED = Selector("a reply to a POST", posted)
PARSED = Selector("a reply in JSON", lambda one: posted(one) and one.body.readable)
SUCCESS = Selector("a success", lambda one: posted(one) and one.kind == "success")
ERROR = Selector("an error", lambda one: posted(one) and one.kind == "error")
# An image has to be compared with the photo that was sent: recorded replies may lack it.
SUCCESS_WITH_PHOTO = Selector(
    "a success whose photos are known", lambda one: posted(one) and one.kind == "success" and bool(one.request.photos)
)
