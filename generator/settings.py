"""The settings of a briefing: `plugins: briefing:` in `mkdocs.yml`, and what MkDocs itself is told of the site.

The file is composed, not constructed: nothing in it is run, MkDocs' own tags (`!ENV`, `!relative`,
`!!python/name:`) may stand anywhere, and a value under such a tag counts as not set here. MkDocs
resolves them itself and hands the plugin what came out (`settings_of`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Literal, get_args
from urllib.parse import urlsplit

import yaml

from generator.folders import CONFIG as CONFIG
from generator.model import Mark
from generator.problems import Problem, did_you_mean, link_out, problem, slip, too_large
from generator.reach import contents, leads_out
from generator.yamlbounds import BYTES, overdone
from generator.yamlerrors import mark_at

PLUGIN = "briefing"
Publish = Literal["excerpts", "full", "none"]
EXAMPLE = "plugins: [{briefing: {title: Harbour works}}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an editor decides about the site as a whole."""

    title: str = "Briefing"
    """Of the site; `site_name` where it is not set."""
    description: str = ""
    """One sentence for search engines and feeds; `site_description` where it is not set."""
    publish_source_text: Publish = "excerpts"
    """How much of the articles' own text leaves the house."""
    as_of: str | None = None
    """The day the site speaks of, `YYYY-MM-DD`; None: the date of the newest source."""
    editions: tuple[str, ...] = ()
    """Earlier days, `YYYY-MM-DD`, as of which the site can be read too, the first one first."""
    map_outline: str = ""
    """A GeoJSON file below the briefing's folder, with `/`, that maps are drawn over; none where it is empty."""
    map_credit: str = ""
    """Whose outline that is, and under which licence, as it stands under each map."""
    site_name: str = "Briefing"
    site_url: str | None = None
    repo_url: str | None = None
    edit_uri: str | None = None
    directory_urls: bool = False
    """Whether a page stands at `x/` and not at `x.html`: MkDocs' `use_directory_urls`."""
    marks: Mapping[str, Mark] = field(default_factory=dict, compare=False, repr=False)
    """Where each edition stands in `mkdocs.yml`, by its day."""


WEB = re.compile(r"https?://[^\s/?#<>\"]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
"""An address with a host."""
OPTIONS = ("title", "description", "publish_source_text", "as_of", "editions", "map_outline", "map_credit")
"""What may stand under `plugins: briefing:`."""
LISTS = ("editions",)
"""Which of them may be lists."""
OWN = ("site_name", "site_url", "site_description", "repo_url", "edit_uri", "use_directory_urls")
"""What is read from the top of `mkdocs.yml`."""


def _text(value: object) -> str | None:
    return None if isinstance(value, list | dict) or value is None else str(value).strip() or None


def _choice(value: str | None, mark: Mark, problems: list[Problem]) -> Publish:
    for known in get_args(Publish):
        if value == known:
            return known  # type: ignore[no-any-return]
    if value is not None:
        problems.append(
            problem(
                mark,
                f"publish_source_text: '{value}' is not a policy",
                valid=did_you_mean(value, get_args(Publish)) or "excerpts, full or none",
                example="publish_source_text: excerpts",
                check="settings",
            )
        )
    return "excerpts"


def _is_day(value: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) and date.fromisoformat(value))
    except ValueError:
        return False


def _day(value: str | None, mark: Mark, problems: list[Problem]) -> str | None:
    if value is None or _is_day(value):
        return value
    problems.append(
        problem(
            mark, f"as_of: '{value}' is not a day", valid="YYYY-MM-DD", example="as_of: 2031-05-02", check="settings"
        )
    )
    return None


def _editions(value: object, mark: Callable[[str], Mark], problems: list[Problem]) -> dict[str, Mark]:
    """The days of a list, or one day alone, in their order, each with its place."""
    if isinstance(value, Mapping):  # told already
        return {}
    found: dict[str, Mark] = {}
    for number, entry in enumerate(value if isinstance(value, list) else [] if value is None else [value]):
        day, place = _text(entry), mark(f"editions/{number}")
        if day and _is_day(day) and day not in found:
            found[day] = place
            continue
        known = "an entry" if day is None else f"'{day}'"
        wrong = f"editions: {known} is not a day" if day not in found else f"editions: {day} stands there twice"
        example = "editions: [2031-05-02, 2031-06-20]"
        problems.append(
            problem(place, wrong, valid="days, each once, as YYYY-MM-DD", example=example, check="settings")
        )
    return dict(sorted(found.items()))


