"""Quotations: what is said, by whom, through whom; and the pairing of marks that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from growth import growth
from hypothesis import given
from hypothesis import strategies as st

from generator.extract.marks import outer_quotes
from generator.extract.quotations import Attribution, find_quotations
from generator.extract.segment import segment
from generator.lexicon import packaged_lexicons
from generator.model import Span

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(Path(__file__).parent.glob("cases/quotations/*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
PIECES = ['"', "“", "”", "'", "‘", "’", ",", ".", "?", ":", " — ", "\n\n", "\n", " ", "(", ")", " said ", " Bo Lund ",
          " that ", " the mill ", " is late", " he ", " who ", " and ", " according to ", " told ", " adding ",
          " quoted ", " as saying ", " by ", " citing ", " on Monday", "workers", " in ", " called "]  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A name as another layer finds it."""

    start: int
    end: int


def found(text: str, names: tuple[Named, ...] = ()) -> tuple[Attribution, ...]:
    lexicons = packaged_lexicons()
    segments = segment(text, lexicons)
    return find_quotations(segments, outer_quotes(segments), names, lexicons)


def quoted(text: str) -> list[Span]:
    return [quote.inner for quote in outer_quotes(segment(text, packaged_lexicons()))]


def words(text: str, value: Span | tuple[Span, ...] | None) -> Any:
    return [span.of(text) for span in value] if isinstance(value, tuple) else value and value.of(text)


@pytest.mark.parametrize("case", CASES)
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    attributions = found(text)
    assert len(attributions) == len(case["found"]), [words(text, a.spans) for a in attributions]
    for have, want in zip(attributions, case["found"], strict=True):
        got = {
            "kind": have.kind,
            "speaker": words(text, have.speaker),
            "source": words(text, have.source),
            "cue": words(text, have.cue),
            "said": words(text, have.spans),
            "phrases": words(text, have.phrases),
            "via": words(text, have.via),
        }
        assert {key: got[key] for key in want} == want
        assert got["via"] == want.get("via", [])


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('"A, b," he said. "C."', ["A, b,", "C."]),
        ("He said: 'We can’t go,' and left. 'It's the workers' fault,' said Bo.", ["We can’t go,", "It's the workers' fault,"]),
        ("‘It’s the players’ union,’ she said. The workers’ rights in the ’90s.", ["It’s the players’ union,"]),
        ("“One.\n\n“Two.\n\n“Three,” he said.", ["One.", "Two.", "Three,"]),
        ("“He said ‘no’ and “never” twice,” she said.", ["He said ‘no’ and “never” twice,"]),
        ('"Left open, he said.\n\nNext "ok" here.', ["Left open, he said.", "ok"]),
        ("the ''phrase'' and ``another'' one", ["phrase", "another"]),
        ("rock 'n' roll, 'tis the dogs' bone", []),
        ('"Foo"-like and ("bar").', ["Foo", "bar"]),
        ("„Ja“ and «oui»", ["Ja", "oui"]),
        ("‘One thing.\n\n‘Another,’ he said.", ["One thing.", "Another,"]),
        ("", []),
    ],
)  # fmt: skip
def test_marks(text: str, inner: list[str]) -> None:
    assert [span.of(text) for span in quoted(text)] == inner


def test_a_known_name_is_the_speaker() -> None:
    text = "The Ministry of Mills and Dams said the mill was lost."
    assert [words(text, a.speaker) for a in found(text)] != ["Ministry of Mills and Dams"]
    (attribution,) = found(text, (Named(4, 30),))
    assert words(text, attribution.speaker) == "Ministry of Mills and Dams"


def test_a_name_elsewhere_in_the_phrase_is_not_the_speaker() -> None:
    text = "A spokesman for Bo Lund said the mill was lost."
    (attribution,) = found(text, (Named(16, 23),))
    assert words(text, attribution.speaker) == "A spokesman"


def test_the_lexicon_holds_words_only() -> None:
    table = packaged_lexicons()["quotations"]
    lists = [v for v in table.values() if isinstance(v, list) and v is not table["verbs"]] + list(
        table["words"].values()
    )
    assert all(isinstance(word, str) for entries in lists for word in entries)
    assert all(len(form.split()) >= 3 for group in table["verbs"] for form in group["forms"])


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_whatever_the_text(text: str) -> None:
    for a in found(text):
        assert a.spans
        assert (a.start, a.end) == (a.spans[0].start, a.spans[-1].end)
        assert list(a.spans) == sorted(a.spans)
        for span in (*a.spans, *a.phrases, *a.via, *filter(None, (a.speaker, a.cue, a.source))):
            assert 0 <= span.start <= span.end <= len(text)
        assert all(Span(a.start, a.end).overlaps(p) or not len(p) for p in a.phrases)
    spans = quoted(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "“A.”\n\n",
        "‘",
        "s’ a ",
        '"A," x said, ',
        "x said ",
        "which he said ",
        "in Selm ",
        "told x and ",
        "citing x, ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    assert growth(lambda size: found(piece * (size // len(piece))), 80_000) < 2.3
