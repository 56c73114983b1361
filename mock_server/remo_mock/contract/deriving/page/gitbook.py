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
    for tag in tags:
        token = state.push(TAG, "", 0)
        token.info, token.meta = tag[1], dict(attributes(tag[2]))
        token.map = [start, start + 1]
    rest = _TAG.sub(" ", line).strip()
    if rest:
        token = state.push(TAG, "", 0)
        token.info, token.content, token.map = "", rest, [start, start + 1]
    return True


def attributes(text: str) -> Mapping[str, str]:
    """Parse `name="Email" required=true` into names and values."""
    return {
        found[1]: re.sub(r"\\(.)", r"\1", next(value for value in found.groups()[1:] if value is not None))
        for found in _ATTRIBUTE.finditer(text)
    }
