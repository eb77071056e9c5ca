"""Views: what stands on which page, and in what order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import empty, naming, tiny, with_policy

from generator.aggregate import (
    events,
    figures,
    front,
    glossary,
    pace,
    paging,
    passages,
    profiles,
    review,
    timeline,
    topics,
    watch,
)
from generator.aggregate.trust import trust
from generator.link import Briefing
from generator.model import Selector, Span
from generator.statement import Statement


def ids(statements: object) -> list[str]:
    """The last letters of fact ids, which tell them apart in the tiny briefing."""
    return [s.fact.id[-2:] for s in statements]  # type: ignore[attr-defined]


def changed(fact_id: str, **values: object) -> Briefing:
    """The tiny briefing with other values in one fact."""

    def change(s: Statement) -> Statement:
        return replace(s, fact=replace(s.fact, **values)) if s.fact.id.endswith(fact_id) else s  # type: ignore[arg-type]

    return replace(tiny(), statements=tuple(map(change, tiny().statements)))


def on(day: str) -> Briefing:
    """The tiny briefing as of another day."""
    return replace(tiny(), as_of=day)


# The bottom line


def test_bottom_line() -> None:
    lines = front.bottom_line(tiny())
    assert [(line.label, line.statement.fact.id[-2:]) for line in lines] == [
        ("Latest", "a3"),
        ("Next", "a6"),
        ("Progress", "b2"),
        ("Outlook", "b6"),
        ("Assessment", "a4"),
    ]


def test_bottom_line_of_nothing() -> None:
    assert front.bottom_line(empty()) == ()
    assert front.additions(empty()) == ()


def test_the_latest_event_prefers_what_names_actors() -> None:
    same_day = changed("a5", when="2031-04-30")
    assert front.bottom_line(same_day)[0].statement.fact.id.endswith("a3")
    later = changed("a5", when="2031-05-01")
    assert front.bottom_line(later)[0].statement.fact.id.endswith("a5")


def test_a_year_alone_is_not_later_than_a_day_in_it() -> None:
    briefing = changed("a5", when="2031")
    assert front.bottom_line(briefing)[0].statement.fact.id.endswith("a3")


def test_news_without_a_date_is_later_than_what_happened_long_before_it() -> None:
    undated = changed("a5", when=None)
    assert front.bottom_line(undated)[0].statement.fact.id.endswith("a3"), "two days before its source"
    told = tuple(
        replace(s, fact=replace(s.fact, when="2031-01-10")) if s.fact.id.endswith("aaa3") else s
        for s in undated.statements
    )
    assert front.bottom_line(replace(undated, statements=told))[0].statement.fact.id.endswith("a3"), "background, maybe"
    (minister,) = next(s.who for s in told if s.fact.id.endswith("aaa3"))
    told = tuple(naming(s, who=(minister,)) if s.fact.id.endswith("a5") else s for s in told)
    assert front.bottom_line(replace(undated, statements=told))[0].statement.fact.id.endswith("a5")
    assert ids(events.latest(events.happened(undated), date(2031, 5, 20))) == ["a3", "a5"]


def test_what_has_passed_is_not_next() -> None:
    assert [line.label for line in front.bottom_line(on("2031-07-01"))] == [
        "Latest",
        "Progress",
        "Outlook",
        "Assessment",
    ]


@pytest.mark.parametrize(("when", "labels"), [("2031-01-01/..", 0), ("2031-06-20/..", 1)])
def test_what_began_long_ago_is_not_next(when: str, labels: int) -> None:
    found = changed("baaaaaaaa6", when=when)
    alone = replace(found, statements=tuple(s for s in found.statements if s.fact.id[-2:] != "b5"))
    lines = front.bottom_line(alone)
    assert [line.label for line in lines].count("Next") == labels


def test_additions_count_what_counts() -> None:
    newest, counts = front.additions(tiny())[0]
    assert newest.date == "2031-05-20"
    assert counts == {"event": 2, "figure": 1, "assessment": 1, "role": 1}


# Events, windows, timeline


def test_watch_list() -> None:
    seen = watch.watch(tiny())
    listed = (seen.dated, seen.undated, seen.passed)
    assert tuple(ids(course.last for course in courses) for courses in listed) == (["a6", "b6"], ["c2"], [])
    assert [ids(stage.first for stage in course.stages) for course in seen.dated if course.moves] == [["b5", "a6"]]
    assert (str(seen.axis.first), str(seen.axis.last)) == ("2031-05-01", "2031-12-31")
    later = watch.watch(on("2032-02-29"))
    assert (later.dated, ids(course.last for course in later.passed)) == ((), ["b6", "a6"])


def test_an_axis_has_an_end() -> None:
    far = watch.watch(changed("baaaaaaaa6", when="2090-01-01")).axis
    assert str(far.last) == "2031-12-31", "what lies far ahead squeezes nothing together"
    nothing = watch.watch(empty()).axis
    assert nothing.first < nothing.last


@pytest.mark.parametrize(
    ("when", "past"),
    [("2031-05-19", True), ("2031-05", False), ("../2031-05-19", True), ("2031-01-01/..", False), (None, False)],
)
def test_past(when: str | None, past: bool) -> None:
    briefing = changed("baaaaaaaa6", when=when)
    plan = next(s for s in briefing.current if s.fact.id == "event-baaaaaaaa6")
    assert events.is_past(plan, events.as_of_day(briefing)) is past


def test_timeline_keeps_what_happened_and_when_it_was_told_apart() -> None:
    entries = timeline.timeline(tiny())
    assert ids(e.statement for e in entries) == ["a5", "a3", "a3", "b5", "a6", "b6"]
    assert [e.dated for e in entries] == [True, True, False, True, True, True]
    assert [e.ahead for e in entries] == [False, False, False, True, True, True]
    assert [part.slug for part in timeline.years(entries)] == [""]
    many = timeline.years(entries * 40)
    assert [part.label for part in many][:3] == ["2029", "April 2031", "May 2031"]
    assert sum(len(part.entries) for part in many) == 40 * len(entries)


# Figures


def test_a_rate_times_a_duration_is_a_derived_target() -> None:
    derived = [target for target in figures.targets(tiny()) if target.derived]
    assert [(t.value, t.unit) for t in derived] == [(60, "clinics")]


@pytest.mark.parametrize(
    ("fact", "values"),
    [
        ("a6", {"unit": "percent"}),  # shares compound
        ("a6", {"bound": "at-least"}),
        ("a6", {"per": "month"}),
        ("a7", {"role": "reported"}),
        ("a7", {"unit": "month"}),
        ("a7", {"value": 0}),
        ("a7", {"high": 7}),
    ],
)
def test_no_total_is_derived_from_what_does_not_fit(fact: str, values: dict[str, object]) -> None:
    briefing = changed(f"aaaaaaaa{fact}", **values)
    assert not [target for target in figures.targets(briefing) if target.derived]


def test_progress_is_the_newest_undisputed_figure_of_the_same_unit() -> None:
    assert [(p.reported.fact.id[-2:], p.share) for p in figures.progress(tiny())] == [("b2", 0.3)]
    settled = changed("baaaaaaaa2", review="confirmed")
    assert figures.progress(settled)[0].reported.fact.id.endswith("baaaaaaaa2")
    assert figures.progress(changed("aaaaaaaab2", unit="beds"))[0].reported.fact.id.endswith("baaaaaaaa2")


def test_shares_meet_only_shares_of_the_same() -> None:
    briefing = changed("aaaaaaaab2", unit="percent", role="target", value=5)
    both = replace(briefing, statements=tuple(_share(s) for s in briefing.statements))
    assert not [p for p in figures.progress(both) if p.target.unit == "percent"]
    of = tuple(replace(s, fact=replace(s.fact, measure="pupils")) if _is_share(s) else s for s in both.statements)
    assert [p.share for p in figures.progress(replace(both, statements=of)) if p.target.unit == "percent"] == [3]


def _share(s: Statement) -> Statement:
    return replace(s, fact=replace(s.fact, unit="percent")) if s.fact.id.endswith("baaaaaaaa2") else s


def _is_share(s: Statement) -> bool:
    return getattr(s.fact, "unit", "") == "percent"


def test_figures_of_other_subjects_do_not_meet() -> None:
    elsewhere = replace(
        tiny(),
        statements=tuple(
            naming(s, about=()) if s.fact.id.endswith("baaaaaaaa2") else s
            for s in changed("aaaaaaaab2", unit="beds").statements
        ),
    )
    assert figures.progress(elsewhere) == ()


def test_the_other_figures() -> None:
    used = frozenset().union(*(given.facts for given in pace.reckoned(tiny())))
    assert ids(figures.remaining(tiny(), used)) == ["a2", "a4"]


def test_figures_by_sort() -> None:
    found = figures.by_sort(figures.figures(tiny()), tiny().lexicons)
    assert {sort: ids(group) for sort, group in found.items()} == {
        "count": ["a2", "a4", "a6", "b2"],
        "duration": ["a7"],
    }
    priced = changed("aaaaaaaab2", unit="USD")
    assert list(figures.by_sort(figures.figures(priced), priced.lexicons)) == ["count", "money", "duration"]


# Names and topics


def test_a_profile_sorts_what_is_said_of_somebody_from_what_they_say() -> None:
    varga = tiny().registry["ines-varga"]
    told = profiles.profile(tiny().about(varga), tiny(), varga)
    assert ids(told.roles) == ["a2"]
    assert ids(told.happened) == ["a3"]
    assert ids(told.quotations) == ["b3", "b4"]
    assert ids(told.vouched) == ["b2"]
    assert told.related[0][0].id in ("brenn-province", "lantern-clinics")
    assert all(entity.id != "ines-varga" for entity, _ in told.related)
    assert [(e.id, n) for e, n in told.voices] == [("ines-varga", 3), ("halvora-news-service", 1), ("tessaly-wire", 1)]
    assert [(s.date, n) for s, n in told.sources] == [("2031-05-02", 5)]


def test_sources_of_a_page_are_the_newest_first() -> None:
    told = profiles.profile(tiny().current, tiny())
    assert [s.date for s, _ in told.sources] == ["2031-05-20", "2031-05-02"]
    assert sum(n for _, n in told.sources) == len(tiny().current) == sum(n for _, n in told.voices)


def test_what_lies_in_what() -> None:
    assert [e.id for e in profiles.within(tiny())["halvora"]] == [
        "brenn-province",
        "halvora-news-service",
        "lantern-clinics",
    ]


def test_topics_come_from_selectors_programmes_and_meetings_ahead() -> None:
    staff, roads = tiny().topics
    assert ids(topics.members(staff, tiny())) == ["b4", "c2", "a4"]
    assert topics.members(roads, tiny()) == ()
    assert [e.id for e in topics.programmes(tiny())] == ["lantern-clinics"]
    assert [e.id for e in topics.meetings(tiny())] == ["clinics-council-2031"]


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        (Selector(who=("i-varga",)), 4),
        (Selector(where=("brenn-province",)), 2),
        (Selector(what=("meeting",)), 2),
        (Selector(kind=("role",)), 2),
        (Selector(source=("2031-05-20-auditors-doubt-pace-village-clinics-report",)), 5),
        (Selector(words=("FIVE-YEAR",)), 1),
        (Selector(), 0),
    ],
)
def test_selectors(selector: Selector, found: int) -> None:
    assert sum(topics.selects(selector, s, tiny()) for s in tiny().current) == found


def test_a_fact_knows_the_topics_that_hold_it() -> None:
    holding = topics.backlinks(tiny())
    held = {id_ for id_, found in holding.items() if "staff" in [t.id for t in found]}
    assert held == {s.fact.id for s in topics.members(tiny().topics[0], tiny())}


def test_trust_counts_origins_not_outlets() -> None:
    counted = trust(tiny().current, tiny())
    assert (counted.facts, counted.sources, counted.confirmed, counted.disputed, counted.unreviewed) == (
        18,
        2,
        1,
        1,
        16,
    )
    assert {e.id for e in counted.origins} == {
        "tessaly-wire",
        "the-brenn-post",
        "halvora-news-service",
        "ostrel-institute",
        "national-audit-board",
        "ines-varga",
        "piet-oran",
    }


def test_glossary() -> None:
    entries = glossary.glossary(tiny())
    assert [e.name for e in entries][:3] == ["The Brenn Post", "Brenn Province", "Halvora News Service"]
    assert [e.name for e in entries if e.see] == ["HNS"]
    assert [e.letter for e in entries] == sorted(e.letter for e in entries)


def test_a_family_name_is_looked_up_under_its_own_letter() -> None:
    registry = {**tiny().registry, "ines-varga": replace(tiny().registry["ines-varga"], aka=("Varga", "Ines"))}
    listed = [e.name for e in glossary.glossary(replace(tiny(), registry=registry)) if e.see]
    assert listed == ["HNS", "Varga"]


def test_review_queue() -> None:
    queue = review.queue(tiny())
    assert ids(queue.disputed) == ["a2"]
    assert len(queue.unreviewed) == 16
    assert [e.id for e in queue.candidates] == ["ostrel-institute", "piet-oran", "teachers-union"]


def test_parts() -> None:
    assert [p.slug for p in paging.parts([1, 2], str)] == [""]
    found = paging.parts(["ax", "b", "ay", "é"], lambda name: name[0].upper(), size=3)
    assert [(p.label, p.slug, p.entries) for p in found] == [
        ("A", "a", ("ax", "ay")),
        ("B", "b", ("b",)),
        ("É", "other", ("é",)),
    ]
    assert [paging.letter(n) for n in ("Élan", "the Wire", "9th", "东")] == ["E", "W", "#", "#"]


def test_a_part_that_is_too_long_is_split_by_month_and_then_numbered() -> None:
    days = [f"2031-05-{day:02d}" for day in range(1, 8)] + ["2031-06-01", "2031", "2032-01-01"]
    found = paging.parts(days, paging.year, size=3, finer=paging.month)
    assert [(p.label, p.slug, len(p.entries)) for p in found] == [
        ("May 2031", "2031-05", 3),
        ("May 2031, 2", "2031-05-2", 3),
        ("May 2031, 3", "2031-05-3", 1),
        ("June 2031", "2031-06", 1),
        ("2031", "2031", 1),
        ("2032", "2032", 1),
    ]


def test_pages_are_numbered_from_the_oldest() -> None:
    numbers = list(range(9, 0, -1))
    found = paging.numbered("All", "all", numbers, 4, newest_first=True)
    assert [(p.slug, p.entries) for p in found] == [("all-3", (9,)), ("all-2", (8, 7, 6, 5)), ("all", (4, 3, 2, 1))]
    assert paging.numbered("All", "all", [10, *numbers], 4, newest_first=True)[1:] == found[1:]
    assert paging.numbered("All", "all", [], 4, newest_first=True) == []


def test_a_letter_with_many_names_is_split_by_two() -> None:
    names = ["Aba", "Abe", "Acre", "Élan", "the Arc"]
    found = paging.parts(sorted(names, key=paging.alphabetical), paging.letter, size=2, finer=paging.letters)
    assert [(p.label, p.slug, p.entries) for p in found] == [
        ("Ab", "ab", ("Aba", "Abe")),
        ("Ac", "ac", ("Acre",)),
        ("Ar", "ar", ("the Arc",)),
        ("E", "e", ("Élan",)),
    ]


@given(st.lists(st.dates(date(2029, 1, 1), date(2032, 12, 31)).map(str)), st.integers(1, 9))
def test_no_part_grows_and_none_loses_an_entry(days: list[str], size: int) -> None:
    found = paging.parts(days, paging.year, size=size, finer=paging.month)
    assert all(len(part.entries) <= size for part in found)
    assert sorted(day for part in found for day in part.entries) == sorted(days)
    assert len({part.slug for part in found}) == len(found)


# Passages


def test_passages_hold_the_words_of_every_fact() -> None:
    for policy in ("excerpts", "full"):
        briefing = with_policy(policy)
        for source_id, statements in briefing.by_source.items():
            page = passages.source_page(source_id, briefing)
            held: dict[str, str] = {}
            for passage in page.passages:
                for line in passage.lines:
                    for piece in line:
                        for fact in piece.facts:
                            held[fact] = held.get(fact, "") + piece.text
            assert held == {s.fact.id: s.fact.quote for s in statements}


def test_coverage_and_publication() -> None:
    first, second = (passages.source_page(source_id, tiny()) for source_id in tiny().sources)
    assert (first.covered, first.sentences) == (7, 7)  # `(Tessaly Wire)` is no sentence
    assert first.published < first.words
    assert second.covered == second.sentences == 4
    assert [(s.number, s.paragraph, s.words, s.facts) for s in second.coverage] == [
        (1, 1, 15, 1),
        (2, 1, 8, 1),
        (3, 2, 15, 2),
        (4, 3, 13, 1),  # and one that was retracted
    ]
    assert first.left == ()


def test_sentences_without_a_fact() -> None:
    bare = replace(tiny(), statements=tuple(s for s in tiny().statements if s.fact.kind in ("quotation", "assessment")))
    source = next(iter(tiny().sources))
    left = passages.source_page(source, bare).left
    assert [(s.number, s.opening) for s in left] == [(1, ""), (2, ""), (5, ""), (7, "")]
    whole = replace(bare, settings=with_policy("full").settings)
    assert passages.source_page(source, whole).left[3].opening == "The teachers' union demanded a school in each …"
    none = passages.source_page(next(iter(tiny().sources)), with_policy("none"))
    assert none.published == 0
    assert all(not piece.text for p in none.passages for line in p.lines for piece in line)


def test_a_source_without_its_seed() -> None:
    briefing = replace(tiny(), seeds={}, statements=tuple(replace(s, span=None) for s in tiny().statements))
    page = passages.source_page(next(iter(tiny().sources)), briefing)
    assert [(p.number, len(p.statements)) for p in page.passages] == [(0, 13)]


PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=8)


@given(pairs=PAIRS)
def test_layers_never_cross(pairs: list[tuple[int, int]]) -> None:
    spans = [(Span(a, a + n), str(i)) for i, (a, n) in enumerate(pairs)]
    found = passages.layers(spans)
    assert sorted(s for layer in found for s in layer) == sorted(spans)
    for layer in found:
        for a, _ in layer:
            for b, _ in layer:
                assert a in b or b in a or not a.overlaps(b)


@given(pairs=PAIRS, shown=PAIRS)
def test_pieces_are_the_text_and_open_each_fact_once(
    pairs: list[tuple[int, int]], shown: list[tuple[int, int]]
) -> None:
    text = "".join(chr(97 + n % 26) for n in range(45))
    spans = [(Span(a, a + n), str(i)) for i, (a, n) in enumerate(sorted(pairs))]
    visible = sorted({n for a, size in shown for n in range(a, a + size)})
    stretches = [Span(n, n + 1) for n in visible]
    for layer in passages.layers(spans):
        made = passages.pieces(text, stretches, layer, Span(0, 45))
        assert "".join(piece.text for piece in made) == "".join(text[n] for n in visible)
        assert sorted(fact for piece in made for fact in piece.opens) == sorted(fact for _, fact in layer)
