"""Gives the package its long description, the README without links that lead nowhere elsewhere, and its addresses.

Where the repository is published stands in no file: the variable REMO_MOCK_REPOSITORY says it when a release is built.
"""

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

VARIABLE = "REMO_MOCK_REPOSITORY"

_VENDOR = {
    "API documentation (English)": "https://github.com/newtechremo/RemoAPIDocsEng",
    "API documentation (Korean)": "https://github.com/newtechremo/RemoAPIDocs",
}
_FENCE = re.compile(r"^```.*?^```\n?", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]\[]*)\]\((?!\w+:)(?P<target>[^()\s]*)\)")


class Metadata(MetadataHookInterface):
    """The hook that hatchling calls, as pyproject.toml says."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add what pyproject.toml calls dynamic."""
        repository = os.environ.get(VARIABLE, "").strip().rstrip("/")
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": long_description(readme, repository)}
        metadata["urls"] = urls(repository)


def urls(repository: str) -> dict[str, str]:
    """Return the addresses of the project by their names; without a repository, those of the API alone."""
    if not repository:
        return dict(_VENDOR)
    own = {
        "Source": repository,
        "Issues": f"{repository}/issues",
        "Changelog": f"{repository}/blob/HEAD/CHANGELOG.md",
        "Documentation": f"{repository}/tree/HEAD/docs",
    }
    return own | _VENDOR


def long_description(readme: str, repository: str = "") -> str:
    """Return the README with links to files of the repository made absolute, or without them if it has no address.

    Links within the page become text, since package indexes name headings otherwise; code stays as it is.
    """
    parts, at = [], 0
    for fence in _FENCE.finditer(readme):
        parts += [_with_links(readme[at : fence.start()], repository), fence[0]]
        at = fence.end()
    return "".join([*parts, _with_links(readme[at:], repository)])


def _with_links(text: str, repository: str) -> str:
    def link(found: re.Match[str]) -> str:
        image, shown, target = found["image"], found["text"], found["target"]
        if repository and not target.startswith("#"):
            return f"{image}[{shown}]({repository}/{'raw' if image else 'blob'}/HEAD/{target})"
        return "" if image else shown

    kept = [line for line in text.splitlines(keepends=True) if repository or not _is_links_alone(line)]
    return _LINK.sub(link, "".join(kept))


def _is_links_alone(line: str) -> bool:
    """Tell whether a line has links to files and nothing to read beside them, such as those to translations."""
    return bool(_LINK.search(line)) and not re.search(r"\w", _LINK.sub("", line))
