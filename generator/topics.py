"""The topics that people curate in `site_src/topics.yml`."""

from __future__ import annotations

from pathlib import Path

from msgspec.msgpack import Decoder

from generator.model import Mark, Selector, Topic
from generator.problems import Problem, link_out, not_a_file, problem, too_large
from generator.reach import contents, leads_out
from generator.store import Store, digest, packed
from generator.validate import at, entry_table, record_of, table
from generator.yamlbounds import BYTES
from generator.yamlfile import Table, read_yaml

TOPICS = "site_src/topics.yml"
_KEPT = Decoder(tuple[list[Topic], list[Problem]])


def read_topics(path: Path, store: Store | None = None) -> tuple[list[Topic], list[Problem]]:
    """The topics of `site_src/topics.yml`, in its order; none where there is no such file. They are parsed where its bytes are new to the store."""
    if path.is_symlink() and leads_out(path.parents[1], path):
        return [], [link_out(TOPICS)]
    if not path.is_file():
        return [], [not_a_file(Mark(TOPICS))] if path.exists() else []
    raw, stage = contents(path, BYTES), (store or Store()).stage("topics")
    if len(raw) > BYTES:
        return [], [too_large(TOPICS, len(raw), BYTES)]
    if kept := stage.get(TOPICS, digest(raw)):
        return _KEPT.decode(kept)
    try:
        read = parse_topics(TOPICS, raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        found = f"byte {error.start + 1} is not UTF-8"
        return [], [problem(Mark(TOPICS), found, valid="save the file as UTF-8", check="topics")]
    stage.put([(TOPICS, digest(raw), packed(read))])
    return read


def parse_topics(path: str, text: str) -> tuple[list[Topic], list[Problem]]:
    """Topics from a text; one with a problem is left out."""
    root, problems = read_yaml(path, text)
    entries, found = table(path, root, "the topics", "topics")
    problems += found
    topics = []
    for entry in entries.entries if entries else ():
        node, found = entry_table(path, entry, "a topic", "title: Harbour works", "topics")
        topic, more = _topic(path, entry.name, node) if node else (None, [])
        problems += found + more
        topics += [topic] if topic else []
    return topics, problems


def _topic(path: str, id_: str, node: Table) -> tuple[Topic | None, list[Problem]]:
    chosen = node.get("facts")
    selector_node, problems = table(path, chosen.value, "a selector", "topics") if chosen else (None, [])
    selector = Selector()
    if selector_node:
        read, found = record_of(Selector, path, selector_node, "topics")
        selector, problems = read or selector, problems + found
    keys = {entry.name: at(path, entry.value) for entry in selector_node.entries} if selector_node else {}
    marks = {"": at(path, node), **keys}
    others = node.having(entry for entry in node.entries if entry.name != "facts")
    topic, found = record_of(Topic, path, others, "topics", given={"id": id_, "facts": selector, "marks": marks})
    problems += found
    if not chosen:
        example = "facts: {who: [alpha-works], words: [harbour]}"
        problems += [problem(at(path, node), "the key 'facts' is missing", example=example, check="topics")]
    return (topic if not problems else None), problems
