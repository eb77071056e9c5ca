"""What is kept of readings: whatever seeds and names came and went before, what is read is what reading all anew gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base import Base
from generator.lexicon import packaged_lexicons
from generator.model import Entity, Extraction, Seed, Source
from generator.naming import read_all
from generator.postings import Postings
from generator.registry import RegistryFile
from generator.seeds import read_seed
from generator.store import Store

TEXTS = (
    "Tolle opened the Linden Bridge in Port Ellery on Friday, the Harbour Board of Ellery said.",
    "Mira Tolle, who chairs the Harbour Board of Ellery, said on Thursday that the bridge will open in June. (Harl Press)",
    "The Harl Power Board (HPB) opened a dam in Norway on Monday. It employs 40 people.",
    "Its builder HPB said on Tuesday that it would close the dam on July 1. (HPB)",
    "Norwegian engineers visited Oslo on Monday. The Gulf Watch Group said May would meet Odo Brant in Harl County.",
    "HARL, May 4 (Harl Press) -- In May the gulf watch group met Foreign Minister Odo Brant. Brant called for talks about the works in the county.",
    "Marn & Belk said 300 workers would go. Its owner, Corvid, denied it on Sunday. Sir Odo Brant-Lee left for Jordan Valley.",
    "The ministry of works in Ellery told Mira Tolle’s office that 12 ships were late. She said: “We will see.”",
    "Ana Belk met Tolle at the Red Cross in Dray. The red cross on the map showed the port of Ellery, the United States said.",
)
NAMES = (
    Entity(id="mira-tolle", name="Mira Tolle", kind="person", aka=("Tolle",)),
    Entity(id="tolle", name="Tolle", kind="place"),
    Entity(id="port-ellery", name="Port Ellery", kind="city", aka=("Ellery", "port of Ellery"), in_="norway"),
    Entity(id="harbour-board", name="Harbour Board of Ellery", kind="organisation", aka=("HBE",)),
    Entity(id="harbour-board-of-ellery", name="The Board", kind="organisation", merged_into="harbour-board"),
    Entity(id="hpb", name="HPB", kind="company"),
    Entity(id="harl-power-board", name="Harl Power Board", kind="organisation", status="confirmed"),
    Entity(id="harl-press", name="harl press", kind="organisation", aka=("Red Cross",)),
    Entity(id="norway", name="Norway", kind="country", aka=("Norwegian",), status="confirmed"),
    Entity(id="norge", name="Norway", kind="place"),
    Entity(id="oslo", name="Oslo", kind="city", merged_into="norway"),
    Entity(id="gulf-watch", name="gulf watch group", kind="organisation", aka=("The Gulf",)),
    Entity(id="may", name="May", kind="person"),
    Entity(id="odo-brant", name="Odo Brant", kind="person", aka=("Odo Brant-Lee", "Brant")),
    Entity(id="brant", name="Brant", kind="company", aka=("Marn & Belk", "MARN & BELK")),
    Entity(id="works", name="ministry of works", kind="ministry", aka=("Ministry of Works",)),
    Entity(id="red-cross", name="Red Cross", kind="organisation", aka=("red cross",), in_="jordan"),
    Entity(id="linden-bridge", name="linden bridge", kind="place", merged_into="port-ellery"),
)
WITHHELD = ("mira-tolle", "harl-county", "corvid", "norway", "ana-belk", "hpb")
RENAMED = ("Mira Tolle", "Brant", "Corvid", "the gulf", "Harl Press", "HPB", "Jordan")

seeds = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(TEXTS)), max_size=5, unique_by=lambda pair: pair[0])
names = st.lists(
    st.one_of(
        st.sampled_from(NAMES),
        st.builds(
            lambda entity, aka, status: Entity(
                id=entity.id, name=entity.name, kind=entity.kind, in_=entity.in_, aka=(aka,), status=status
            ),
            st.sampled_from(NAMES),
            st.sampled_from(RENAMED),
            st.sampled_from(("candidate", "confirmed")),
        ),
    ),
    max_size=9,
    unique_by=lambda entity: entity.id,
)
withheld = st.lists(st.sampled_from(WITHHELD), max_size=2, unique=True)
state = st.tuples(seeds, names, withheld)


def read(given: Any, store: Store) -> tuple[dict[str, Extraction], dict[str, bytes], Any]:
    numbered, listed, out = given
    made = [read_seed(f"{n}.txt", f"date 2031-05-0{n + 1} {text}".encode())[0] for n, text in numbered]
    found = [seed for seed in made if isinstance(seed, Seed)]
    file = RegistryFile(path="", text="", entities={entity.id: entity for entity in listed}, marks={})
    base = Base(source=Source(id="a", date="2031", seed="a.txt", sha256=""), sha256="", entities=tuple(out))
    ids = {seed.path: f"source-{seed.path[0]}" for seed in found}
    extracted, known = read_all(found, ids, {"all.yml": file}, packaged_lexicons(), {"a": base}, iter, store=store)
    told = known, [(seed.path, doubt) for seed, doubt in extracted.doubts()], set(extracted.named)
    return {id_: extracted.extraction(id_) for id_ in extracted.keys}, extracted.keys, told


def merged(extraction: Extraction) -> Any:
    """All that merging has of an extraction."""
    return extraction.source, extraction.facts, {entity.id for entity in extraction.candidates}


@given(st.lists(state, min_size=2, max_size=5))
@settings(max_examples=20, deadline=None)
def test_readings_are_those_of_reading_all_anew(states: list[Any]) -> None:
    store = Store()
    before: Mapping[str, Extraction] = {}
    keys_before: Mapping[str, bytes] = {}
    for given_ in states:
        kept, keys, told = read(given_, store)
        anew, _, told_anew = read(given_, Store())
        assert kept == anew
        assert told == told_anew
        for id_ in kept.keys() & before.keys():
            if keys[id_] == keys_before[id_]:
                one, other = before[id_], kept[id_]
                assert (one.source, one.facts) == (other.source, other.facts)
                assert {e.id for e in other.candidates} <= {e.id for e in one.candidates}
        before, keys_before = kept, keys


def test_nothing_is_read_again_where_nothing_that_was_asked_for_has_changed() -> None:
    store, seen, last = Store(), list[str](), dict[str, Entity]()

    def progress(seeds: Any) -> Any:
        seen.extend(seed.path for seed in seeds)
        return seeds

    def run(count: int, *listed: Entity) -> list[str]:
        made = [read_seed(f"{n}.txt", f"date 2031-05-02 {TEXTS[n]}".encode())[0] for n in range(count)]
        found = [seed for seed in made if isinstance(seed, Seed)]
        file = RegistryFile(path="", text="", entities={entity.id: entity for entity in listed}, marks={})
        seen.clear()
        _, known = read_all(
            found, {s.path: s.path for s in found}, {"a": file}, packaged_lexicons(), {}, progress, store=store
        )
        last.update(known)
        return list(seen)

    assert run(5) == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"] * 2
    found = tuple(last.values())
    assert run(5) == []
    assert run(5, *found) == []
    assert run(6, *found)[0] == "5.txt"
    assert run(6, *found, Entity(id="corvid", name="Corvid", kind="company")) == []


words = st.lists(st.sampled_from("abcdefg"), unique=True, max_size=4)


@given(st.lists(st.tuples(st.sampled_from([0, 1, 511, 512, 1025]), words, st.booleans()), max_size=12), words)
def test_postings_hold_what_was_added_and_not_removed(
    steps: list[tuple[int, list[str], bool]], asked: list[str]
) -> None:
    index, held = Postings(Store(), "words"), dict[int, set[str]]()
    for number, given_, more in steps:
        (index.add if more else index.remove)(number, given_)
        there = held.setdefault(number, set())
        held[number] = there | set(given_) if more else there - set(given_)
        if len(given_) > 2:
            index.close()
    if asked:
        assert index.holding(asked) == {number for number, there in held.items() if there >= set(asked)}