def _is_address(value: str) -> bool:
    try:
        return bool(WEB.fullmatch(value) and urlsplit(value).hostname)
    except ValueError:  # a bracket, as of an IPv6 address, without its other
        return False


def _address(name: str, value: str | None, mark: Mark, problems: list[Problem]) -> str | None:
    """An address on the web, of which links are made; None, and a problem, where it is none."""
    if value is None or _is_address(value):
        return value
    whole = f"https://{value.lstrip('/')}"
    near = "." in value and "://" not in value and _is_address(whole)
    valid = f"did you mean '{whole}'?" if near else "one that begins with https:// or http://"
    example = (
        f"{name}: https://briefing.example/" if name == "site_url" else f"{name}: https://github.com/ellery/harbour"
    )
    found = f"{name}: '{value}' is no address on the web"
    problems.append(problem(mark, found, valid=valid, example=example, check="settings"))
    return None


def _outline(value: str | None, credit: str | None, mark: Callable[[str], Mark], problems: list[Problem]) -> str:
    """The path of the outline; empty where it is none, or nobody is named to whom it is owed."""
    path = PurePosixPath(value or "")
    if value is None:
        return ""
    if (
        "\\" in value
        or path.is_absolute()
        or ".." in path.parts
        or re.match(r"[A-Za-z]:", value)
        or value.endswith("/")
    ):
        found, valid = f"map_outline: '{value}' is no file below this folder", "a path below it, with /"
    elif path.suffix.lower() not in (".geojson", ".json"):
        found, valid = f"map_outline: '{value}' is no GeoJSON", "a file in .geojson"
    elif not credit:
        found, valid = "map_outline without map_credit", "say whose outline it is, and its licence"
    else:
        return path.as_posix()
    owed = found.endswith("map_credit")
    example = "map_credit: Outlines by Natural Earth, public domain" if owed else "map_outline: maps/halvora.geojson"
    problems.append(problem(mark("map_outline"), found, valid=valid, example=example, check="settings"))
    return ""


def settings_of(
    site: Mapping[str, object], options: Mapping[str, object], mark: Callable[[str], Mark]
) -> tuple[Settings, list[Problem]]:
    """Settings from the top of `mkdocs.yml` and the plugin's options; `mark` tells where an option stands.

    A value that is not valid is a problem, and its default is used.
    """
    problems: list[Problem] = []
    for name, value in options.items():
        if name in OPTIONS and isinstance(value, dict if name in LISTS else list | dict):
            found = f"{name}: a {'list' if isinstance(value, list) else 'mapping'} where text is due"
            problems.append(problem(mark(name), found, valid="one text", example=EXAMPLE, check="settings"))
        if name not in OPTIONS:
            problems.append(
                problem(
                    mark(name),
                    f"no setting is called '{name}'",
                    valid=did_you_mean(name, OPTIONS) or "settings are " + ", ".join(OPTIONS),
                    example=EXAMPLE,
                    check="settings",
                )
            )
    name = _text(site.get("site_name")) or "Briefing"
    credit = _text(options.get("map_credit"))
    editions = _editions(options.get("editions"), mark, problems)
    settings = Settings(
        title=_text(options.get("title")) or name,
        description=_text(options.get("description")) or _text(site.get("site_description")) or "",
        publish_source_text=_choice(_text(options.get("publish_source_text")), mark("publish_source_text"), problems),
        as_of=_day(_text(options.get("as_of")), mark("as_of"), problems),
        editions=tuple(editions),
        map_outline=_outline(_text(options.get("map_outline")), credit, mark, problems),
        map_credit=credit or "",
        site_name=name,
        site_url=_address("site_url", _text(site.get("site_url")), mark("site_url"), problems),
        repo_url=_address("repo_url", _text(site.get("repo_url")), mark("repo_url"), problems),
        edit_uri=_text(site.get("edit_uri")),
        directory_urls=str(site.get("use_directory_urls")).casefold() in ("true", "yes", "on"),
        marks=editions,
    )
    return settings, problems


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key.value, key, value


def _plain(node: yaml.Node) -> str | list[object] | dict[str, object] | None:
    """A scalar, the scalars of a list (its other entries as None), or that it is a mapping."""
    if isinstance(node, yaml.SequenceNode):
        return [_scalar(entry) for entry in node.value]
    return {} if isinstance(node, yaml.MappingNode) else _scalar(node)


