"""What pages say of facts from several sources, and of sources that differ."""

from __future__ import annotations

from typing import Any

import pytest
from together import briefing

from generator import differing
from generator.aggregate.claims import claims
from generator.aggregate.contradictions import by_fact, contradictions
from generator.link import Briefing
from generator.model import Figure
from generator.render import render
from generator.search import records
from generator.writer import Writer


def toll(id_: str, value: int, **more: Any) -> dict[str, Any]:
    words = f"{value} workers were killed in the collapse of the tunnel"
    fact = {"id": id_, "kind": "figure", "value": value, "unit": "workers", "when": "2031-05-03", "text": f"{words}."}
    return {**fact, "quote": words, **more}


def told(first: dict[str, Any] | None = None, **more: Any) -> Briefing:
    """Nine, says the wire, and two papers with it; fourteen, says another."""
    return briefing(
        {
            "2031-05-03-a": {"publisher": "wire", "facts": [toll("a", 9, **(first or {}))]},
            "2031-05-04-b": {"publisher": "courier", "facts": [toll("b", 9, **{"according-to": ["wire"]})]},
            "2031-05-05-c": {"publisher": "veld-times", "facts": [toll("c", 9, **{"according-to": ["wire"]})]},
            "2031-05-06-d": {"publisher": "delta-post", "facts": [toll("d", 9, **{"according-to": ["wire"]})]},
            "2031-05-04-e": {
                "publisher": "tribune",
                "facts": [toll("e", 14, **{"according-to": ["open-clinics"], **more})],
            },
        }
    )


def test_in_what_sources_differ() -> None:
    (found,) = contradictions(told())
    assert differing.sentence(found, told()) == "Sources differ on the number: 9 workers or 14 workers."
    assert found.id == "differ-a-e"
    assert set(by_fact(told())) == set("abcde")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2031-05-02", "2031-05-03"), "Sources differ on the day: 2 May 2031 or 3 May 2031."),
        (("2031-05", "2031-06-02"), "Sources differ on the date: May 2031 or 2 June 2031."),
    ],
)
def test_a_month_is_no_day(days: tuple[str, str], said: str) -> None:
    fact = {"kind": "event", "what": "collapse", "status": "happened", "text": "The Sorn tunnel collapsed."}
    made = briefing(
        {
            "2031-06-04-a": {"publisher": "wire", "facts": [{**fact, "id": "a", "when": days[0]}]},
            "2031-06-04-b": {"publisher": "tribune", "facts": [{**fact, "id": "b", "when": days[1]}]},
        }
    )
    (found,) = contradictions(made)
    assert differing.sentence(found, made) == said


def test_who_else_tells_a_fact_stands_beside_it() -> None:
    made = told()
    say = Writer(made, "figures.md")
    first, second = made.statements[0], next(s for s in made.statements if s.fact.id == "b")
    beside = say.claims.beside(first)
    assert "also reported by" in beside
    assert "[Orb Wire via The Courier, 4 May 2031]" in beside
    assert "[1 more](sources/2031-05-03-a.md#a)" in beside
    assert "4 articles, 1 origin" in beside
    assert "[≠ sources differ](contradictions.md#differ-a-e)" in beside
    assert "first reported by](#){ .as .count } [Orb Wire, 3 May 2031]" in say.claims.beside(second)


def test_a_fact_of_one_source_has_nobody_beside_it() -> None:
    made = told(review="retracted", note="Withdrawn.")
    alone = next(s for s in made.statements if s.fact.id == "e")
    assert Writer(made, "figures.md").claims.beside(alone) == ""
    assert contradictions(made) == ()


def test_on_its_own_page_a_fact_names_all_who_tell_it() -> None:
    pages = render(told())
    first, second = (pages[f"sources/{name}.md"] for name in ("2031-05-03-a", "2031-05-04-b"))
    assert "*Also told* reported here first; also in" in first
    assert "[Orb Wire via The Courier, 4 May 2031](2031-05-04-b.md#b" in first
    assert "*Also told* first reported by [Orb Wire, 3 May 2031](2031-05-03-a.md#a" in second
    assert (
        "*Differs* [Sources differ on the number: 9 workers or 14 workers.](../contradictions.md#differ-a-e)" in second
    )


def test_a_side_that_an_editor_follows_comes_first_with_the_reason() -> None:
    ranked = {"rank": "preferred", "note": "The clinics count from their own lists."}
    page = render(told(**ranked))["contradictions.md"]
    assert page.index("14 workers were killed") < page.index("9 workers were killed")
    assert "[The editor follows this side](#){ .as .n }: The clinics count from their own lists." in page
    last = render(told({"rank": "deprecated", "note": "An early count."}))["contradictions.md"]
    assert last.index("14 workers were killed") < last.index("9 workers were killed")
    assert "[The editor does not follow this side](#){ .as .n }: An early count." in last


def test_lists_counts_and_search_have_a_fact_once() -> None:
    made = told()
    pages = render(made)
    assert pages["figures.md"].count("9 workers were killed") == 1
    assert "[2 facts](#){ .as .n } in [5 statements](#){ .as .n } from [5 sources](#){ .as .n }" in pages["index.md"]
    found = [record for record in records(made) if record.meta["kind"] == "Figure"]
    assert [record.content[:2] for record in found] == ["9 ", "14"]
    assert found[0].meta["cite"] == "Orb Wire, 3 May 2031 and 3 more"


def test_a_side_is_one_claim_with_its_origins() -> None:
    (found,) = contradictions(told())
    assert [[s.fact.id for s in side.statements] for side in found.sides] == [list("abcd"), ["e"]]
    assert [len(side.origins) for side in found.sides] == [1, 1]
    assert all(isinstance(side.first.fact, Figure) for side in found.sides)
    assert claims(told()).all
