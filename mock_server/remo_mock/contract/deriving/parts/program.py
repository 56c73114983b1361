"""Describes what a program of a page does, as far as the contract is concerned."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """The URLs to which it posts, the fields that it sends, names that it makes and never uses, uses and never makes.

    `foreign` are the lines, counted from 1, that are of another language.
    """

    posts_to: tuple[str, ...]
    sends: tuple[str, ...]
    unused: tuple[str, ...] = ()
    undefined: tuple[str, ...] = ()
    foreign: tuple[int, ...] = ()
