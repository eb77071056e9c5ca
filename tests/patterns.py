"""Every regular expression of the program, and texts that make one slow, read off its own parse tree.

A pattern is slow where a repeat can give back what it took and try again, or where each place of a text begins a search
that runs far and fails. So each repeat is met with what leads to it, what it repeats many times, and what fails behind it;
and each pattern with its beginnings and the single characters that it knows, again and again.
"""

from __future__ import annotations

import ast
import json
import pkgutil
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

METHODS = frozenset(["match", "fullmatch", "search", "finditer", "findall", "sub", "split"])
PROGRAM = Path(__file__).resolve().parent.parent / "generator"
Node = tuple[Any, Any]
Tree = Sequence[Node]
PARSER: Any = re._parser  # type: ignore[attr-defined]
CONSTANTS: Any = re._constants  # type: ignore[attr-defined]
REPEATS = (CONSTANTS.MAX_REPEAT, CONSTANTS.MIN_REPEAT, CONSTANTS.POSSESSIVE_REPEAT)
LONG = 400
"""Repeats with a smaller bound end by themselves."""
ALPHABET = "aA1 \n-.,'\"_:;()[]<>/=|&#*x’“”é–\t~@$q"
"""Characters of most classes, the likeliest first."""
BAD = '\x00,\n)>"a1 '
"""What may fail behind a repeat, where neither it nor what follows takes that."""


class Pattern(NamedTuple):
    """One expression: the file of the program that compiles it and what the file calls it, if it does."""

    file: str
    name: str
    pattern: str | bytes
    flags: int
    methods: frozenset[str]

    @property
    def at(self) -> str:
        return f"{self.file}:{self.name}"


# --- which there are


def _work() -> None:
    """Import every module, read articles and make pages, so that whatever compiles an expression does."""
    import generator
    from generator.pipeline import generate

    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "briefing"
        for name in ("seeds", "site_src", "templates"):
            shutil.copytree(PROGRAM.parent / name, root / name)
        shutil.copy(PROGRAM.parent / "mkdocs.yml", root)
        generate(root)


def _listen() -> list[tuple[str, int, Any, int]]:
    heard: list[tuple[str, int, Any, int]] = []
    compiled = re._compile  # type: ignore[attr-defined]
    inner = (re.__file__, PARSER.__file__, __file__)

    def listening(pattern: Any, flags: Any) -> Any:
        frame = sys._getframe(1)
        while frame and frame.f_code.co_filename in inner:
            frame = frame.f_back  # type: ignore[assignment]
        path = Path(frame.f_code.co_filename)
        if PROGRAM in path.parents and not isinstance(pattern, re.Pattern):
            heard.append((path.relative_to(PROGRAM).as_posix(), frame.f_lineno, pattern, int(flags)))
        return compiled(pattern, flags)

    re._compile = listening  # type: ignore[attr-defined]
    return heard


def main() -> None:
    """Write the patterns that a run compiles as JSON."""
    heard = _listen()
    _work()
    rows = [(f, n, p.decode("latin-1") if isinstance(p, bytes) else p, isinstance(p, bytes), g) for f, n, p, g in heard]
    print(json.dumps(list(dict.fromkeys(rows))))


def named(rows: Sequence[Sequence[Any]]) -> list[Pattern]:
    """What `main` wrote and what is written out in functions that it did not call, each expression of a file once."""
    made: dict[tuple[str, str | bytes], Pattern] = {}
    for file, written in _written().items():
        for line, function, pattern, flags in written.calls:
            if function != "compile":
                made.setdefault(
                    (file, pattern), Pattern(file, str(line), pattern, flags, frozenset([function]) & METHODS)
                )
    for file, line, text, binary, flags in rows:
        pattern = text.encode("latin-1") if binary else text
        name = _written()[file].names.get(line, str(line))
        made.setdefault((file, pattern), Pattern(file, name, pattern, flags, _methods(file, name)))
    return list(made.values())


