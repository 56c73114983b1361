"""Names the exchanges that checks look at; knows no promise."""

from .exchange import Exchange
from .findings import Selector


def _is(kind: str) -> Selector:
    return Selector(f"a reply that is {'a success' if kind == 'success' else 'an error'}", lambda one: one.kind == kind)


ATTEMPTED = Selector("a request", lambda _one: True)
ANSWERED = Selector("a reply", lambda one: one.reply is not None)
POSTED = Selector("a reply to a POST", lambda one: one.reply is not None and one.request.method == "POST")
READ = Selector("a reply that can be read", lambda one: one.kind in ("success", "error", "unreadable"))
PARSED = Selector("a reply in JSON", lambda one: one.reply is not None and one.body.readable)
SUCCESS = _is("success")
ERROR = _is("error")
# An image has to be compared with the photo that was sent: recorded replies may lack it.
SUCCESS_WITH_PHOTO = Selector(
    "a success whose photos are known", lambda one: one.kind == "success" and bool(one.request.photos)
)
