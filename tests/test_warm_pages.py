"""Pages that are kept, and pages that are made anew: after any change the two together are what is made of nothing.

A page that shows what it did not declare stays as it was here, and differs from the one that is made of the same briefing alone.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from bench.articles import write_briefing

from generator import indexes, page, pages, profile_pages, watch_pages
from generator.aggregate import contradictions, paging, timeline
from generator.base import Conflict
from generator.downloads import DataFile, portion
from generator.editions import with_editions
from generator.link import Briefing, newest
from generator.model import Entity, Event, Fact, Figure, Quotation, Role, Selector, Topic
from generator.pipeline import generate
from generator.publish import marked
from generator.render import render, rendered
from generator.statement import Names, Statement
from generator.store import Store, digest

ARTICLES = 28
STEPS = 14 if os.environ.get("SOAK") else 7


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """A briefing of invented articles, with all that was read of them in memory."""
    root = tmp_path_factory.mktemp("warm")
    write_briefing(root, ARTICLES)
    made = generate(root).briefing
    read = {id_: dict(found) for id_, found in made.readings.items()}
    return replace(made, readings=read, store=Store())


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are in parts when they have a few entries, data when there are a few sources, and the sizes of files are quick to find."""
    sizes = {
        contradictions: ("SIZE",),
        paging: ("ENTRIES",),
        timeline: ("ROWS",),
        watch_pages: ("ROWS", "FIRST_ROWS"),
        indexes: ("NEWS", "SERIES"),
        page: ("HEAD",),
        profile_pages: ("SECTION",),
        pages: ("NAMES",),
    }
    for module, names in sizes.items():
        for name in names:
            monkeypatch.setattr(module, name, 4)
    monkeypatch.setattr(portion, "LARGE", 8)
    monkeypatch.setattr(DataFile, "size", property(lambda file: len(file.portion.statements)))


@dataclass
class State:
    """What people and articles changed of a briefing."""

    whole: Briefing
    gone: set[str] = field(default_factory=set)
    """Sources that are not there."""
    lost: set[str] = field(default_factory=set)
    """Sources without their articles."""
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    registry: dict[str, Entity] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    topics: list[Topic] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def briefing(self, store: Store) -> Briefing:
        """The briefing as it is now."""
        whole = self.whole
        registry = {**whole.registry, **self.registry}
        named = {id_: seed.publisher for id_, seed in whole.seeds.items() if seed.publisher and id_ not in self.lost}
        names = Names(registry, (topic.id for topic in self.topics), named)
        sources = {i: replace(s, **self.sources.get(i, {})) for i, s in whole.sources.items() if i not in self.gone}
        statements = tuple(self._stated(s, sources[s.source.id], names) for s in whole.statements if self._stands(s))
        settings = replace(whole.settings, **self.settings)
        files = {
            id_: replace(
                file,
                source=sources[id_],
                facts=tuple(self._fact(f) for f in file.facts if f.id not in self.deleted),
                key=digest(file.key, repr(sorted(self.deleted)), repr(self.facts)),
            )
            for id_, file in whole.files.items()
            if id_ in sources
        }
        made = replace(
            whole,
            settings=settings,
            sources=sources,
            seeds={
                i: replace(s, text=self.texts.get(i, s.text), sha256=s.sha256 + self.texts.get(i, ""))
                for i, s in whole.seeds.items()
                if i in sources and i not in self.lost
            },
            statements=statements,
            registry=registry,
            topics=tuple(self.topics),
            files=files,
            conflicts=tuple(c for c in self.conflicts if c.source in sources),
            readings={i: r for i, r in whole.readings.items() if i in sources},
            read={},
            as_of=settings.as_of or newest(source.date for source in sources.values()),
            digests={i: digest(whole.digests[i], repr(replace(self, whole=None))) for i in sources},  # type: ignore[arg-type]
            around={i: digest(whole.around[i], self.surroundings(i)) for i in sources},
            store=store,
        )
        return with_editions(made)

    def surroundings(self, source: str) -> str:
        """What of the changes is neither a fact nor a source."""
        return repr((self.registry, [t.id for t in self.topics], source in self.lost, self.texts.get(source)))

    def _stands(self, s: Statement) -> bool:
        return s.source.id not in self.gone and s.fact.id not in self.deleted

    def _fact(self, fact: Fact) -> Fact:
        values = {name: value for name, value in self.facts.get(fact.id, {}).items() if hasattr(fact, name)}
        return replace(fact, **values)

    def _stated(self, s: Statement, source: Any, names: Names) -> Statement:
        span = None if source.id in self.lost else s.span
        return replace(s, fact=self._fact(s.fact), source=source, span=span, names=names)


Edit = Callable[[State, random.Random], None]


def some_source(state: State, rng: random.Random) -> str:
    return rng.choice([id_ for id_ in state.whole.sources if id_ not in state.gone])


def some_fact(state: State, rng: random.Random, kind: type[Fact] = Fact) -> Fact:
    return rng.choice([s.fact for s in state.whole.statements if isinstance(s.fact, kind)])


