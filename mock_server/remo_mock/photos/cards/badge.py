"""Draws the badge of a photo card, a QR code with a caption, on a picture."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from remo_mock.photos.cards.payload import Card, to_text

INK = (17, 28, 44)
PAPER = (255, 255, 255)
# Without colour, which would cost a JPEG an eighth of its bytes.
_PRINT = (25, 25, 25)

# The width of the badge and that of the paper with its code as shares of the picture's shorter side, and the margin
# below it as a share of the height: an app may crop a twentieth on every side.
_WIDTH, _PAPER, _FOOT = 0.86, 0.49, 0.06
# The light margin that a reader needs on every side of a code (ISO/IEC 18004), in modules.
_QUIET = 4
_SMALLEST_MODULE = 4
# The blur of the modules' edges, in modules: sharp ones would cost a JPEG a sixth of its bytes, and help no reader.
_SOFT = 0.12
_LARGEST_RATIO = 2.5
# Lengths as shares of the badge's height: its round corners, the margin of the text, the height of its lines.
_RADIUS, _MARGIN, _TITLE, _LINE = 0.035, 0.09, 0.075, 0.15


def write_card(image: Image.Image, *, verdict: str, view: str | None, caption: str) -> Image.Image:
    """Return an RGB copy of a picture with a badge at its foot: the QR code that says the card, and a caption.

    A `caption` with a colon is set as a title and lines: `REMO test card: back, no person, 518`. Raises `ValueError`
    for an unknown verdict or view, and for a picture too small or too long for a code that survives compression.
    """
    modules = _modules(to_text(Card(verdict, view)))
    paper = round(min(image.size) * _PAPER)
    module = paper // modules.width
    if module < _SMALLEST_MODULE or max(image.size) > _LARGEST_RATIO * min(image.size):
        least = round(_SMALLEST_MODULE * modules.width / _PAPER) + 1
        raise ValueError(
            f"a picture of {image.width}x{image.height} has no room for a card; give one of {least} pixels or more "
            f"on its shorter side, and not more than {_LARGEST_RATIO} times as many on the other"
        )
    card = image.convert("RGB")
    code = modules.resize((modules.width * module, modules.height * module), Image.Resampling.NEAREST)
    code = code.filter(ImageFilter.GaussianBlur(_SOFT * module))
    badge = _draw_badge(code, caption, size=(round(min(image.size) * _WIDTH), paper))
    left = (card.width - badge.width) // 2
    top = card.height - round(_FOOT * card.height) - badge.height
    _paste_badge(card, badge, left, top)
    return card


def _modules(text: str) -> Image.Image:
    """Return the QR code of a text with its margin: a grey picture, one pixel for each module."""
    import segno  # slow to import, and who reads cards does not need it

    # The level that a third of the code may be damaged at: glare on a screen, a fold in a print.
    code = segno.make_qr(text, error="h", boost_error=False)
    rows = [bytes(module and 255 for module in row) for row in code.matrix]
    dark = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    framed = Image.new("L", (dark.width + 2 * _QUIET, dark.height + 2 * _QUIET))
    framed.paste(dark, (_QUIET, _QUIET))
    return framed


def _draw_badge(code: Image.Image, caption: str, *, size: tuple[int, int]) -> Image.Image:
    """Return the code on paper, and to the right of it the caption on ink."""
    badge = Image.new("RGB", size, INK)
    tall = badge.height
    badge.paste(PAPER, (0, 0, tall, tall))
    badge.paste(_PRINT, ((tall - code.width) // 2, (tall - code.height) // 2), code)
    draw = ImageDraw.Draw(badge)
    title, colon, text = caption.partition(": ")
    left = tall + round(_MARGIN * tall)
    room = badge.width - left - round(_MARGIN * tall)
    lines = text.split(", ") if colon else [title]
    if colon:
        _write_lines(draw, [title], (left, 1.6 * _MARGIN * tall), width=room, height=_TITLE * tall)
    _write_lines(draw, lines, (left, 0.54 * tall), width=room, height=_LINE * tall)
    return badge


def _write_lines(
    draw: ImageDraw.ImageDraw, lines: Sequence[str], place: tuple[float, float], *, width: float, height: float
) -> None:
    """Write light lines of one size from their left middle at `place`, each at most `height` tall and `width` wide."""
    natural = max(draw.textlength(line, ImageFont.load_default(height)) for line in lines)
    height *= min(1.0, width / natural) if natural else 1.0
    step = 1.35 * height
    for number, line in enumerate(lines):
        at = (place[0], place[1] + (number - (len(lines) - 1) / 2) * step)
        draw.text(at, line, font=ImageFont.load_default(height), fill=PAPER, anchor="lm")


def _paste_badge(card: Image.Image, badge: Image.Image, left: int, top: int) -> None:
    """Paste the badge on the picture, with round corners and a soft shadow."""
    fine, unit = 4, badge.height // 24
    mask = Image.new("L", (badge.width * fine, badge.height * fine))
    radius = _RADIUS * badge.height * fine
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), radius=radius, fill=255)
    mask = mask.reduce(fine)
    margin = 2 * unit
    shadow = Image.new("L", (badge.width + 2 * margin, badge.height + 2 * margin))
    shadow.paste(70, (margin, margin + unit // 3), mask)
    card.paste(INK, (left - margin, top - margin), shadow.filter(ImageFilter.GaussianBlur(0.6 * unit)))
    card.paste(badge, (left, top), mask)
