"""Reads what sample code does with the endpoint: where it posts, what it sends, what it uses without a definition."""

import re

from remo_mock.contract.deriving.facts import Sample, Source
from remo_mock.contract.deriving.page.blocks import Code
from remo_mock.contract.deriving.parts.javascript import read_javascript
from remo_mock.contract.deriving.parts.program import Program
from remo_mock.contract.deriving.parts.python_code import read_python

_URL = re.compile(r"https?://[\w.:-]+(?:/[\w./{}-]*)?")
_KEY = re.compile(r"""["']([A-Za-z_]\w*)["']\s*:""")
_READERS = {
    **dict.fromkeys(("python", "py", "python3"), read_python),
    **dict.fromkeys(("javascript", "js", "node", "typescript", "ts", "jsx"), read_javascript),
}
_SHELL = {"bash", "sh", "shell", "curl", "zsh"}


def read_sample(code: Code) -> Sample:
    """Read a block of sample code; of a language that is not known, the URLs and the keys in quotes."""
    language = _language(code)
    reader = _READERS.get(language)
    if reader is not None:
        program = reader(code.text)
    else:
        program = Program(tuple(dict.fromkeys(_URL.findall(code.text))), tuple(dict.fromkeys(_KEY.findall(code.text))))
    return Sample(
        language=language,
        posts_to=program.posts_to,
        sends=program.sends,
        unused=program.unused,
        undefined=program.undefined,
        foreign=tuple(code.place.line + number for number in program.foreign),
        source=Source(code.place.line, code.place.section, code.place.tab or code.title),
    )


def _language(code: Code) -> str:
    named = (code.language or code.place.tab.lower() or code.title.lower()).strip()
    if named in _SHELL or code.text.lstrip().startswith("curl "):
        return "curl"
    if named in {"node.js", "nodejs", "ecmascript"}:
        return "javascript"
    return named
