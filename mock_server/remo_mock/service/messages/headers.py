"""Names the headers that only the mock knows, and the one by which a request asks it for an outcome."""

PREFER = "Prefer"
"""Of a request (RFC 7240): asks for an outcome."""

SIGNATURE = "X-Remo-Mock"
"""The version of remo-mock, on every response."""

HINT = "X-Remo-Mock-Hint"
"""Why the mock answers so, in one line."""

ENTRY = "X-Remo-Mock-Request"
"""The number of the exchange in the journal, which has the hint in every language."""

SOURCE = "X-Remo-Mock-Source"
"""Whether a recorded exchange or the mock itself answers, where a cassette is replayed."""

PREFERENCE_APPLIED = "Preference-Applied"
"""The preferences that were followed (RFC 7240)."""

RESPONSE_HEADERS = (SIGNATURE, HINT, ENTRY, SOURCE, PREFERENCE_APPLIED)
"""Every header of ours that a response may carry."""