def some_name(state: State, rng: random.Random) -> Entity:
    return rng.choice(list({**state.whole.registry, **state.registry}.values()))


def changed(state: State, fact: Fact, **values: Any) -> None:
    state.facts.setdefault(fact.id, {}).update(values)


def renamed(state: State, entity: Entity, **values: Any) -> None:
    state.registry[entity.id] = replace(entity, **values)


def a_source_comes_or_goes(state: State, rng: random.Random) -> None:
    if state.gone and rng.random() < 0.7:
        state.gone.remove(rng.choice(sorted(state.gone)))
    elif len(state.gone) < ARTICLES - 6:
        state.gone.add(some_source(state, rng))


def the_newest_goes(state: State, rng: random.Random) -> None:
    there = [id_ for id_ in state.whole.sources if id_ not in state.gone]
    state.gone.update(there[-rng.randint(1, 2) :] if len(there) > 6 else ())


def all_sources_come(state: State, rng: random.Random) -> None:
    state.gone.clear()


def a_text_is_rewritten(state: State, rng: random.Random) -> None:
    changed(state, some_fact(state, rng), text=f"Somebody rewrote this {rng.randint(0, 99)} times.")


def a_date_moves(state: State, rng: random.Random) -> None:
    when = rng.choice(
        [None, "2031", "2031-03-20", "2031-06", "../2031-04-02", "2031-03-10/..", "2031-03-05/2031-03-12"]
    )
    changed(state, some_fact(state, rng), when=when)


def a_status_changes(state: State, rng: random.Random) -> None:
    status = rng.choice(["happened", "planned", "expected", "called-for", "denied"])
    changed(state, some_fact(state, rng, Event), status=status)


def a_figure_changes(state: State, rng: random.Random) -> None:
    values = {
        "value": rng.randint(1, 900),
        "role": rng.choice(["reported", "target"]),
        "when": rng.choice([None, "2032"]),
    }
    changed(state, some_fact(state, rng, Figure), **values)


def a_fact_is_reviewed(state: State, rng: random.Random) -> None:
    review = rng.choice(["confirmed", "disputed", "retracted", "unreviewed"])
    changed(state, some_fact(state, rng), review=review, reviewed_by="A. Editor", note=rng.choice([None, "As heard."]))


def a_rank_is_given(state: State, rng: random.Random) -> None:
    sides = [
        s for c in contradictions.contradictions(state.briefing(Store())) for side in c.sides for s in side.statements
    ]
    if sides:
        changed(state, rng.choice(sides).fact, rank=rng.choice(["preferred", "deprecated", None]), note="A reason.")


def facts_are_linked(state: State, rng: random.Random) -> None:
    one, other = some_fact(state, rng), some_fact(state, rng)
    name = rng.choice(["same_as", "unrelated", "outcome"])
    if one.id != other.id and (name != "same_as" or one.kind == other.kind):
        changed(state, one, **{name: (other.id,)})


def names_of_a_fact_change(state: State, rng: random.Random) -> None:
    about = [some_name(state, rng).id, *(topic.id for topic in state.topics[:1])]
    changed(state, some_fact(state, rng), who=(some_name(state, rng).id,), about=tuple(about))


def a_speaker_changes(state: State, rng: random.Random) -> None:
    changed(state, some_fact(state, rng, Quotation), speaker=some_name(state, rng).id)


def a_post_changes(state: State, rng: random.Random) -> None:
    changed(state, some_fact(state, rng, Role), title="chief of works", org=some_name(state, rng).id)


def a_fact_is_deleted(state: State, rng: random.Random) -> None:
    state.deleted.add(some_fact(state, rng).id)


def a_name_changes(state: State, rng: random.Random) -> None:
    renamed(state, some_name(state, rng), name=f"New Name {rng.randint(0, 99)}", note=rng.choice([None, "A note."]))


def a_name_is_called_otherwise(state: State, rng: random.Random) -> None:
    renamed(state, some_name(state, rng), aka=(f"Old Name {rng.randint(0, 99)}",), status="confirmed")


def a_name_lies_elsewhere(state: State, rng: random.Random) -> None:
    renamed(state, some_name(state, rng), in_=some_name(state, rng).id, at=(rng.uniform(-60, 60), 10.0))


def a_name_is_of_another_kind(state: State, rng: random.Random) -> None:
    renamed(state, some_name(state, rng), kind=rng.choice(["person", "city", "ministry", "programme", "meeting"]))


def names_are_merged(state: State, rng: random.Random) -> None:
    gone, heir = some_name(state, rng), some_name(state, rng)
    if (
        gone.id != heir.id
        and not heir.merged_into
        and not any(e.merged_into == gone.id for e in {**state.whole.registry, **state.registry}.values())
    ):
        renamed(state, gone, merged_into=heir.id)


def a_source_is_told_otherwise(state: State, rng: random.Random) -> None:
    state.sources[some_source(state, rng)] = {"title": f"Another title {rng.randint(0, 99)}", "author": "A. Writer"}


