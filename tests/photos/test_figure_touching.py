"""Of people who touch each other one gets the skeleton, and one person is never parted."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from remo_mock.photos.joints import JOINTS
from remo_mock.photos.person.figure import find_figure
from remo_mock.photos.person.regions import connected_regions
from remo_mock.photos.person.silhouette import Silhouette, silhouette_of
from remo_mock.photos.person.touching import largest_person
from tests.support.figures import VIEWS, cut_out, scene
from tests.support.people_in_rooms import people
from tests.support.rooms import room

TALL = 200


def outline(view: str, *, apart: int | None = None) -> Silhouette:
    """Return the outline of the figure of the fixtures; with `apart`, of two who stand so many cells apart."""
    mask = cut_out(view)
    mask = mask.crop(mask.getbbox())
    mask = mask.resize((round(TALL * mask.width / mask.height), TALL))
    image = Image.new("L", (mask.width + (apart or 0), TALL))
    image.paste(mask, (0, 0))
    if apart is not None:
        image.paste(255, (apart, 0), mask)
    return silhouette_of(connected_regions(np.asarray(image) > 128), scale=(1.0, 1.0))


def breadth(silhouette: Silhouette) -> int:
    rows = [row for row in silhouette.rows if row]
    return max(row[-1][1] for row in rows) - min(row[0][0] for row in rows)


@pytest.mark.parametrize("apart", [70, 85, 100])
def test_people_hand_in_hand_are_parted(apart: int) -> None:
    one, two = outline("front"), outline("front", apart=apart)
    assert breadth(largest_person(two)) < 0.85 * breadth(two)
    assert breadth(largest_person(two)) == pytest.approx(breadth(one), abs=0.2 * TALL)


@pytest.mark.parametrize("view", VIEWS)
def test_one_person_is_not_parted(view: str) -> None:
    assert largest_person(outline(view)) == outline(view)


@pytest.mark.parametrize("view", VIEWS)
def test_nobody_in_any_posture_is_parted(view: str) -> None:
    masks = [np.asarray(mask.reduce(6)) > 128 for _, mask in people(view)]
    outlines = [silhouette_of(connected_regions(mask), scale=(1.0, 1.0)) for mask in masks]
    assert [largest_person(whole) for whole in outlines] == outlines


def test_arms_held_out_are_not_parted_from_their_body() -> None:
    cells = np.zeros((200, 260), np.bool_)
    cells[0:30, 117:143] = cells[30:110, 105:155] = cells[110:200, 108:126] = cells[110:200, 134:152] = True
    cells[36:48, 40:220] = True
    whole = silhouette_of(connected_regions(cells), scale=(1.0, 1.0))
    assert largest_person(whole) == whole


def test_legs_apart_below_an_upper_edge_without_a_head_are_not_parted() -> None:
    cells = np.zeros((150, 200), np.bool_)
    cells[0:70, 60:140] = cells[70:150, 60:85] = cells[70:150, 115:140] = True
    whole = silhouette_of(connected_regions(cells), scale=(1.0, 1.0))
    assert largest_person(whole) == whole


def test_of_two_people_in_a_room_who_touch_one_has_the_skeleton() -> None:
    background = room(3, (800, 600), "door").image
    first = scene("front", background=background, scale=0.45, middle=0.4, centre=0.55)
    both = scene("front", background=first.image, scale=0.45, middle=0.62, centre=0.55)
    figure = find_figure(both.image, view="front")
    assert figure is not None
    found = [figure.landmarks[name] for name in JOINTS]
    assert min(first.worst_error(found), both.worst_error(found)) < 0.1
