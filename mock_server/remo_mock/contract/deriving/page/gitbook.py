"""Teaches the Markdown parser the blocks of GitBook, such as `{% tab title="200" %}`."""

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

TAG = "gitbook_tag"
"""The type of the token that such a line becomes; its `info` is the tag's name, its `meta` the attributes."""

_TAG = re.compile(r"\{%\s*([\w-]+)\s*(.*?)\s*%\}")
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|([^\s\"']+))")


def with_gitbook(markdown: MarkdownIt) -> MarkdownIt:
    """Add the rule to a parser, and return it."""
    after: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list", "table"]}
    markdown.block.ruler.before("fence", TAG, _rule, after)
    return markdown


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - markdown-it's own form
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].strip()
    if not line.startswith("{%"):
        return False
    tags = list(_TAG.finditer(line))
    if not tags:
        return False
    if silent:
        return True
    state.line = start + 1
    at = 0
    for tag in tags:
        _push(state, start, "", line[at : tag.start()].strip())
        _push(state, start, tag[1], "", attributes(tag[2]))
        at = tag.end()
    _push(state, start, "", line[at:].strip())
    return True


def _push(state: StateBlock, line: int, name: str, text: str, values: Mapping[str, str] | None = None) -> None:
    """Add a token for a tag, or for the text between two tags if there is some."""
    if name or text:
        token = state.push(TAG, "", 0)
        token.info, token.content, token.map = name, text, [line, line + 1]
        token.meta = dict(values or {})


def attributes(text: str) -> Mapping[str, str]:
    """Parse `name="Email" required=true` into names and values."""
    return {
        found[1]: re.sub(r"\\(.)", r"\1", next(value for value in found.groups()[1:] if value is not None))
        for found in _ATTRIBUTE.finditer(text)
    }
