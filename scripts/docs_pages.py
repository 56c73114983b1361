"""Tells MkDocs which files are pages: those of the checkout, where they lie, so that links work there as here."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("*.md", "docs/*", "benchmarks/*.md", "benchmarks/*.svg", "examples/**/*")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Return the pages and their pictures by their paths in the checkout, and the theme's files as they are."""
    ours = sorted(
        {path.relative_to(ROOT).as_posix() for pattern in PAGES for path in ROOT.glob(pattern) if path.is_file()}
    )
    theme = [file for file in files if file.abs_src_path is None or not Path(file.abs_src_path).is_relative_to(ROOT)]
    return Files([*theme, *(File(path, str(ROOT), config.site_dir, False) for path in ours)])
