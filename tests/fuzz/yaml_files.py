"""YAML as it is read, and the files of facts, names, topics, bases and settings that are made of it."""

from __future__ import annotations

from typing import Any

import yaml
from fuzz.places import LINE, mends_fit, stand_in

from generator.base import parse_base, write_base
from generator.facts import read_fact_file, write_fact_file
from generator.lexicon import packaged_lexicons
from generator.model import Entity, mapping
from generator.problems import errors
from generator.registry import parse_entries, parse_registry_file, read_registry_file
from generator.registry_adding import add_candidates
from generator.settings import parse_settings
from generator.topics import parse_topics
from generator.yamlfile import NULLS, OLD_BREAKS, Items, Node, Table, data, leaves, read_yaml
from generator.yamltext import block

PATH = "site_src/facts/2031-05-02-a.yml"
NEW = Entity(id="new-entity", name="New: entity", kind="city")


def yaml_file(raw: bytes) -> None:
    """The reader, and all that reads by it; each takes the bytes for a file of its own."""
    text = raw.decode("utf-8", "surrogateescape")
    reads(text)
    facts(raw)
    registry(raw, text)
    stand_in(parse_topics("site_src/topics.yml", text)[1], text)
    base, problems = parse_base("base.yml", text)
    stand_in(problems, text)
    if base is not None and not base.broken:
        assert parse_base("base.yml", write_base(base)) == (base, [])
    _, problems = parse_settings(raw)
    stand_in(problems, raw.decode("utf-8", "replace").removeprefix("\ufeff"))


def reads(text: str) -> None:
    """A text is read or refused; values stand where they are said to be, as PyYAML has them, and can be written again."""
    root, problems = read_yaml("f.yml", text)
    assert not (root and problems)
    assert len(problems) <= 1
    stand_in(problems, text.removeprefix("\ufeff"))
    if root is None:
        return
    within(root, text)
    values = data(root)
    plain(values)
    if not any(character in text for character in OLD_BREAKS):
        try:
            read = yaml.load(text, yaml.CBaseLoader)  # makes texts, lists and mappings, and nothing else
        except yaml.composer.ComposerError as error:  # YAML 1.2 lets a name be given again
            if "duplicate anchor" not in str(error):
                raise
        else:
            assert like(values, read), (values, read)
    if isinstance(values, dict) and values and not holds_none(values):
        written = block(values)
        assert data(read_yaml("f.yml", written)[0]) == values, written


def within(root: Node, text: str) -> None:
    """Nodes lie within one another, in order; plain words stand there as they are."""
    lines, end = LINE.split(text.removeprefix("\ufeff")), 0
    for leaf in leaves(root):
        assert end <= leaf.start <= leaf.end <= len(text), leaf
        end = leaf.end
        written = text[leaf.start : leaf.end]
        if leaf.value is not None and not leaf.style and not leaf.tied and not {"\n", "\r"} & {*written}:
            assert written.split() == leaf.value.split(), leaf
            assert lines[leaf.line - 1][leaf.column - 1 :].startswith(leaf.value), leaf
    inside(root)


def inside(node: Node) -> None:
    """Children are within their parent."""
    if node.alias:
        return
    children: list[Node] = [*node.items] if isinstance(node, Items) else []
    if isinstance(node, Table):
        children = [part for entry in node.entries for part in (entry.key, entry.value)]
    for child in children:
        assert node.start <= child.start <= child.end <= node.end, (node, child)
        inside(child)


def plain(values: Any) -> None:
    """Nothing but texts, lists, mappings and None: no tag makes anything."""
    if isinstance(values, dict):
        for name, value in values.items():
            assert type(name) is str
            plain(value)
    elif isinstance(values, list):
        for value in values:
            plain(value)
    else:
        assert values is None or type(values) is str


def like(ours: Any, theirs: Any) -> bool:
    """Whether values are those that PyYAML reads, to whom nothing is an empty text."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(like(ours[name], theirs[name]) for name in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(like, ours, theirs))
    return theirs in NULLS if ours is None else bool(ours == theirs)


def holds_none(values: Any) -> bool:
    """Whether there is something in it that `block` is never given: nothing, or a list of more than texts."""
    if isinstance(values, dict):
        return not values or any(map(holds_none, values.values()))
    if isinstance(values, list):
        return not all(isinstance(value, str) for value in values)
    return values is None


def facts(raw: bytes) -> None:
    """A fact file; what it says can be written, and then says the same."""
    file, problems = read_fact_file(PATH, raw)
    stand_in(problems, raw.decode("utf-8", "replace").removeprefix("\ufeff"))
    mends_fit(problems, file.text if file and file.root else raw.decode("utf-8", "replace"))
    if file is None:
        assert errors(problems)
        return
    assert file.broken or file.before is not None or file.text == raw.decode("utf-8")
    if file.broken:
        assert errors(problems)
        return
    again, problems = read_fact_file(PATH, write_fact_file(file.source, file.facts).encode("utf-8"))
    assert again is not None
    assert not again.broken, [str(problem) for problem in problems]
    assert again.source == file.source
    assert [mapping(fact) for fact in again.facts] == [mapping(fact) for fact in file.facts], problems


def registry(raw: bytes, text: str) -> None:
    """Names read as a whole and entry by entry are the same, and one more can be added without a change to the others."""
    path = "site_src/entities/places.yml"
    stand_in(read_registry_file(path, raw)[1], raw.decode("utf-8", "replace").removeprefix("\ufeff"))
    whole, problems = parse_registry_file(path, text)
    mends_fit(problems, text)
    parted = parse_entries(path, text, packaged_lexicons(), {})
    if parted is not None:
        listing, _, _ = parted
        assert {entity.id: entity for entity in listing.entities} == whole.entities
        assert sorted(listing.problems) == sorted(problems)
        assert listing.broken == whole.broken
    grown = add_candidates(text, [NEW])
    if grown != text:
        if not text.endswith("\n"):  # the end of its last line is put in, which a block of text there has from then on
            whole, problems = parse_registry_file(path, text + "\n")
        more, told = parse_registry_file(path, grown)
        assert {id_: entity for id_, entity in more.entities.items() if id_ != NEW.id} == whole.entities
        assert more.entities[NEW.id] == NEW
        assert [problem.message for problem in told] == [problem.message for problem in problems]
        assert grown.startswith(text) or not whole.entities
