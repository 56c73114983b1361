"""Reads a Python sample with Python's own parser."""

import ast
import builtins
import re
import warnings

from remo_mock.contract.deriving.parts.program import Program

_URL = re.compile(r"https?://[\w.:-]+(?:/[\w./{}-]*)?")
_POSTS = {"post", "put", "patch", "request", "urlopen", "Request"}


def read_python(text: str) -> Program:
    """Read a sample; lines that are no Python are left out one after the other, and named."""
    lines = text.split("\n")
    foreign: list[int] = []
    while len(foreign) < 20:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a string of the page may hold `\d`
                tree = ast.parse("\n".join(lines))
            return _program(tree, foreign)
        except SyntaxError as error:
            number = min(max(error.lineno or 1, 1), len(lines))
            if not lines[number - 1].strip():
                break
            foreign.append(number)
            lines[number - 1] = ""
        except (ValueError, MemoryError, RecursionError):
            break
    return Program(tuple(dict.fromkeys(_URL.findall(text))), (), foreign=tuple(sorted(foreign)))


def _program(tree: ast.Module, foreign: list[int]) -> Program:
    made: dict[str, int] = {}
    used: dict[str, int] = {}
    urls: list[str] = []
    sends: list[str] = []
    texts: dict[str, str] = {}
    dicts: dict[str, list[str]] = {}
    imported: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.setdefault(name, node.lineno)
            case ast.Name(id=name):
                made.setdefault(name, node.lineno)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                imported.update((one.asname or one.name).partition(".")[0] for one in names)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
                imported.add(name)
            case ast.arg(arg=name):
                imported.add(name)
            case ast.ExceptHandler(name=str(name)):
                imported.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))):
                texts[name] = value
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as value):
                dicts[name] = _keys(value)
            case _:
                pass
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute | ast.Name)
            and _called(node.func) in _POSTS
        ):
            for argument in (*node.args, *(one.value for one in node.keywords)):
                urls += _urls(argument, texts)
                sends += _sent(argument, dicts)
    undefined = [name for name in used if name not in made and name not in imported and not hasattr(builtins, name)]
    unused = [name for name in made if name not in used and made[name] and _worth(tree, name)]
    return Program(
        tuple(dict.fromkeys(urls)), tuple(dict.fromkeys(sends)), tuple(unused), tuple(undefined), tuple(sorted(foreign))
    )


def _called(function: ast.Attribute | ast.Name) -> str:
    return function.attr if isinstance(function, ast.Attribute) else function.id


def _keys(value: ast.Dict) -> list[str]:
    return [key.value for key in value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]


def _urls(argument: ast.expr, texts: dict[str, str]) -> list[str]:
    if isinstance(argument, ast.Name):
        return _URL.findall(texts.get(argument.id, ""))
    return [url for one in ast.walk(argument) if isinstance(one, ast.Constant) for url in _URL.findall(str(one.value))]


def _sent(argument: ast.expr, dicts: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    for one in ast.walk(argument):
        if isinstance(one, ast.Name):
            found += dicts.get(one.id, [])
        elif isinstance(one, ast.Dict):
            found += _keys(one)
    return [name for name in found if name != "Content-Type"]


def _worth(tree: ast.Module, name: str) -> bool:
    """Tell whether a name that is never used is made by a call that makes something to send, such as a uuid."""
    return any(
        isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
        and "uuid" in ast.dump(node.value).lower()
        for node in ast.walk(tree)
    )
