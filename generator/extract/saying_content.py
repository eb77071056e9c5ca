"""What a verb attributes: the speech before it, or what follows it and suits it."""

from __future__ import annotations

import re

from generator.extract.saying import PERSON, Saying, adjuncts_end, clause_end, sentence, speech_from, verb_group
from generator.extract.speakers import Subject
from generator.extract.tagged import Tagged

NOUN = re.compile(r"[DGCNMqJPQLWU]")
CLAUSE = re.compile(r"[DGCNMqPRBEUWLI]")
BARE_CLAUSE = re.compile(r"P|[DM]*+[CNG]++(?:[OR]D*+[CNG]++)?E*+A")
BARE_INFINITIVE = re.compile(r"(?:J|[DM]*+[CNG]++(?:[OR]D*+[CNG]++)?)T")  # "expects it to open"
LABEL = re.compile(r"[qQ]|[CNGJM][DBTL]|JN")
AGAIN = re.compile(r"[^.!:;QqVAP]{0,14}[,:;-]B?(?=[Qq])")  # from the verb to the next piece of what is said
FINITE = re.compile(r"[AVLPqQ]")


def speech_before(tagged: Tagged, extent: tuple[int, int], subject: Subject, cue: tuple[int, int]) -> Saying | None:
    """`"A," X said.`, `"A," X said, "B."` and, with words outside the marks, `The plan is "a mistake," X said.`"""
    tags = tagged.tags
    low, high = extent
    speech = low - 1
    if speech >= 0 and tags[speech] == "E":
        speech -= 1
    while speech >= 0 and tags[speech] in ",-!":
        speech -= 1
    if speech < 0 or tags[speech] not in "Qq":
        return None
    start, _ = sentence(tags, speech)
    direct = tags[speech] == "Q" or speech == start
    pieces = [(speech if direct else start, speech + 1)]
    again = AGAIN.match(tags, high)
    if again and not any("quote" in tagged.verbs[i].takes for i in range(high, again.end()) if i in tagged.verbs):
        pieces += speech_from(tags, again.end())
    return Saying(tuple(pieces), subject, cue, extent, (), direct)


def what_follows(tagged: Tagged, cue: int, end: int, subject: Subject) -> Saying | None:
    """What stands after the verb (from token `end` on), if it is something that the verb takes."""
    tags, verb = tagged.tags, tagged.verbs[cue]
    high = clause_end(tags, end)
    if subject.low > 0 and tags[subject.low - 1] == "W" and (comma := tags.find(",", end, high)) > end:
        high = comma  # "which experts assume will be held in spring, …": the relative clause ends there
    at = end
    if "person" in verb.takes and (person := PERSON.match(tags, end)) and person.end() < high:
        at = person.end()
    at = adjuncts_end(tagged, at)
    group, extent = (verb_group(tags, cue), cue + 1), (subject.low, at)
    if verb.takes & {"quote", "clause"}:
        speech = at + (tags[at] in ",:-")
        stopped = (
            speech < len(tags) and tags[speech] == "Q" and tagged.words[speech] != ""
        )  # `chanted "No!" as it passed`
        alone = stopped or tags[speech + 1 : speech + 2] in (".", "!", ",")
        if tags[speech : speech + 1] == "Q" and (speech > at or alone):
            return Saying(tuple(speech_from(tags, speech)), subject, group, extent, (), True)
        if tags[speech : speech + 1] == "q" and speech > at and alone:
            return Saying(((speech, speech + 1),), subject, group, extent, (), True)
    if "label" in verb.takes and subject.low and tags[subject.low - 1] == "U" and tags[at : at + 1] == "q":
        high = at + 1  # "what X called "a mess" led to a strike"
    start = _start(tags, verb.takes, at, end, high, relative=subject.low > 0 and tags[subject.low - 1] in "WH")
    return Saying(((start, high),), subject, group, extent) if 0 <= start < high else None


def _start(tags: str, takes: frozenset[str], at: int, end: int, high: int, *, relative: bool) -> int:
    """The token at which what a verb takes starts: `at` if it is a clause, `end` if a noun phrase; -1 if neither."""
    tag = tags[at]
    clause = bool(takes & {"that", "clause"})
    if "quote" in takes and ((tag == ":" and at + 1 < high) or tags[at : at + 2] in (",H", ",q", ":q")):
        return at + 1
    if (
        (tag == "H" and takes & {"that", "clause", "quote"})
        or (tag == "U" and takes & {"that", "clause", "whether"})
        or (tag == "T" and "to" in takes and tags[at + 1] not in "DMCGPJ")
        or ("to" in takes and "person" not in takes and BARE_INFINITIVE.match(tags, at))
        or (tag in "qQ" and (clause or "quote" in takes))
        or (tag == "A" and clause and relative)
        or ("clause" in takes and CLAUSE.match(tags, at) and FINITE.search(tags, at, high))
        or ("that" in takes and BARE_CLAUSE.match(tags, at, high))
    ):
        return at
    if NOUN.match(tags, end) and ("noun" in takes or ("label" in takes and LABEL.search(tags, end, high))):
        return end
    return -1
