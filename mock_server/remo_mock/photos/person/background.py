"""Estimates the background of a picture from its border: one colour, a gradient, a vignette, a wall and its floor."""

from PIL import Image, ImageChops

WINDOW = 10
"""Samples on each side over which the edge of the background is smoothed."""


def background_of(small: Image.Image) -> Image.Image:
    """Return the background of a small RGB picture: a Coons patch between its smoothed edges.

    Exact for any sum of a profile by row and a profile by column.
    """
    size = width, height = small.size
    depth = max(1, min(size) // 40)
    top = _edge(small.crop((0, 0, width, depth)).resize((width, 1), Image.Resampling.BOX))
    bottom = _edge(small.crop((0, height - depth, width, height)).resize((width, 1), Image.Resampling.BOX))
    left = _edge(small.crop((0, 0, depth, height)).resize((1, height), Image.Resampling.BOX))
    right = _edge(small.crop((width - depth, 0, width, height)).resize((1, height), Image.Resampling.BOX))
    down = Image.linear_gradient("L").resize(size, Image.Resampling.BILINEAR)
    across = Image.linear_gradient("L").transpose(Image.Transpose.TRANSPOSE).resize(size, Image.Resampling.BILINEAR)

    def stretched(edge: Image.Image) -> Image.Image:
        return edge.resize(size, Image.Resampling.NEAREST)

    def corner(row: Image.Image, column: Image.Image, x: int, y: int) -> Image.Image:
        pairs = zip(_colour(row, (x, 0)), _colour(column, (0, y)), strict=True)
        return Image.new("RGB", size, tuple((a + b) // 2 for a, b in pairs))

    sides = Image.composite(stretched(right), stretched(left), across)
    ends = Image.composite(stretched(bottom), stretched(top), down)
    upper = Image.composite(corner(top, right, width - 1, 0), corner(top, left, 0, 0), across)
    lower = Image.composite(corner(bottom, right, width - 1, height - 1), corner(bottom, left, 0, height - 1), across)
    corners = Image.composite(lower, upper, down)
    return ImageChops.add(sides, ImageChops.subtract(ends, corners, offset=128), offset=-128)


def _colour(image: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    colour = image.getpixel(place)
    return colour if isinstance(colour, tuple) else ()


def _edge(strip: Image.Image) -> Image.Image:
    """Smooth a strip one pixel thick by a running median, so that what covers less than a third of it disappears.

    Steps, as between a wall and its floor, stay steps. Colours are ordered by brightness.
    """
    pixels = strip.tobytes()
    keys = [77 * pixels[at] + 150 * pixels[at + 1] + 29 * pixels[at + 2] << 24 for at in range(0, len(pixels), 3)]
    colours = [key | int.from_bytes(pixels[3 * at : 3 * at + 3], "big") for at, key in enumerate(keys)]
    count = len(colours)
    stride = max(1, count // (3 * WINDOW))
    smooth = []
    for place in range(count):
        # Windows shrink towards the ends, which preserves slopes there.
        reach = min(place, count - 1 - place, count // 3) // stride
        window = sorted(colours[place - reach * stride : place + reach * stride + 1 : stride])
        smooth.append((window[reach] & 0xFFFFFF).to_bytes(3, "big"))
    return Image.frombytes("RGB", strip.size, b"".join(smooth))