def _scalar(node: yaml.Node) -> str | None:
    plain = isinstance(node, yaml.ScalarNode) and node.tag.startswith("tag:yaml.org,2002:")
    return node.value if plain and not node.tag.endswith((":null", "/name")) else None


def _place(text: str, node: yaml.Node) -> Mark:
    """Where a node begins; libyaml's own lines are those of YAML 1.1, which breaks lines at other characters too."""
    return mark_at(CONFIG, text, node.start_mark.index)


def _plugins(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Each plugin that the file names: its name, where that stands, and its options, or the name again."""
    entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for entry in entries:
        if isinstance(entry, yaml.ScalarNode):
            yield entry.value, entry, entry
        for name, key, value in _pairs(entry):
            yield name, key, value if isinstance(value, yaml.MappingNode) else key


def _unnamed(text: str, node: yaml.Node | None) -> Problem:
    """That the file does not name the plugin, at the name that is probably a slip for it."""
    meant = next(((name, key) for name, key, _ in _plugins(node) if slip(name, (PLUGIN,))), None)
    if meant:
        name, key = meant
        found, valid, mark = f"no plugin is called '{name}'", f"did you mean '{PLUGIN}'?", _place(text, key)
    else:
        found, valid, mark = f"the plugin '{PLUGIN}' is not among the plugins", "add it", Mark(CONFIG)
    return problem(mark, found, valid=valid, example=EXAMPLE, check="settings")


def _text_of(raw: bytes) -> tuple[str, list[Problem]]:
    if len(raw) > BYTES:
        return "", [too_large(CONFIG, len(raw), BYTES)]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", [_unread(f"byte {error.start + 1} is not UTF-8", Mark(CONFIG, line))]


def _compose(text: str) -> tuple[yaml.Node | None, list[Problem]]:
    if wrong := overdone(CONFIG, text):
        return None, [wrong]
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader), []
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        message = "not YAML: " + (getattr(error, "problem", None) or str(error).splitlines()[0])
        return None, [_unread(message, mark_at(CONFIG, text, place.index) if place else Mark(CONFIG))]


def _unread(message: str, mark: Mark) -> Problem:
    return problem(mark, message, valid=f"a {CONFIG} that names the plugin", example=EXAMPLE, check="settings")


def _raw(path: Path) -> tuple[bytes, list[Problem]]:
    """The bytes of a `mkdocs.yml`, one more than may be read where it is larger."""
    try:
        return (b"", [link_out(CONFIG)]) if leads_out(path.parent, path) else (contents(path, BYTES), [])
    except FileNotFoundError:
        return b"", [_unread(f"no {CONFIG} here", Mark(CONFIG))]
    except OSError as error:
        return b"", [_unread(f"cannot be read: {error.strerror}", Mark(CONFIG))]


def keys_of(path: Path) -> frozenset[str]:
    """What a `mkdocs.yml` sets at its top; nothing where it cannot be read."""
    raw, _ = _raw(path)
    text, _ = _text_of(raw)
    tree, _ = _compose(text)
    return frozenset(name for name, _, _ in _pairs(tree))


def read_settings(root: Path) -> tuple[Settings, list[Problem]]:
    """Settings from `root/mkdocs.yml`; defaults and a problem where it cannot be read or does not name the plugin."""
    raw, unread = _raw(root / CONFIG)
    return (Settings(), unread) if unread else parse_settings(raw)


def parse_settings(raw: bytes) -> tuple[Settings, list[Problem]]:
    """The same from the bytes of such a file."""
    text, unread = _text_of(raw)
    tree, problems = _compose(text)
    if problems := unread or problems:
        return Settings(), problems
    top = {name: value for name, _, value in _pairs(tree)}
    plugin = next((node for name, _, node in _plugins(top.get("plugins")) if name == PLUGIN), None)
    marks = {name: _place(text, key) for name, key, _ in (*_pairs(tree), *_pairs(plugin))}
    for name, _, value in _pairs(plugin):
        entries = value.value if isinstance(value, yaml.SequenceNode) else [value]
        marks |= {f"{name}/{number}": _place(text, entry) for number, entry in enumerate(entries) if name in LISTS}
    if plugin is None:
        problems.append(_unnamed(text, top.get("plugins")))
    site = {name: _scalar(top[name]) for name in OWN if name in top}
    options = {name: _plain(value) for name, _, value in _pairs(plugin)}
    settings, found = settings_of(site, options, lambda name: marks.get(name, Mark(CONFIG)))
    return settings, [*problems, *found]
