"""What changed from one state of a briefing to another: cases, and the laws that hold for any two."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from test_outcomes import NEWER, PLAN, with_fact
from tiny import empty, tiny

from generator.aggregate.difference import Difference, by_topic, difference
from generator.base import Conflict
from generator.link import Briefing
from generator.model import Found, Span

FIRST, SECOND = tiny().sources
QUESTION = Conflict(source=FIRST, fact=PLAN, key="when", ours="2031-06", theirs="2031-07", rule="edited")


def without(*sources: str) -> Briefing:
    """The tiny briefing without some of its sources."""
    made = tiny()
    return replace(
        made,
        sources={id_: source for id_, source in made.sources.items() if id_ not in sources},
        files={id_: file for id_, file in made.files.items() if id_ not in sources},
        statements=tuple(s for s in made.statements if s.source.id not in sources),
    )


def as_written(briefing: Briefing) -> Briefing:
    """The same, its files holding the facts that its statements have."""
    facts = {id_: tuple(s.fact for s in briefing.by_source.get(id_, ())) for id_ in briefing.files}
    return replace(briefing, files={id_: replace(file, facts=facts[id_]) for id_, file in briefing.files.items()})


def changed(fact: str, **values: object) -> Briefing:
    """The tiny briefing with a fact that was written otherwise."""
    return as_written(with_fact(fact, **values))


def read_as(briefing: Briefing, of: Briefing) -> Briefing:
    """A briefing in which the machine reads what stands in another one."""
    found = {
        id_: {s.fact.id: Found(fact=s.fact, span=Span(0, 1), rule="event-verb") for s in of.by_source.get(id_, ())}
        for id_ in briefing.files
    }
    return replace(briefing, readings=found)


def test_a_new_source_brings_facts_and_what_goes_beyond_older_ones() -> None:
    found = difference(without(SECOND), tiny())
    (source,) = found.sources
    assert (source.what, source.source.id) == ("new", SECOND)
    assert source.news
    assert source.news.counts == {"event": 2, "figure": 1, "assessment": 1, "role": 1}
    assert len(found.only("new")) == len(tiny().by_source[SECOND])
    assert [(b.what, b.pair.new.fact.id) for b in found.beyond] == [
        ("newer-figure", "figure-baaaaaaaa2"),
        ("another-date", NEWER),
    ]
    assert (found.opened, found.settled, found.names) == ((), (), ())


def test_a_fact_that_says_something_else_is_told_key_by_key() -> None:
    found = difference(tiny(), changed(PLAN, when="2031-07", what="visit"))
    (change,) = found.facts
    assert change.what == "changed"
    assert [(t.key, t.stands) for t in change.turns] == [("what", "visit"), ("when", "2031-07")]
    assert found.sources == ()


def test_who_changed_it_is_inferred_from_what_is_read() -> None:
    other = changed(PLAN, when="2031-07")
    assert difference(read_as(tiny(), tiny()), read_as(other, tiny())).facts[0].by_hand
    assert not difference(read_as(tiny(), tiny()), read_as(other, other)).facts[0].by_hand
    fewer = as_written(replace(tiny(), statements=tuple(s for s in tiny().statements if s.fact.id != PLAN)))
    assert [(c.what, c.by_hand) for c in difference(tiny(), read_as(fewer, tiny())).facts] == [("removed", True)]
    assert [(c.what, c.by_hand) for c in difference(tiny(), read_as(fewer, fewer)).facts] == [("removed", False)]
    assert [(c.what, c.by_hand) for c in difference(fewer, read_as(tiny(), fewer)).facts] == [("new", True)]


def test_a_review_is_no_correction() -> None:
    (change,) = difference(tiny(), changed(PLAN, review="retracted", note="The council withdrew it.")).facts
    assert (change.review, change.is_mere_review) == ("retracted", True)
    (change,) = difference(tiny(), changed(PLAN, review="confirmed", when="2031-07")).facts
    assert (change.review, change.is_mere_review) == ("confirmed", False)
    (change,) = difference(changed(PLAN, review="confirmed"), tiny()).facts
    assert change.review == "unreviewed"
    assert not difference(tiny(), changed(PLAN, reviewed_by="M. Tolle"))


def test_questions_open_and_are_settled() -> None:
    asked = replace(tiny(), conflicts=(QUESTION,))
    assert difference(tiny(), asked).opened == (QUESTION,)
    (settled,) = difference(asked, tiny()).settled
    assert (settled.conflict, settled.taken) == (QUESTION, False)
    (settled,) = difference(asked, changed(PLAN, when="2031-07")).settled
    assert settled.taken
    again = replace(tiny(), conflicts=(replace(QUESTION, theirs="2031-08"),))
    found = difference(asked, again)
    assert (len(found.opened), found.settled) == (1, ())


def test_names_come_are_confirmed_renamed_and_merged() -> None:
    registry = dict(tiny().registry)
    one, two = list(registry)[:2]
    registry[one] = replace(registry[one], status="candidate")
    candidate = replace(tiny(), registry=registry)
    confirmed = {**registry, one: replace(registry[one], status="confirmed", name="Another")}
    assert [c.what for c in difference(candidate, replace(tiny(), registry=confirmed)).names] == ["confirmed"]
    merged = {**registry, one: replace(registry[one], merged_into=two)}
    assert [c.what for c in difference(candidate, replace(tiny(), registry=merged)).names] == ["merged"]
    renamed = {**registry, two: replace(registry[two], name="Another")}
    assert [c.what for c in difference(candidate, replace(tiny(), registry=renamed)).names] == ["renamed"]
    fewer = {id_: entity for id_, entity in registry.items() if id_ != one}
    told = (s for s in tiny().statements if all(entity.id != one for entity in s.entities))
    before = replace(tiny(), registry=fewer, statements=tuple(told))
    assert [c.what for c in difference(before, candidate).names] == ["new"]


def test_a_merged_name_is_no_change_of_every_fact_that_names_it() -> None:
    fact = next(s for s in tiny().statements if len(s.who) == 1)
    one = fact.who[0].id
    two = next(id_ for id_ in tiny().registry if id_ != one)
    registry = {**tiny().registry, one: replace(tiny().registry[one], merged_into=two)}
    after = replace(changed(fact.fact.id, who=(two,)), registry=registry)
    found = difference(tiny(), after)
    assert ([c.what for c in found.names], found.facts) == (["merged"], ())


def test_nothing_is_told_of_what_could_not_be_read() -> None:
    files = {**tiny().files, SECOND: replace(tiny().files[SECOND], facts=(), broken=True)}
    torn = replace(without(SECOND), sources=tiny().sources, files=files)
    for found in (difference(tiny(), torn), difference(torn, tiny())):
        assert (found.unread, found.facts, found.sources) == ((SECOND,), (), ())


def test_facts_stand_under_the_first_of_their_topics() -> None:
    found = difference(empty(), tiny())
    groups = by_topic(found, found.facts)
    assert next(title for title, _ in groups) == tiny().topics[0].title
    assert groups[-1][0] == ""
    assert sorted(c.statement.fact.id for _, group in groups for c in group) == sorted(
        s.fact.id for s in tiny().statements
    )


FACTS = [s.fact.id for s in tiny().statements]


@st.composite
def states(draw: st.DrawFn) -> Briefing:
    """Some of the tiny briefing's facts and sources, some of them changed, its files in any order."""
    made = without(*draw(st.sets(st.sampled_from([FIRST, SECOND]), max_size=1)))
    gone = draw(st.sets(st.sampled_from(FACTS), max_size=3))
    noted = draw(st.sets(st.sampled_from(FACTS), max_size=3))
    review = draw(st.sampled_from(["confirmed", "disputed", "retracted"]))
    note = draw(st.sampled_from([None, "One.", "Another."]))
    kept = (s for s in made.statements if s.fact.id not in gone)
    told = tuple(replace(s, fact=replace(s.fact, review=review, note=note)) if s.fact.id in noted else s for s in kept)
    order = draw(st.permutations(list(made.files)))
    conflicts = (QUESTION,) if draw(st.booleans()) and FIRST in made.sources else ()
    made = replace(made, statements=told, conflicts=conflicts, files={id_: made.files[id_] for id_ in order})
    return as_written(made)


