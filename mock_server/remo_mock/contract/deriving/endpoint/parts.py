"""Makes the small parts of an endpoint's data: address, name, views, samples' other paths, order of the reply."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from remo_mock.contract.deriving.endpoint.conventions import Conventions
from remo_mock.contract.deriving.endpoint.page_set import PageSet
from remo_mock.contract.deriving.endpoint.sources import assumed, sourced
from remo_mock.contract.deriving.problems import Problem
from remo_mock.contract.model import Json


def endpoint_name(path: str) -> str:
    """Return the name of an endpoint, which is that of its folder: the last part of its path."""
    return folder_name(path.rstrip("/").rpartition("/")[2])


def folder_name(text: str) -> str:
    """Return a name for a folder that leads nowhere else, whatever a page says."""
    return re.sub(r"[^\w.-]+", "-", text).strip(".-") or "endpoint"


def head(pages: PageSet) -> Json:
    """Return name, page, path, method, servers and the sources of what has no row of its own."""
    key, address = pages.address or (pages.key, None)
    if address is None:
        return {"name": "", "page": key, "path": "", "method": ""}
    return {
        "name": endpoint_name(address.path),
        "page": ",".join(dict.fromkeys(pages.keys)),
        "path": address.path,
        "method": address.method,
        **({"servers": [{"url": address.server, **sourced(key, "prose", address.source)}]} if address.server else {}),
        **sourced(key, "prose", address.source),
        "sources": dict(_sources(pages)),
    }


def _sources(pages: PageSet) -> Iterator[tuple[str, Json]]:
    rows = {
        "request": next(((key, one.source) for key, one in pages.request()), None),
        "response": next(((key, one.source) for key, one in pages.response()), None),
        "codes": next(((key, one.source) for key, one in pages.codes()), None),
    }
    example = next(((key, one.source) for key, one in pages.examples("error")), None)
    for part, row in rows.items():
        yield part, sourced(row[0], "table", row[1]) if row else assumed("on no page")
    if example is not None:
        yield "error", sourced(example[0], "example", example[1])
    else:
        row = rows["response"]
        yield "error", sourced(row[0], "table", row[1]) if row else assumed("on no page")


def also_at(pages: PageSet) -> list[Json]:
    """Return the other paths to which samples of the pages post."""
    address = pages.address
    rows: dict[str, Json] = {}
    for key, page in pages.named():
        for sample in page.samples:
            for url in sample.posts_to:
                path = path_of(url)
                if address is not None and path != address[1].path and path.startswith("/") and path != "/":
                    rows.setdefault(path, {"path": path, **sourced(key, "example", sample.source)})
    return list(rows.values())


def path_of(url: str) -> str:
    """Return the path of a URL, nothing for one that cannot be read."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def api_name(pages: PageSet) -> Json:
    """Return the `APIName` of the example of a success; the name of the path where no example has one."""
    for key, example in pages.examples("success"):
        sent = example.fields.get("APIName")
        if isinstance(sent, str) and sent:
            return {"sent": sent, "accepted": [sent], **sourced(key, "example", example.source)}
    named = endpoint_name(pages.address[1].path).capitalize() if pages.address else "Endpoint"
    return {"sent": named, "accepted": [named], **assumed("no example has APIName; written like those of the family")}


def views(pages: PageSet, conventions: Conventions, problems: list[Problem]) -> list[Json]:
    """Return a row for each photo of the request: its view, and the fields of image and coordinates in the reply."""
    response = {one.name: (key, one) for key, one in pages.response()}
    rows = []
    for key, photo in pages.request():
        if photo.name in conventions.request_names:
            continue
        view = conventions.view_of_photo(photo.name) or (photo.view if photo.photo else "")
        if not view:
            text = f"request field {photo.name} is no photo of a view that is known"
            problems.append(
                Problem(key, photo.source.line, text, "Give its row of `views`, or name it in `left_out`", photo.name)
            )
            continue
        coords = [one for _key, one in response.values() if conventions.view_of_coords(one.name) == view]
        coords = coords or [one for _key, one in response.values() if one.name.endswith("coords") and one.view == view]
        for what, there in (("image", photo.name in response), ("coordinates", bool(coords))):
            if not there:
                text = f"the response has no {what} for the photo {photo.name}"
                problems.append(Problem(key, photo.source.line, text, "Give its row of `views`", photo.name))
        of_reply = [response[photo.name][1].source] if photo.name in response else []
        rows.append(
            {
                "view": view,
                "photo": photo.name,
                "image": photo.name,
                "coords": coords[0].name if coords else f"{view}_coords",
                **sourced(key, "table", photo.source, *of_reply),
            }
        )
    return rows


def left_out_of_example(pages: PageSet, conventions: Conventions) -> list[Json]:
    """Return the common fields that a table lists and the example of a success does not have."""
    found = next(pages.examples("success"), None)
    if found is None:
        return []
    key, example = found
    errors_only = {"message", "status"}
    listed = {one.name: one.source for _key, one in pages.response() if one.name in conventions.common}
    return [
        {"field": name, **sourced(key, "example", source, example.source)}
        for name, source in listed.items()
        if name not in example.fields and name not in errors_only
    ]


def order_of(pages: PageSet, endpoint: Json) -> Json | None:
    """Return the order of the example's fields, None if it is the usual one or there is no example."""
    found = next(pages.examples("success"), None)
    if found is None:
        return None
    key, example = found
    names = {row[what] for row in endpoint["views"] for what in ("image", "coords")}
    patterns = endpoint["metric_fields"]
    results = {patterns[kind].format(row["name"]) for row in endpoint["metrics"] for kind in ("value", "grade")}
    images = [row["image"] for row in endpoint["views"]]
    common = ["state", "status_code", "APIName", "credit_change", "credit", "uuid"]
    usual = [*common, *images, *sorted((names - set(images)) | results)]
    shown = [name for name in example.fields if name in usual]
    if shown == [name for name in usual if name in example.fields] or not results <= set(shown):
        return None
    return {"fields": shown, **sourced(key, "example", example.source)}
