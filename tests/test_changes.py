"""What each source brought that no older one had."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_outcomes import NEWER, PLAN, with_fact
from tiny import empty, naming, tiny

from generator.aggregate.changes import changes, first_names, newer_figures

FIRST, SECOND = tiny().sources


def test_the_newest_source_comes_first() -> None:
    new, old = changes(tiny())
    assert (new.source.id, old.source.id) == (SECOND, FIRST)
    assert new.counts == {"event": 2, "figure": 1, "assessment": 1, "role": 1}  # not the retracted one
    assert [(p.new.fact.id, p.old.fact.id) for p in new.plans] == [(NEWER, PLAN)]
    assert (old.plans, old.figures, old.outcomes) == ((), (), ())
    assert [c.review for c in new.corrections] == ["disputed", "retracted"]
    assert changes(empty()) == ()


def test_names_are_new_once() -> None:
    names = first_names(tiny())
    assert [e.id for e in names[SECOND]] == ["national-audit-board", "piet-oran"]
    assert {e.id for e in names[FIRST]} | {e.id for e in names[SECOND]} == set(tiny().by_entity)
    gone = with_fact("event-aaaaaaaac2", review="retracted")
    assert "teachers-union" not in [e.id for e in first_names(gone)[FIRST]]


def test_a_newer_figure_goes_beyond_an_older_one() -> None:
    assert [(p.new.fact.id[-2:], p.old.fact.id[-2:]) for p in newer_figures(tiny())] == [("a2", "b2")]


@pytest.mark.parametrize(
    ("fact", "values"),
    [
        ("figure-baaaaaaaa2", {"value": 18, "bound": None}),  # the same number
        ("figure-baaaaaaaa2", {"unit": "beds"}),
        ("figure-baaaaaaaa2", {"role": "estimate"}),
        ("figure-baaaaaaaa2", {"per": "year"}),
        ("figure-baaaaaaaa2", {"measure": "clinics in use"}),
        ("figure-baaaaaaaa2", {"review": "retracted"}),
        ("figure-aaaaaaaaa4", {"unit": "clinics"}),  # the older source has two of the kind: one may be a part
    ],
)
def test_other_figures_do_not(fact: str, values: dict[str, object]) -> None:
    assert newer_figures(with_fact(fact, **values)) == []


def test_figures_about_nothing_in_common_do_not() -> None:
    told = tuple(naming(s, about=()) if s.fact.id == "figure-baaaaaaaa2" else s for s in tiny().statements)
    assert newer_figures(replace(tiny(), statements=told)) == []


@pytest.mark.parametrize("unit", ["percent", "USD", "metre"])
def test_shares_money_and_lengths_must_say_of_what(unit: str) -> None:
    def both(measure: str | None) -> list[object]:
        ids = ("figure-baaaaaaaa2", "figure-aaaaaaaab2")
        change = {"unit": unit, "measure": measure}
        told = (replace(s, fact=replace(s.fact, **change)) if s.fact.id in ids else s for s in tiny().statements)  # type: ignore[arg-type]
        return list(newer_figures(replace(tiny(), statements=tuple(told))))

    assert both(None) == []
    assert len(both("staff")) == 1


def test_an_outcome_is_news_of_the_source_that_tells_it() -> None:
    news = changes(with_fact(NEWER, status="happened", when=None))[0]
    assert [(p.new.fact.id, p.old.fact.id) for p in news.outcomes] == [(NEWER, PLAN)]


def test_mere_confirmations_are_told_together() -> None:
    (_, old) = changes(tiny())
    assert old.corrections == ()
    assert [(c.by, c.on, [s.fact.id for s in c.statements]) for c in old.confirmed] == [
        ("A. Editor", "2031-05-21", ["event-aaaaaaaaa3"])
    ]
    both = with_fact(PLAN, review="confirmed", reviewed_by="A. Editor", reviewed_on="2031-05-21")
    assert len(changes(both)[1].confirmed[0].statements) == 2
    other = with_fact(PLAN, review="confirmed")
    assert [(c.by, c.on) for c in changes(other)[1].confirmed] == [("A. Editor", "2031-05-21"), (None, None)]


def test_another_date_stands_beside_the_first_that_was_given() -> None:
    plan = next(s for s in tiny().statements if s.fact.id == PLAN)
    fact = replace(plan.fact, id="event-aaaaaaaaz2", when=None, when_words=None)
    undated = replace(plan, fact=fact, source=replace(plan.source, date="2030-12-01"))
    new, _ = changes(replace(tiny(), statements=(undated, *tiny().statements)))
    assert [(p.new.fact.id, p.old.fact.id) for p in new.plans] == [(NEWER, PLAN)]
