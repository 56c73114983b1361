"""What stands before a background is told apart from it, cell by cell."""

import numpy as np
import pytest
from PIL import Image

from remo_mock.photos.person.background import background_of
from remo_mock.photos.person.regions import connected_regions

REGIONS = {
    "nothing": ("....", []),
    "everything": ("##\n##", [[(0, (0, 2)), (1, (0, 2))]]),
    "side by side": ("#.#", [[(0, (0, 1))], [(0, (2, 3))]]),
    "corner to corner, to the right": ("#..\n.#.", [[(0, (0, 1)), (1, (1, 2))]]),
    "corner to corner, to the left": ("..#\n.#.", [[(0, (2, 3)), (1, (1, 2))]]),
    "a column between": ("#..\n..#", [[(0, (0, 1))], [(1, (2, 3))]]),
    "a row between": ("###\n...\n###", [[(0, (0, 3))], [(2, (0, 3))]]),
    "the end of a row and the begin of the next": ("..#\n#..", [[(0, (2, 3))], [(1, (0, 1))]]),
    "joined below": ("#.#\n###", [[(0, (0, 1)), (0, (2, 3)), (1, (0, 3))]]),
    "joined by a later one": (
        "#.#.#\n###.#\n..###",
        [[(0, (0, 1)), (0, (2, 3)), (0, (4, 5)), (1, (0, 3)), (1, (4, 5)), (2, (2, 5))]],
    ),
}


@pytest.mark.parametrize("name", REGIONS)
def test_runs_that_touch_are_one_region(name: str) -> None:
    picture, regions = REGIONS[name]
    mask = np.array([[cell == "#" for cell in row] for row in picture.split("\n")])
    assert connected_regions(mask) == regions


def test_the_background_of_a_wall_lit_from_above_and_aside_is_that_wall() -> None:
    rows, columns = np.arange(60)[:, None], np.arange(40)
    wall = np.stack([40 + rows + columns, 200 - rows - columns, np.full((60, 40), 90)], axis=2).astype(np.uint8)
    found = background_of(Image.fromarray(wall)).transpose(1, 2, 0)
    assert np.abs(found - wall).max() <= 2


def test_a_thing_that_reaches_the_border_is_no_background() -> None:
    picture = np.full((60, 40, 3), (200, 190, 180), np.uint8)
    picture[20:, 15:25] = (30, 40, 50)
    found = background_of(Image.fromarray(picture))
    assert found[:, 59, 20].tolist() == [200, 190, 180]