def an_article_is_lost_or_found(state: State, rng: random.Random) -> None:
    if state.lost and rng.random() < 0.5:
        state.lost.clear()
    else:
        state.lost.add(some_source(state, rng))


def an_article_grows(state: State, rng: random.Random) -> None:
    id_ = some_source(state, rng)
    state.texts[id_] = f"{state.whole.seeds[id_].text}\nOne more sentence tells nothing at all.\n"


def topics_change(state: State, rng: random.Random) -> None:
    selector = Selector(words=(rng.choice(["homes", "power", "fever", "the"]),), who=(some_name(state, rng).id,))
    topic = Topic(id=rng.choice(["one", "two"]), title=f"Topic {rng.randint(0, 9)}", facts=selector, lead="A lead.")
    state.topics = [t for t in state.topics if t.id != topic.id][: rng.randint(0, 2)]
    state.topics.append(topic)


def settings_change(state: State, rng: random.Random) -> None:
    name, values = rng.choice(
        [
            ("title", ["Ten Lands", "Other Lands"]),
            ("publish_source_text", ["excerpts", "full", "none"]),
            ("repo_url", [None, "https://code.example/briefing"]),
            ("site_url", [None, "https://briefing.example/"]),
        ]
    )
    state.settings[name] = rng.choice(values)


def the_day_moves(state: State, rng: random.Random) -> None:
    state.settings["as_of"] = rng.choice([None, "2031-03-07", "2031-03-13", "2031-04-01", "2031-12-31", "2033-01-01"])


def editions_change(state: State, rng: random.Random) -> None:
    state.settings["editions"] = rng.choice([(), ("2031-03-06",), ("2031-03-06", "2031-03-10")])


def a_conflict_is_found(state: State, rng: random.Random) -> None:
    source = some_source(state, rng)
    said = f"Theirs {rng.randint(0, 9)}"
    state.conflicts.append(Conflict(source=source, fact="source", key="title", ours="Ours", theirs=said, rule="edited"))


EDITS: tuple[Edit, ...] = (
    a_source_comes_or_goes, a_source_comes_or_goes, a_source_comes_or_goes, the_newest_goes, all_sources_come, a_text_is_rewritten,
    a_date_moves, a_status_changes, a_figure_changes, a_fact_is_reviewed, a_rank_is_given, facts_are_linked, names_of_a_fact_change,
    a_speaker_changes, a_post_changes, a_fact_is_deleted, a_name_changes, a_name_is_called_otherwise, a_name_lies_elsewhere,
    a_name_is_of_another_kind, names_are_merged, a_source_is_told_otherwise, an_article_is_lost_or_found, an_article_grows,
    topics_change, settings_change, the_day_moves, editions_change, a_conflict_is_found,
)  # fmt: skip


@dataclass
class Site:
    """Pages as they stand on disk, and what is kept of how they were made."""

    store: Store = field(default_factory=Store)
    files: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def build(self, briefing: Briefing) -> None:
        """Bring the pages up to date."""
        there = {path: digest(marked(path, text).encode()) for path, text in self.files.items()}
        found = rendered(briefing, (), there)
        self.made = len(found.texts)
        self.files = {path: self.files[path] for path in found.kept} | dict(found.texts)


def same(site: Site, state: State, told: object) -> None:
    """The pages are those that are made of nothing."""
    site.build(state.briefing(site.store))
    cold = render(state.briefing(Store()))
    assert site.files.keys() == cold.keys(), told
    for path, text in cold.items():
        assert site.files[path] == text, f"{path} after {told}"


@pytest.mark.parametrize("seed", range(40 if os.environ.get("SOAK") else 3))
def test_after_any_edits_pages_are_those_of_a_first_build(seed: int, whole: Briefing) -> None:
    rng, state, site = random.Random(seed), State(whole), Site()
    same(site, state, "the first build")
    told: list[str] = []
    for _ in range(STEPS):
        edits = rng.sample(EDITS, rng.choice([1, 1, 2]))
        for edit in edits:
            edit(state, rng)
        told.append(" and ".join(edit.__name__ for edit in edits))
        same(site, state, told)


@pytest.mark.parametrize("edit", sorted({edit.__name__: edit for edit in EDITS}.items()), ids=lambda pair: pair[0])
def test_after_one_edit_pages_are_those_of_a_first_build(edit: tuple[str, Edit], whole: Briefing) -> None:
    state, site, rng = State(whole), Site(), random.Random(edit[0])
    site.build(state.briefing(site.store))
    edit[1](state, rng)
    same(site, state, edit[0])


def test_nothing_is_made_where_nothing_changed(whole: Briefing) -> None:
    state, site = State(whole), Site()
    site.build(state.briefing(site.store))
    assert site.made == len(site.files)
    site.build(state.briefing(site.store))
    assert site.made == 0


def test_sources_that_come_one_by_one(whole: Briefing) -> None:
    state, site = State(whole), Site()
    ids = list(whole.sources)
    for count in range(1, len(ids) + 1, 2):
        state.gone = set(ids[count:])
        same(site, state, ids[count - 1])
