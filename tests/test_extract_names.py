"""Names and what points back to them: cases by sort, and laws that hold for any text.

A case lists every mention that is to be found, in order; what it leaves out must not be found, since no
entity is better than a wrong one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.extract.gazetteer import Gazetteer
from generator.extract.layers import Layers, read_layers
from generator.lexicon import packaged_lexicons
from generator.model import Entity, Registry

CASES = sorted((Path(__file__).parent / "cases" / "names").glob("*.yml"))
LEXICONS = packaged_lexicons()


def annotate(text: str, registry: Registry) -> Layers:
    return read_layers(text, "2033-05-04", Gazetteer(registry, LEXICONS), LEXICONS)


def registry(entries: dict[str, dict[str, Any]]) -> Registry:
    return {
        id_: Entity(id=id_, name=entry["name"], kind=entry["kind"], aka=tuple(entry.get("aka", ())))
        for id_, entry in entries.items()
    }


def mentions(layers: Layers) -> list[dict[str, str]]:
    """The mentions as the cases write them: `via` where it is no name, the title where one stands before it."""
    return [
        {"at": layers.text[n.start : n.end], "id": n.id, "kind": n.kind}
        | ({"via": n.via} if n.via != "name" else {})
        | ({"title": n.title.of(layers.text)} if n.title else {})
        for line in layers.lines
        for n in line.names
    ]


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{number}")
        for path in CASES
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]


@pytest.mark.parametrize("case", cases())
def test_cases(case: dict[str, Any]) -> None:
    layers = annotate(case["text"], registry(case.get("registry", {})))
    assert mentions(layers) == case["names"]
    for id_, wanted in case.get("candidates", {}).items():
        entity = layers.entities[id_]
        aka = [*entity.aka, *layers.seen_as.get(id_, ())]
        assert {"name": entity.name, "kind": entity.kind} | ({"aka": aka} if aka else {}) == wanted


WORDS = st.sampled_from(
    "Ana Belk Harl Dray Bank Union Mr Dr. President minister mayor of the The and , . ( ) ' 's – - HBA in said from "
    "to van der county counties Jo-eun, Orvelia Orvelian he \n\n “ ” 12 was who & Ltd National".split(" ")
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_spans_lie_in_the_text_in_order_and_stand_for_something(text: str) -> None:
    layers = annotate(text, {})
    for line in layers.lines:
        starts = [n.start for n in line.names]
        assert starts == sorted(starts)
        for name in line.names:
            assert line.span.start <= name.start < name.end <= line.span.end
            assert name.id in layers.entities
            assert name.title is None or 0 <= name.title.start < name.title.end <= name.start


@pytest.mark.parametrize(
    "piece",
    [
        "Ana ",
        "Ana Belk, ",
        "the ",
        "of ",
        "Bank of ",
        "A and ",
        "Mr. ",
        "(HB) ",
        "Union ",
        "van der ",
        "Minister ",
        "-",
        "she ",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    """Whatever is repeated, without a line break: as many words again take as long again."""
    assert growth(lambda times: annotate(piece * times, {}), 4000) < 2.3