class _Written(NamedTuple):
    """What a file says of expressions."""

    names: Mapping[int, str]
    """By line, the name that is assigned there."""
    asked: Mapping[str, frozenset[str]]
    """By name, the attributes that are asked of it."""
    imported: frozenset[tuple[str, str]]
    """Names with the modules that they are imported from."""
    calls: tuple[tuple[int, str, str | bytes, int], ...]
    """Line, function of `re`, expression and flags, where these are written out."""


def _flags(node: ast.Call) -> int:
    given = (ast.unparse(argument) for argument in (*node.args[1:], *(k.value for k in node.keywords)))
    words = next((text for text in given if re.fullmatch(r"re\.[A-Z]+(?: \| re\.[A-Z]+)*", text)), "")
    return sum(int(getattr(re, word.removeprefix("re."))) for word in words.split(" | ") if word)


@cache
def _written() -> dict[str, _Written]:
    """By file of the program."""
    return {path.relative_to(PROGRAM).as_posix(): _read(path) for path in sorted(PROGRAM.rglob("*.py"))}


def _expression(path: Path, node: ast.expr) -> str | bytes:
    """What is written out, or stands under a name of the module; for what is filled in stands a word."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "a-word" for part in node.values)
    if isinstance(node, ast.Name):
        module = ".".join(path.relative_to(PROGRAM.parent).with_suffix("").parts)
        value = getattr(import_module(module), node.id, "")
        return value if isinstance(value, str | bytes) else ""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) else ""


def _read(path: Path) -> _Written:
    names: dict[int, str] = {}
    asked: dict[str, set[str]] = defaultdict(set)
    imported, calls = set(), []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            asked[getattr(node.value, "id", getattr(node.value, "attr", ""))].add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            imported |= {(node.module or "", alias.name) for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            name = getattr(target, "attr", getattr(target, "id", str(node.lineno)))
            names |= dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), name)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if of_re and node.func.attr in METHODS and (expression := _expression(path, node.args[0])):
                calls.append((node.lineno, node.func.attr, expression, _flags(node)))
    return _Written(names, {name: frozenset(found) for name, found in asked.items()}, frozenset(imported), tuple(calls))


def _methods(file: str, name: str) -> frozenset[str]:
    """With which an expression is used; all where no file tells."""
    module = "generator." + file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    asking = (w for other, w in _written().items() if other == file or (module, name) in w.imported)
    return frozenset().union(*(w.asked.get(name, frozenset()) for w in asking)) or METHODS


# --- what is slow


def _holds(item: Node, character: str) -> bool:
    op, value = item
    if op is CONSTANTS.LITERAL:
        return chr(value) == character
    if op is CONSTANTS.NOT_LITERAL:
        return chr(value) != character
    if op is CONSTANTS.ANY:
        return character != "\n"
    if op is CONSTANTS.IN:
        negated = value[0][0] is CONSTANTS.NEGATE
        return negated != any(_member(one, character) for one in value[negated:])
    return False


def _member(one: Node, character: str) -> bool:
    op, value = one
    if op is CONSTANTS.LITERAL:
        return chr(value) == character
    if op is CONSTANTS.RANGE:
        return value[0] <= ord(character) <= value[1]
    shorthand = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[str(value).rsplit("_", 1)[-1]]
    return (re.fullmatch(shorthand, character) is None) == ("_NOT_" in str(value))


def _characters(item: Node) -> str:
    op, value = item
    if op is CONSTANTS.LITERAL:
        return chr(value)
    fitting = "".join(c for c in ALPHABET if _holds(item, c))
    if not fitting and op is CONSTANTS.IN:
        first = value[0][1]
        fitting = chr(first[0] if isinstance(first, tuple) else first) if isinstance(first, int | tuple) else "a"
    return fitting or "a"


def sample(tree: Tree, pick: int) -> str:
    """A text that a tree matches, nearly always; another for another `pick`."""
    return "".join(_sampled(item, pick) for item in tree)


def _sampled(item: Node, pick: int) -> str:
    op, value = item
    if op in (CONSTANTS.LITERAL, CONSTANTS.NOT_LITERAL, CONSTANTS.ANY, CONSTANTS.IN):
        fitting = _characters(item)
        return fitting[pick % len(fitting)]
    if op in REPEATS:
        low, high, body = value
        return sample(body, pick) * max(low, min(1, high))
    if op is CONSTANTS.BRANCH:
        return sample(value[1][pick % len(value[1])], pick)
    if op is CONSTANTS.SUBPATTERN:
        return sample(value[3], pick)
    if op is CONSTANTS.ATOMIC_GROUP:
        return sample(value, pick)
    return ""


def _repeats(tree: Tree, before: str, pick: int) -> Iterator[tuple[str, str, Tree]]:
    """Each repeat without a low bound: what leads to it, a piece that it may take again and again, and what ends it.

    What stands from one repeat to the next is such a piece, too, where the first takes all of it.
    """
    for rank, (op, value) in enumerate(tree):
        if op in REPEATS:
            if value[1] >= LONG:
                yield before, sample(value[2], pick), (*value[2][:1], *tree[rank + 1 : rank + 2])
                for end in range(rank + 1, len(tree)):
                    if tree[end][0] in REPEATS and tree[end][1][1] >= LONG:
                        piece = sample(tree[rank + 1 : end], pick)
                        yield before, piece, tree[end][1][2][:1]
                        yield before, piece + " ", tree[end][1][2][:1]
            yield from _repeats(value[2], before, pick)
        else:
            for inner in _within(op, value):
                yield from _repeats(inner, before, pick)
        before += _sampled((op, value), pick)


def _within(op: Any, value: Any) -> Sequence[Tree]:
    """The trees in an item that is no repeat."""
    if op is CONSTANTS.BRANCH:
        return list(value[1])
    if op is CONSTANTS.SUBPATTERN:
        return [value[3]]
    if op is CONSTANTS.ATOMIC_GROUP:
        return [value]
    if op in (CONSTANTS.ASSERT, CONSTANTS.ASSERT_NOT):
        return [value[1]]
    return ()


def _known(tree: Tree) -> Iterator[Node]:
    """The characters and classes of a tree."""
    for op, value in tree:
        if op in (CONSTANTS.LITERAL, CONSTANTS.NOT_LITERAL, CONSTANTS.IN, CONSTANTS.ANY):
            yield op, value
        for inner in [value[2]] if op in REPEATS else _within(op, value)[:40]:
            yield from _known(inner)


class Slow(NamedTuple):
    """A text to be: something in front, a piece again and again, something behind."""

    before: str
    pump: str
    after: str

    def text(self, size: int) -> str:
        return self.before + self.pump * max(1, size // len(self.pump)) + self.after


GENERIC = (" ", "\n", "1", "a", "Ada ", '"', "“", "(", "-", ", ", "a ", ". ", "a-", "1,", "\n ", "a.", "'", "A")


def attacks(pattern: Pattern, picks: int = 3) -> list[Slow]:
    """Texts on which a pattern may be slow, each once."""
    tree = PARSER.parse(pattern.pattern, pattern.flags)
    made = dict.fromkeys(Slow("", pump, "") for pump in GENERIC)
    singles = {c for item in _known(tree) for c in _characters(item)[:4]}
    made |= dict.fromkeys(Slow("", c, end) for c in sorted(singles) for end in ("", "\x00"))
    for pick in range(picks):
        for before, pump, ending in _repeats(tree, "", pick):
            ends = [bad for bad in BAD if not any(_holds(item, bad) for item in ending)][:2]
            for after in ("", *ends):
                made |= dict.fromkeys((Slow(before, pump or "a", after), Slow("", (before + pump) or "a", after)))
            made[Slow("", before or "a", "\x00")] = None
        whole = sample(tree, pick)
        made |= dict.fromkeys([Slow("", whole, ""), Slow("", whole[:-1] or "a", "\x00")]) if whole else {}
    for one, other in pairwise(sorted(singles)[:12]):
        made[Slow("", one + other, "\x00")] = None
    return list(made)


if __name__ == "__main__":
    main()
