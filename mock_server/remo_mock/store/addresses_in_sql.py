"""Compares addresses alike in every kind of database: by code points, and without regard to the case of ASCII."""

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class by_code_points(GenericFunction[str]):  # noqa: N801 - named as functions of SQL are
    """A text that sorts by its code points, whatever the locale of a database server is."""

    type = String()
    inherit_cache = True


class ascii_lower(GenericFunction[str]):  # noqa: N801
    """A text with its ASCII letters in lower case, and all others as they are."""

    type = String()
    inherit_cache = True


@compiles(by_code_points)
def _plain(element: ColumnElement[str], compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(by_code_points, "postgresql")
def _collated(element: ColumnElement[str], compiler: SQLCompiler, **options: Any) -> str:
    return f'{_plain(element, compiler, **options)} COLLATE "C"'


@compiles(ascii_lower)
def _lower(element: ColumnElement[str], compiler: SQLCompiler, **options: Any) -> str:
    return f"lower({_plain(element, compiler, **options)})"


@compiles(ascii_lower, "postgresql")
def _lower_collated(element: ColumnElement[str], compiler: SQLCompiler, **options: Any) -> str:
    return f"lower({_collated(element, compiler, **options)})"


def lower_ascii(text: str) -> str:
    """Return a text as `ascii_lower` does."""
    return text.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")
