"""The lexicon `names`, in the shape that look-ups want, and the words that no name or title reaches over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.lexicon import Lexicons


@dataclass(frozen=True)
class Vocabulary:
    """The lexicon `names`, in the shape that look-ups want."""

    heads: dict[str, frozenset[str]]
    titles: frozenset[str]
    compound_titles: frozenset[tuple[str, ...]]
    title_before: frozenset[str]
    address: frozenset[str]
    connectors: frozenset[str]
    person_connectors: frozenset[str]
    particles: frozenset[str]
    """Those of them that only persons have."""
    also_firms: frozenset[str]
    """Titles that stand in other names too."""
    joint: frozenset[str]
    """Heads of bodies that two matters may share: `the Coast and Border Agency`."""
    apposed: frozenset[str]
    """What a body is called before its name: `the aid group`."""
    alone: frozenset[str]
    """Heads of bodies that are names by themselves: `Parliament`."""
    legal: frozenset[str]
    """What a firm's name may lack: `Ltd`."""
    families: frozenset[str]
    """Titles that are family names too: `Mr King`."""
    given: frozenset[str]
    """Titles that are given names too."""
    opening: frozenset[str]
    """Those of `never` that may open the name of a body."""
    verbs: frozenset[str]
    """What a person does beside his name: `said`."""
    compass: frozenset[str]
    common_places: frozenset[str]
    """Heads that in lower case make no name of the word before: `a Torvik town`."""
    months: frozenset[str]
    before_month: frozenset[str]
    never: frozenset[str]
    place_before: frozenset[str]
    place_plural: dict[str, str]


@lru_cache(maxsize=4)
def vocabulary(lexicons: Lexicons) -> Vocabulary:
    """The names lexicon, compiled once."""
    table = lexicons["names"]
    return Vocabulary(
        heads={family: frozenset(table[family]["head"]) for family in ("organisation", "place", "programme")},
        titles=frozenset(f"{joint}{title}" for title in table["titles"]["head"] for joint in ("", "co-")),
        compound_titles=frozenset(tuple(t.split()) for t in table["titles"]["compound"]),
        title_before=frozenset(table["titles"]["before"]),
        address=frozenset(table["titles"]["address"]),
        connectors=frozenset(table["connectors"]),
        person_connectors=frozenset(table["person-connectors"]),
        particles=frozenset(table["particles"]),
        also_firms=frozenset(table["titles"]["also-firms"]),
        joint=frozenset(table["organisation"]["joint"]),
        apposed=frozenset(table["organisation"]["apposed"]),
        alone=frozenset(table["organisation"]["alone"]),
        legal=frozenset(table["organisation"]["legal"]),
        families=frozenset(table["titles"]["also-families"]),
        given=frozenset(table["titles"]["also-given"]),
        opening=frozenset(table["opening"]),
        verbs=frozenset(table["person-verbs"]),
        compass=frozenset(table["place"]["compass"]),
        common_places=frozenset(table["place"]["common"]),
        months=frozenset(table["months"]),
        before_month=frozenset(table["before-month"]),
        never=frozenset(table["never"]),
        place_before=frozenset(table["place"]["before"]),
        place_plural=dict(table["place"]["plural"]),
    )


STOPS = frozenset(
    (
        "the a an this that these those its his her their our my your and or but of in at on by for from to with "
        "as while when who which said says told was were is are has have had been be will would about into over "
        "under after before since including like than then so if because whose whom also not no nor against "
        "between among during how why what where"
    ).split()
)
"""Words that no title reaches over."""
