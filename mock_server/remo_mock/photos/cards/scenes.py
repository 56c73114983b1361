"""Makes the pictures behind the badges of photo cards out of the good photos."""

from collections.abc import Mapping

from PIL import Image, ImageChops, ImageDraw

from remo_mock.photos.joints import JOINTS

Point = tuple[int, int]
Photos = Mapping[str, Image.Image]
"""Each view's good photo: RGB, a person before a plain backdrop."""

# Degrees: the vendor allows ten (page A, code 418), and more is plain to see.
_TILT = 14
# Degrees by which the arms of an A-pose turn inward until they hang down.
_HANG = 20
# Of each arm: shoulder, wrist, and the hip beside it.
_ARMS = (("RightShoulder", "RightWrist", "RightASIS"), ("LeftShoulder", "LeftWrist", "LeftASIS"))


def scene_for(verdict: str, *, view: str, photos: Photos, front_joints: tuple[Point, ...]) -> Image.Image:
    """Return a picture that shows what `verdict` means: an empty room, another view, a tilted camera, hanging arms.

    `front_joints` are the 22 joints of the front photo, in its pixels. A verdict that cannot be shown gets the good
    photo.
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
    """Cut out both arms and turn them about the shoulders; a plain backdrop shows no trace of that."""
    empty = Image.new("RGB", photo.size, _backdrop(photo))
    red, green, blue = ImageChops.difference(photo, empty).split()
    # The channel that differs most decides: bright skin is as light as a wall, but less blue. Smaller differences are
    # the ringing of JPEG around the body.
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    figure = strongest.point(lambda level: min(255, max(0, level - 20) * 16))
    arms, rest = [], photo.copy()
    for shoulder, wrist, hip in (tuple(joints[JOINTS.index(name)] for name in arm) for arm in _ARMS):
        cut = Image.new("L", photo.size)
        ImageDraw.Draw(cut).polygon(_outline(shoulder, wrist, hip, photo.size), fill=255)
        stays = cut.copy()
        length = wrist[1] - shoulder[1]
        # Keeps the round of the shoulder, where an arm that turns inward would leave a gap.
        centre = (shoulder[0], shoulder[1] - round(0.06 * length))
        ImageDraw.Draw(stays).circle(centre, round(0.075 * length), fill=0)
        rest.paste(empty, (0, 0), stays)
        arms.append((shoulder, ImageChops.multiply(cut, figure)))
    for shoulder, mask in arms:
        turn = _HANG if shoulder[0] < photo.width / 2 else -_HANG
        turned = [part.rotate(turn, Image.Resampling.BICUBIC, center=shoulder) for part in (photo, mask)]
        rest.paste(turned[0], (0, 0), turned[1])
    return rest


def _outline(shoulder: Point, wrist: Point, hip: Point, size: tuple[int, int]) -> list[Point]:
    """Return a polygon around one arm, from above the shoulder to below the hand, inward to halfway to the hip."""
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
