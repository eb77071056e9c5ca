"""One direction of imports, MkDocs at the rim, a quick start, and no word of any subject in the program."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"
LAST = (
    "generator.pipeline",
    "generator.fixing",
    "generator.serving",
    "generator.mkdocs_plugin",
    "generator.sites",
    "generator.cli",
)
"""After all stages, in this order."""
FIRST = ("generator.model", "generator.visible", "generator.problems")


def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


MODULES = modules()


def statements(body: list[ast.stmt], *, lazy: bool) -> Iterator[ast.stmt]:
    """Statements that run at import, or, `lazy`, those within functions too; never those for type checkers alone."""
    for statement in body:
        typing_only = isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test)
        if typing_only or (isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and not lazy):
            continue
        yield statement
        for field in ("body", "orelse", "finalbody", "handlers"):
            for inner in getattr(statement, field, []):
                yield from statements([inner] if isinstance(inner, ast.stmt) else inner.body, lazy=lazy)


def imported(name: str, *, lazy: bool = True) -> set[str]:
    """Full names of modules that a module imports."""
    found: set[str] = set()
    for statement in statements(MODULES[name].body, lazy=lazy):
        if isinstance(statement, ast.Import):
            found |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom):
            base = statement.module or ""
            inner = {f"{base}.{alias.name}" for alias in statement.names}
            found |= {i for i in inner if i in MODULES} or {base}
    return found


def test_imports_run_in_one_direction() -> None:
    graph = {name: {i for i in imported(name, lazy=False) if i in MODULES and i != name} for name in MODULES}
    # A package that only re-exports stands for its parts.
    for name, targets in graph.items():
        graph[name] = {t for t in targets if not name.startswith(t + ".")}
    list(TopologicalSorter(graph).static_order())  # raises CycleError


@pytest.mark.parametrize("name", sorted(MODULES))
def test_stages_import_no_later_layer(name: str) -> None:
    ours = {i for i in imported(name) if i in MODULES}
    allowed_last = LAST[: LAST.index(name)] if name in LAST else ()
    assert not (ours & set(LAST)) - set(allowed_last)
    if name in FIRST:
        assert ours <= set(FIRST[: FIRST.index(name)])


def test_only_the_plugin_imports_mkdocs() -> None:
    users = {name for name in MODULES if any(i.split(".")[0] == "mkdocs" for i in imported(name))}
    assert {name for name in users if not name.startswith("generator.site.")} == {
        "generator.mkdocs_plugin",
        "generator.sites",
    }


def test_extract_starts_without_what_it_does_not_need() -> None:
    heavy = ("mkdocs", "pydantic", "trafilatura", "jinja2", "rich", "markdown_it", "lxml")
    code = f"import sys, generator.cli, generator.single; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == "[]"


GENERIC = set(
    """
    a after agency agree all also an and announcement area areas at authorities authority before building by called
    central chair chairman cities city committee company congress construction council counties country county
    court day december deputy development director east economic eighth event events executive facilities factories
    factory february federal first five five-year foreign former friday garments general government head her his in industrial industry
    inspection intelligence it its january joint key leader leaders mayor media meeting minister ministry monday national new news ninth no north
    of office official officials on opening party people plan plants plenary policy premier president programme project province
    public quoted region regional regions report revolution rural second secretary services she signature south south-eastern spokesperson
    spokesman state station sunday tenth the their this those thursday town tuesday union united university upcoming visit visits wednesday week west when
    workers year years
    """.split()
)
"""Words of names that are ordinary English: they say nothing of a subject by themselves."""
WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")


def names() -> set[str]:
    """Every name of the shipped registry, whole."""
    found: set[str] = set()
    for path in sorted((ROOT / "site_src" / "entities").glob("*.yml")):
        for entry in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).values():
            found |= {entry["name"], *entry.get("aka", ())}
    return found


def proper_words() -> set[str]:
    """Words that are capitalised in names, or within the sentences of the shipped seeds, and are not ordinary English."""
    found = {word for name in names() for word in WORD.findall(name) if word[0].isupper()}
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found |= {m[1] for m in re.finditer(r"(?<=[a-z,] )([A-Z][A-Za-z-]+)", text)}
    words = {word.removesuffix("'s").removesuffix("’s").lower() for word in found}
    return {word for word in words if word not in GENERIC and len(word) > 2}


def subject() -> set[str]:
    """What the programmes and topics of the shipped briefing are called, ordinary words or not."""
    base = ROOT / "site_src"
    programmes = yaml.safe_load((base / "entities" / "programmes.yml").read_text(encoding="utf-8"))
    topics = yaml.safe_load((base / "topics.yml").read_text(encoding="utf-8"))
    found = {name for entry in programmes.values() for name in (entry["name"], *entry.get("aka", ()))}
    found |= {name for entry in topics.values() for name in (entry["title"], *entry["facts"].get("words", ()))}
    return {name.lower() for name in found if " " in name}


def product_files() -> list[Path]:
    code = [p for p in PACKAGE.rglob("*") if p.suffix in (".py", ".yml", ".json", ".j2", ".html", ".css", ".js")]
    templates = [p for p in (ROOT / "templates").rglob("*") if p.is_file() and p.suffix not in (".woff2", ".png")]
    world = PACKAGE / "lexicons" / "world"
    return sorted(p for p in [*code, *templates] if world not in p.parents)


def test_no_name_of_the_subject_stands_in_the_program() -> None:
    words = proper_words()
    assert {"kim", "phyongan", "yonhap"} <= words, "the test has lost what it looks for"
    phrases = {name.lower() for name in names() if " " in name and not set(name.lower().split()) <= GENERIC} | subject()
    anything = re.compile(
        r"(?<![a-z])(?:" + "|".join(map(re.escape, sorted(words | phrases, key=len, reverse=True))) + r")(?![a-z])"
    )
    hits = [
        f"{path.relative_to(ROOT)}:{number}: {hit[0]}"
        for path in product_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").lower().splitlines(), 1)
        for hit in anything.finditer(line)
    ]
    assert hits == []
