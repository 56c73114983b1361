"""What the results of a recorded success must have in common with ours: grades, coordinates, images, prices."""

import json
from collections.abc import Iterator

from remo_mock.cassettes.drift_asking import photo_shapes
from remo_mock.cassettes.drift_pairs import Difference, Finding, Pair, Reading
from remo_mock.cassettes.exact_json import Number
from remo_mock.cassettes.files import is_image
from remo_mock.cassettes.request_shape import IMAGE, UUID
from remo_mock.contract import Json, Metric
from remo_mock.photos.joints import JOINTS

# What rounding to the printed decimals may hide, in degrees (L21).
_ROUNDING = 0.0005
_DECIMALS = 3
# With fewer numbers it may be chance that none of them needs the last decimal.
_ENOUGH = 4
_PREFIX = "data:image/jpeg;base64,"


def bands(pair: Pair) -> Iterator[Finding]:
    """Compare each recorded grade with the one that our bands give for the recorded value (L11, L21)."""
    for metric in pair.recorded.endpoint.metrics:
        value, grade = pair.real.get(metric.value_field), pair.real.get(metric.grade_field)
        if not isinstance(value, int | float) or isinstance(value, bool) or not isinstance(grade, int):
            continue
        ours = _graded(metric, value)
        if grade == ours:
            continue
        if grade in (_graded(metric, value - _ROUNDING), _graded(metric, value + _ROUNDING)):
            yield Reading("L21", "a grade beside a bound, as before rounding")
        else:
            told = f"{metric.value_field} {_written(value)}"
            yield Difference(f"{told}: grade {grade}", f"{told}: grade {ours}")


def decimals(pair: Pair) -> Iterator[Finding]:
    """Compare with how many decimals the angles are written."""
    values = [pair.real.get(metric.value_field) for metric in pair.recorded.endpoint.metrics]
    written = [value for value in values if isinstance(value, Number)]
    most = max((value.decimals for value in written), default=0)
    too_few = len(written) >= _ENOUGH and most < _DECIMALS
    if most > _DECIMALS or too_few:
        longest = max(written, key=lambda value: value.decimals)
        yield Difference(f"up to {most} decimals, such as {longest.text}", f"up to {_DECIMALS} decimals")


def coords(pair: Pair) -> Iterator[Finding]:
    """Compare the coordinates: how many, of what, and whether they lie on the photo."""
    photos = photo_shapes(pair.recorded.endpoint, pair.recorded.shape)
    for view in pair.recorded.endpoint.views:
        if view.coords_field not in pair.real:
            continue
        points = _points(pair.real[view.coords_field])
        if points is None:
            yield Difference(f"{view.coords_field} is no list of pairs", "pairs [x, y]")
            continue
        if len(points) != len(JOINTS):
            yield Difference(f"{view.coords_field} has {len(points)} pairs", f"{len(JOINTS)} pairs")
        if not all(isinstance(number, int) for point in points for number in point):
            yield Difference(f"{view.coords_field} has decimals", "whole pixels")
        size = photos.get(view.name, {})
        width, height = size.get("width"), size.get("height")
        if width and height and not all(0 <= x <= width and 0 <= y <= height for x, y in points):
            yield Difference(f"{view.coords_field} leave the photo of {width} x {height}", "on the photo")


def images(pair: Pair) -> Iterator[Finding]:
    """Compare prefix, format and size of the drawn images; the size is that of the photo (L24)."""
    photos = photo_shapes(pair.recorded.endpoint, pair.recorded.shape)
    for view in pair.recorded.endpoint.views:
        value = pair.real.get(view.image_field)
        if not is_image(value) or value is None:
            if view.image_field in pair.real:
                yield Difference(f"{view.image_field} is no image", "a drawn image")
            continue
        image, photo = value[IMAGE], photos.get(view.name, {})
        if image.get("prefix") != _PREFIX:
            yield Difference(f"{view.image_field} begins with {image.get('prefix')!a}", ascii(_PREFIX))
        if "problem" in image or image.get("format") != "JPEG":
            told = image.get("problem") or f"format {image.get('format')}"
            yield Difference(f"{view.image_field}: {told}", "a JPEG")
        elif "width" in photo and (image["width"], image["height"]) != (photo["width"], photo["height"]):
            yield Difference(
                f"{view.image_field} is {image['width']} x {image['height']}",
                f"{photo['width']} x {photo['height']}, as the photo",
            )


def price(pair: Pair) -> Iterator[Finding]:
    """Compare what a success costs; of a set, each position and the single price are readings (L04, L05)."""
    of = pair.recorded.endpoint.price
    change = pair.real.get("credit_change")
    shape = pair.recorded.shape if isinstance(pair.recorded.shape, dict) else {}
    in_set = bool(of.family) and bool(shape.get(UUID))
    accepted = {-of.of(at) for at in range(of.per_views if in_set else 1)}
    if isinstance(change, bool) or not isinstance(change, int | float) or change not in accepted:
        expected = " or ".join(map(str, sorted(accepted)))
        yield Difference(f"credit_change {_written(change)}", f"credit_change {expected}")
    elif in_set:
        yield Reading("L05", f"credit_change {change} in a set")


def _graded(metric: Metric, value: float) -> int:
    return metric.grade(float(value))


def _points(value: Json) -> list[list[float]] | None:
    try:
        pairs = json.loads(value) if isinstance(value, str) else value
        points = [[x, y] for x, y in pairs]
    except (ValueError, TypeError):
        return None
    numbers = [number for point in points for number in point]
    return points if all(isinstance(number, int | float) for number in numbers) else None


def _written(value: Json) -> str:
    return value.text if isinstance(value, Number) else ascii(value)