def ids(found: Difference, what: str) -> set[str]:
    return {c.statement.fact.id for c in found.only(what)}


@settings(max_examples=40)
@given(states())
def test_nothing_differs_from_itself(one: Briefing) -> None:
    same = replace(one, files=dict(reversed(one.files.items())))
    assert not difference(one, one)
    assert not difference(one, same)


@settings(max_examples=40)
@given(states(), states())
def test_what_is_new_one_way_is_removed_the_other(one: Briefing, other: Briefing) -> None:
    there, back = difference(one, other), difference(other, one)
    assert (
        ids(there, "new")
        == ids(back, "removed")
        == {s.fact.id for s in other.statements} - {s.fact.id for s in one.statements}
    )
    assert ids(there, "removed") == ids(back, "new")
    assert ids(there, "changed") == ids(back, "changed")
    turned = {(t.key, str(t.read), str(t.stands)) for c in there.facts for t in c.turns}
    assert turned == {(t.key, str(t.stands), str(t.read)) for c in back.facts for t in c.turns}
    assert {s.source.id for s in there.sources if s.what == "new"} == {
        s.source.id for s in back.sources if s.what == "removed"
    }
    assert set(there.opened) == {s.conflict for s in back.settled}
    assert bool(there) == bool(back)


@settings(max_examples=40)
@given(states(), states())
def test_the_order_of_files_does_not_matter(one: Briefing, other: Briefing) -> None:
    turned = replace(other, files=dict(reversed(other.files.items())))
    assert difference(one, turned) == difference(one, other)
