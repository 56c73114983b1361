"""Reads the query of an /__admin URL so that nothing in it passes unheard; knows no route."""

from flask import Response, request

from remo_mock.web.problems import problem


def query_fields(*known: str) -> dict[str, str] | Response:
    """Return the fields of the query, or the error for one that is unknown, empty or there twice."""
    fields = request.args.to_dict(flat=False)
    for name, values in fields.items():
        if name not in known or len(values) > 1 or not values[0]:
            told = f"{name}={','.join(values)} cannot be asked for; known: {', '.join(known) or 'nothing'}, each once."
            return problem(400, "Not in this query", told)
    return {name: values[0] for name, values in fields.items()}
