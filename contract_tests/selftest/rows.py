"""Lists every broken server and variation: those of the five pages, and those that a contract folder's data give."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

from . import variations
from .derived.catalogue import derived_rows
from .mutants import catalogue
from .mutation import Mutation, Variation

Row: TypeAlias = Mutation | Variation


@cache
def every_row(contract_dir: Path | None) -> Mapping[str, Row]:
    """Return all rows by name; `contract_dir` is the folder whose further endpoints have some, too (None: none)."""
    more: dict[str, Row] = {}
    for found in derived_rows(contract_dir):
        more |= {row.name: row for row in found.mutants} | {row.name: row for row in found.variations}
    return {**catalogue.BY_NAME, **variations.BY_NAME, **more}
