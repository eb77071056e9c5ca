"""How a story is told: sentences of `articles.yml`, with their alternatives chosen and their names filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .drawing import Draw
from .names import Body, Person, Place
from .stories import Cast, Story

CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
SMALL = "zero one two three four five six seven eight nine".split()


@cache
def wording() -> Mapping[str, Any]:
    """The sentences, as `articles.yml` has them."""
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("articles.yml").read_text(encoding="utf-8"))
    return loaded


@cache
def casts() -> Mapping[str, Cast]:
    """What every kind of story is of."""
    words = wording()
    return {name: Cast(kind["cast"], kind["things"], words["goods"]) for name, kind in words["stories"].items()}


class Teller:
    """Fills sentences in for one article; whoever was named in full is called by a shorter name after that."""

    def __init__(self, story: Story, on: date, draw: Draw) -> None:
        self.story = story
        self.on = on
        self.draw = draw
        self._named: set[object] = set()

    @property
    def names(self) -> set[str]:
        """First words of names that a sentence may begin with: they keep their capital within another."""
        places = (self.story.values[letter] for letter in "XY")
        return {place.name.split()[0] for place in places if isinstance(place, Place)} | {str(self.story.values["N"])}

    def tell(self, sentence: str) -> str:
        """A sentence of `articles.yml` in words."""
        while CHOICE.search(sentence):
            sentence = CHOICE.sub(lambda found: self.draw.one(found[1].split("|")), sentence, count=1)
        told = SLOT.sub(lambda found: self._slot(found[1], found[2] or ""), sentence)
        at = 1 if told.startswith('"') else 0
        return told[:at] + told[at].upper() + told[at + 1 :]

    def _slot(self, name: str, form: str) -> str:
        if name == "words":
            return self.tell(self.draw.one(wording()["words"]))
        if name == "phrase":
            return str(self.draw.one(wording()["phrases"]))
        if name == "day":
            return f"on {self.on:%A}"
        if name == "late":
            return "later than planned" if self.story.late else "earlier than some had feared"
        if form in ("since", "founded", "people"):
            number = getattr(self.story.values[name], form)
            return f"{number:,}" if form == "people" else str(number)
        value = self.story.values[name]
        if isinstance(value, date):
            return self._date(value, form)
        if isinstance(value, int):
            return SMALL[value] if value < len(SMALL) and form != "figure" else f"{value:,}"
        again = value in self._named
        self._named.add(value)
        if isinstance(value, Person):
            return self._person(value, form, again)
        if isinstance(value, Body):
            return self._body(value, form, again)
        if isinstance(value, Place):
            return value.name
        return f"{'an' if str(value)[0] in 'aeiou' else 'a'} {value}" if form == "a" else str(value)

    def _person(self, person: Person, form: str, again: bool) -> str:
        if form in ("name", "post"):
            return person.name if form == "name" else person.post
        if again:
            return person.family
        if form == "titled" or self.draw.share() < 0.6:
            return f"{person.post} {person.name}"
        self._named.add(person.body)
        return f"{person.name} of {_the(person.body)}"

    def _body(self, body: Body, form: str, again: bool) -> str:
        if form == "plain":
            return body.name
        return (
            f"the {body.noun}" if again and body is self.story.values["O"] and self.draw.share() < 0.6 else _the(body)
        )

    def _date(self, when: date, form: str) -> str:
        month = f"{when:%B}" if abs((when - self.on).days) < 200 else f"{when:%B} {when.year}"
        if form == "year":
            return str(when.year)
        if form == "month":
            return month
        if form == "in":
            return f"in {month}"
        if form == "by":
            return self.draw.one((f"by the end of {month}", f"by {month}", f"by the end of {when.year}"))
        words = f"{when.day} {when:%B}" + ("" if when.year == self.on.year else f" {when.year}")
        return words if form == "bare" else f"on {words}"


def _the(body: Body) -> str:
    return body.name if body.bare else f"the {body.name}"
