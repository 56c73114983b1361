"""A client of the REMO posture API: sends a back photo, and tells what is wrong with it in words."""

import base64
import os
from dataclasses import dataclass

import requests

PATH = "/api/analysis-skeleton-v2-back"
WORDS = {421: "our keys are wrong", 422: "no credits left", 518: "nobody is in the photo", 522: "turn your back to us"}


class RefusedError(Exception):
    """The service answered with an error code."""

    def __init__(self, code):
        super().__init__(WORDS.get(code, f"error {code}"))
        self.code = code


class UnknownOutcomeError(Exception):
    """No answer arrived; the photo may have been charged, so that nobody should send it again unseen."""


@dataclass
class Posture:
    """What the service found."""

    tilt: float
    credit: int


class Client:
    """Calls the API with the credentials of the environment, unless others are given."""

    def __init__(self, base=None, **credentials):
        self.base = base or os.environ.get("REMO_API_URL", "https://api.remo.re.kr")
        self.credentials = credentials or {
            "Email": os.environ["REMO_API_EMAIL"],
            "UserKey": os.environ["REMO_API_USER_KEY"],
            "APIKey": os.environ["REMO_API_KEY"],
        }

    def analyse(self, photo):
        """Return the posture on a back photo, given as the bytes of a JPEG."""
        body = {**self.credentials, "borigimg": base64.b64encode(photo).decode()}
        try:
            reply = requests.post(self.base + PATH, json=body, timeout=10)
            return read(reply.json())
        except requests.RequestException as error:
            raise UnknownOutcomeError(str(error)) from error


def read(told):
    """Turn a reply's body into a posture, or raise what it refuses."""
    code = told.get("status") or told.get("status_code")
    if not told["state"]:
        raise RefusedError(code)
    return Posture(tilt=told["bar_tilt_m_"], credit=told["credit"])
