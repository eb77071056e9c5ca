"""How much of an article some text repeats: what `publish_source_text` is measured by, on pages and in files alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.excerpt import LIMIT
from generator.link import Briefing

ALLOWED: Mapping[str, int] = {"excerpts": LIMIT, "none": 7}
"""Words in a run by policy; a name or a title of a few words is nobody's text."""
WORD = re.compile(r"\w+(?:['’-]\w+)*|…")
"""A word, or the sign that words were left out, which ends a run."""


def runs(text: str, source: str, speech: Iterable[str] = ()) -> int:
    """Words of the longest run that a text shares with a source, outside direct quotations (`speech`).

    Words alone are compared: neither case, nor white space, nor punctuation between them matters.
    """
    for words in sorted(speech, key=len, reverse=True):
        text, source = text.replace(words, " 0¶0 "), source.replace(words, " 1¶1 ")
    told, known = (WORD.findall(each.casefold()) for each in (text, source))
    places: dict[str, list[int]] = {}
    for place, word in enumerate(known):
        places.setdefault(word, []).append(place)
    longest, ending = 0, {}
    for word in told:
        ending = {place: ending.get(place - 1, 0) + 1 for place in places.get(word, ())}
        longest = max(longest, max(ending.values(), default=0))
    return longest


def speech(briefing: Briefing) -> list[str]:
    """Direct quotations, which policy lets stand whole unless it publishes nothing."""
    if briefing.settings.publish_source_text == "none":
        return []
    return [s.fact.quote for s in briefing.statements if s.fact.kind == "quotation"]


def most(text: str, briefing: Briefing) -> int:
    """The longest run that a text shares with any source of a briefing."""
    return max((runs(text, seed.text, speech(briefing)) for seed in briefing.seeds.values()), default=0)
