"""Owns what a photo card shows behind its badge, made out of the good photos; knows no mark and no contract."""

from collections.abc import Mapping

from PIL import Image, ImageChops, ImageDraw

Point = tuple[int, int]
Photos = Mapping[str, Image.Image]
"""View to its good photo: RGB, a person on a plain backdrop."""

# Beyond the ten degrees that the vendor's front photos may be tilted by, and seen as such at first sight.
_TILT = 14
# By how much the arms of an A-pose turn in, until they hang down.
_HANG = 20
# The joints (contract, section 2) of the arms: shoulder, wrist, and the hip beside it.
_ARMS = ((2, 4, 8), (5, 7, 11))


def scene(verdict: str, *, view: str, photos: Photos, front_joints: tuple[Point, ...]) -> Image.Image:
    """Return a picture that shows what `verdict` means: an empty room, a wrong side, a tilted camera, hanging arms.

    `front_joints` are the 22 joints of the front photo in its pixels. A verdict of which nothing can be seen shows
    the good photo.
    """
    photo = photos[view]
    if verdict == "no_person":
        return Image.new("RGB", photo.size, _backdrop(photo))
    if verdict == "wrong_angle":
        return next((other for name, other in photos.items() if name != view), photo)
    if verdict == "tilted":
        return photo.rotate(_TILT, Image.Resampling.BICUBIC, fillcolor=_backdrop(photo))
    if verdict == "not_a_pose" and view == "front":
        return _arms_hanging(photo, front_joints)
    return photo


def _backdrop(photo: Image.Image) -> tuple[int, ...]:
    pixel = photo.getpixel((4, 4))
    return pixel if isinstance(pixel, tuple) else (235, 237, 240)


def _arms_hanging(photo: Image.Image, joints: tuple[Point, ...]) -> Image.Image:
    """Cut both arms out and turn them about the shoulders, which on a plain backdrop leaves no trace."""
    empty = Image.new("RGB", photo.size, _backdrop(photo))
    red, green, blue = ImageChops.difference(photo, empty).split()
    apart = ImageChops.lighter(ImageChops.lighter(red, green), blue)  # bright skin is as light as a wall, but less blue
    # What differs by less is the ringing of JPEG around the body.
    figure = apart.point(lambda level: min(255, max(0, level - 20) * 16))
    arms, rest = [], photo.copy()
    for shoulder, wrist, hip in (tuple(joints[index] for index in arm) for arm in _ARMS):
        cut = Image.new("L", photo.size)
        ImageDraw.Draw(cut).polygon(_outline(shoulder, wrist, hip, photo.size), fill=255)
        stays = cut.copy()
        length = wrist[1] - shoulder[1]
        # The round of the shoulder, which an arm that turns in would leave open.
        round_of_it = (shoulder[0], shoulder[1] - round(0.06 * length))
        ImageDraw.Draw(stays).circle(round_of_it, round(0.075 * length), fill=0)
        rest.paste(empty, (0, 0), stays)
        arms.append((shoulder, ImageChops.multiply(cut, figure)))
    for shoulder, mask in arms:
        turn = _HANG if shoulder[0] < photo.width / 2 else -_HANG
        turned = [part.rotate(turn, Image.Resampling.BICUBIC, center=shoulder) for part in (photo, mask)]
        rest.paste(turned[0], (0, 0), turned[1])
    return rest


def _outline(shoulder: Point, wrist: Point, hip: Point, size: tuple[int, int]) -> list[Point]:
    """Return a polygon around one arm: from above the shoulder to below the hand, inward to between hand and hip."""
    length = wrist[1] - shoulder[1]
    out = 1 if wrist[0] > shoulder[0] else -1
    edge = size[0] if out > 0 else 0
    top, bottom = shoulder[1] - round(0.22 * length), wrist[1] + round(0.5 * length)
    return [
        (shoulder[0] - out * round(0.02 * length), top),
        (edge, top),
        (edge, bottom),
        ((wrist[0] + hip[0]) // 2 + out * round(0.12 * length), bottom),
        (shoulder[0] + out * round(0.04 * length), shoulder[1] + round(0.29 * length)),
    ]
