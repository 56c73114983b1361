"""Writes cards.html: photo cards to show on a screen or print, for a tester who holds a phone with the app.

The app photographs a card, or takes it from the phone's album, and sends it to the mock as any photo: python cards.py
"""

import subprocess
import tempfile
from base64 import b64encode
from pathlib import Path

FIGURE = '<figure><img src="data:image/jpeg;base64,{}" alt=""><figcaption>{}</figcaption></figure>'

with tempfile.TemporaryDirectory() as folder:
    subprocess.run(["remo-mock", "photos", folder], stdout=subprocess.DEVNULL, check=True)
    cards = [path for path in sorted(Path(folder).glob("*.jpg")) if path.stem[-3:].isdigit()]
    figures = [FIGURE.format(b64encode(card.read_bytes()).decode(), card.stem) for card in cards]
style = "<style>figure { display: inline-block; margin: 1em } img { height: 90vmin }</style>"
page = f'<!doctype html><meta charset="utf-8"><title>Photo cards</title>{style}{"".join(figures)}'
Path("cards.html").write_text(page, encoding="utf-8")
print(f"cards.html: {len(cards)} cards, {', '.join(card.stem for card in cards)}")
