"""Decides whether a photo's colour profile goes with its drawn picture."""

from functools import lru_cache
from io import BytesIO

# Of a profile's header (ICC.1, section 7.2): its size, the space of its colours, and its signature.
_SIZE, _SPACE, _SIGNATURE = slice(0, 4), slice(16, 20), slice(36, 40)
_SHORTEST = 128
# Phones and cameras have profiles of some hundred bytes or some kilobytes; those of scanners are larger.
_LONGEST = 500_000


def kept_profile(profile: object, *, mode: str) -> bytes | None:
    """Return the profile of an RGB photo, or None if it is of no use to who looks at the drawn picture.

    `profile` is what the file has in its place, and `mode` the mode that its pixels had. The profile is kept, not
    applied: that costs no time, and colours outside sRGB stay what they are. A broken one is no error.
    """
    if not isinstance(profile, bytes) or not _SHORTEST <= len(profile) <= _LONGEST or mode in ("CMYK", "L", "LA", "1"):
        return None
    claims = profile[_SPACE] == b"RGB " and profile[_SIGNATURE] == b"acsp"
    whole = int.from_bytes(profile[_SIZE], "big") == len(profile)
    return profile if claims and whole and _is_usable(profile) else None


@lru_cache(maxsize=16)
def _is_usable(profile: bytes) -> bool:
    """Try the profile out, since viewers would show a picture with a broken one in other ways than without."""
    from PIL import ImageCms  # few photos need it before the first one with a profile

    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(profile))
        ImageCms.buildTransform(opened, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return False
    return True
