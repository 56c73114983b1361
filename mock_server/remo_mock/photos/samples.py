"""Recognises the sample photos of drawn people by how they look from afar, and knows the degrees that they show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from PIL import Image

from remo_mock.contract import Json
from remo_mock.hints.hint import Hint
from remo_mock.photos.joints import JOINTS, Skeleton
from remo_mock.photos.person.figure import Figure

# A photo is picked in fine steps, which costs the same at any size, and averaged in coarse ones.
_FINE, _COARSE = (96, 144), (12, 18)
_SHAPE = 2 / 3
# Mean difference of a colour, 0 to 255, up to which a photo is the sample: scaled and compressed anew, or with a
# skeleton drawn on it, one differs by up to 1.4; the figure of the good photos, in other clothes, by 2.3 and more.
_ALIKE = 1.7


@dataclass(frozen=True, slots=True)
class SamplePhoto:
    """A drawn person seen from `view`: the word for the posture, and the degrees of each measure.

    `joints` are in pixels of a picture `width` pixels wide; `glance` is how the picture looks from afar.
    """

    name: str
    view: str
    posture: str
    degrees: Mapping[str, float]
    joints: Skeleton
    width: int
    facing: int
    glance: bytes = field(repr=False)

    @property
    def reason(self) -> Hint:
        """Why a photo has its degrees, as a hint says it."""
        return Hint("sample_photo", {"name": self.name, "posture": self.posture})

    def figure(self, size: tuple[int, int]) -> Figure:
        """Return where the person is in a copy of the photo that has this size."""
        scale = size[0] / self.width
        places = zip(JOINTS, self.joints, strict=True)
        return Figure({name: (x * scale, y * scale) for name, (x, y) in places}, self.facing)


def read_samples(table: Json) -> tuple[SamplePhoto, ...]:
    """Make the samples out of the parsed `fixtures/photos/postures.json`. Raises `KeyError`, `ValueError`.

    Those from the side are there mirrored, too: the degrees of that view are the same from the right and the left.
    """
    found: list[SamplePhoto] = []
    for name, row in table.items():
        joints = tuple((x, y) for x, y in row["joints"])
        seen = bytes.fromhex(row["glance"])
        sample = SamplePhoto(name, row["view"], row["posture"], row["degrees"], joints, row["width"], 1, seen)
        found.append(sample)
        if sample.view == "side":
            other_way = tuple((sample.width - 1 - x, y) for x, y in joints)
            found.append(replace(sample, joints=other_way, facing=-1, glance=_mirrored(seen)))
    return tuple(found)


def recognised(image: Image.Image, samples: Iterable[SamplePhoto], *, view: str) -> SamplePhoto | None:
    """Return the sample of a view that an upright RGB photo is, at any size and compression, or None."""
    if abs(image.width - _SHAPE * image.height) > 2 + 0.005 * image.height:
        return None
    seen = glance(image)
    distances = [(_distance(seen, sample.glance), sample) for sample in samples if sample.view == view]
    nearest = min(distances, key=lambda found: found[0], default=None)
    return nearest[1] if nearest is not None and nearest[0] <= _ALIKE else None


def glance(image: Image.Image) -> bytes:
    """Return how an RGB picture looks from afar: the colours of 12 x 18 fields."""
    return image.resize(_FINE, Image.Resampling.NEAREST).resize(_COARSE, Image.Resampling.BOX).tobytes()


def _distance(one: bytes, other: bytes) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def _mirrored(seen: bytes) -> bytes:
    picture = Image.frombytes("RGB", _COARSE, seen)
    return picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).tobytes()
