"""The rules of attribution, in the order in which they are tried for each verb (or `according to`)."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.extract import speakers
from generator.extract.saying import (
    PERSON,
    Saying,
    adjuncts_end,
    clause_end,
    passive,
    sentence,
    speech_from,
    verb_group,
)
from generator.extract.saying_content import speech_before, what_follows
from generator.extract.speakers import Subject
from generator.extract.tagged import Tagged
from generator.extract.vocabulary import Vocabulary

FINITE = re.compile(r"[AVLPqQ]")
APPOSITION = re.compile(r",(?:[DMG]*+[CNGL]++|W)[^.!,;:QqV]{0,20}+(?=[.!,])")
OTHER_CLAUSE = re.compile(r"[HUWQq,:]")
QUOTED_REACH = 10
"""Tokens between `quoted` and `as saying`."""


def quoted_as_saying(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """`"A," X was quoted as saying by Y`, `X was quoted by Y as saying that A`, `Y quoted X as saying that A`."""
    tags, words = tagged.tags, tagged.words
    if tags[cue] != "I" or cue < 3 or words[cue - 1] != "as":
        return None
    quoted = next((i for i in range(cue - 2, max(0, cue - 2 - QUOTED_REACH), -1) if words[i] in known.quoted), 0)
    if not quoted:
        return None
    end = cue + 1
    if words[quoted - 1] in known.be:
        subject, reporter = speakers.before(tagged, quoted), None
        by = quoted + 1 if words[quoted + 1] == "by" else cue + 1
        if words[by] == "by" and (reporter := speakers.after(tagged, by + 1)):
            end = max(end, reporter.high)
    else:
        subject, reporter = speakers.after(tagged, quoted + 1), speakers.before(tagged, quoted)
    if subject is None:
        return None
    group = (verb_group(tags, quoted), cue + 1)
    extent = (min(subject.low, reporter.low if reporter else subject.low), end)
    saying = speech_before(tagged, extent, subject, group) or what_follows(tagged, cue, end, subject)
    return saying._replace(via=(reporter,) if reporter else (), cue=group) if saying else None


def according_to(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """`According to X, A`, `A, according to X`, `A, according to X, A`."""
    tags = tagged.tags
    if tags[cue] != "Y" or not (subject := speakers.after(tagged, cue + 1)):
        return None
    low, high = sentence(tags, cue)
    extent = (cue, subject.high)
    comma = tags.find(",", subject.high, high)
    if tags[low:cue].strip(",") in ("q", "Q"):
        return Saying(tuple(speech_from(tags, low)), subject, (cue, cue + 1), extent, (), True)
    before, after = (low, cue), (comma + 1, high)
    pieces: tuple[tuple[int, int], ...]
    if cue - low <= 1:  # nothing but "but" or "and" before it
        pieces = (after,) if 0 < comma < high - 1 else ()
    else:
        pieces = (before, after) if 0 < comma < high - 4 and tags[cue - 1] == "," else (before,)
    return Saying(pieces, subject, (cue, cue + 1), extent) if pieces else None


def verb_last_inverted(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """`"A," said X, a lawyer in Selm.` and `A, said X.`"""
    tags, verb = tagged.tags, tagged.verbs.get(cue)
    if verb is None or tags[cue] != "V" or "quote" not in verb.takes or passive(tagged, cue, known):
        return None
    group = verb_group(tags, cue)
    if not group or tags[group - 1] not in "Qq," or not (subject := speakers.after(tagged, cue + 1)):
        return None
    if tags[group - 1] in "Qq" or tags[group - 2 : group - 1] in ("Q", "q"):
        end = subject.high
        while found := APPOSITION.match(tags, end):
            end = found.end()
        return speech_before(tagged, (group, adjuncts_end(tagged, end)), subject, (group, cue + 1))
    low, _ = sentence(tags, cue)
    if speakers.before(tagged, cue):  # "X, who owns it, denied B"
        return None
    if group == cue and tags[adjuncts_end(tagged, subject.high)] in ".!," and low < group - 2:
        return Saying(((low, group - 1),), subject, (cue, cue + 1), (group, subject.high))
    return None


def verb_last(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """`"A," X said.` and `A, X said on Monday.`; what is said starts with the sentence."""
    tags, verb = tagged.tags, tagged.verbs.get(cue)
    if verb is None or tags[cue] != "V" or not verb.takes & {"quote", "clause", "that"} or passive(tagged, cue, known):
        return None
    subject = speakers.before(tagged, cue)
    if subject is None or subject.start == 0:
        return None
    low, end = subject.start, cue + 1
    if "person" in verb.takes and (person := PERSON.match(tags, end)):
        end = person.end()
    end = adjuncts_end(tagged, end)
    after_speech = tags[low - 1] in "Qq" or (low > 1 and tags[low - 1] in ",-!E" and tags[low - 2] in "Qq")
    if after_speech and tags[end] not in ".!,;:-" and ("!" in tags[low - 2 : low] or _in_introduction(tags, low - 2)):
        after_speech = False  # `"A." He said that B`, `In the film "A," Lund said that B`
    if tags[end] in ",:" and tags[end + 1 : end + 2] == "Q" and not (after_speech and tags[low - 1] in "Qq,"):
        return None  # `Asked about it, X said, "A"`
    if after_speech and ("quote" in verb.takes or tags[end] in ".!,"):
        return speech_before(tagged, (low, end), subject, (verb_group(tags, cue), cue + 1))
    if tags[low - 1] not in ",-":
        return None
    start, stop = sentence(tags, low)
    if tags[end] not in ".!,;-":
        if tags[cue + 1] not in "RBZ" or tags[start] in "BRI" or OTHER_CLAUSE.search(tags, cue + 1, stop):
            return None
        end = stop  # "A, X said on Monday after most votes had been counted."
    group = (verb_group(tags, cue), cue + 1)
    whole = low - 1 - start >= 2 and FINITE.search(tags, start, low - 1)
    goes_on = "RBTODCP" if whole else "AERBTODCGNMP"
    if "clause" in verb.takes and tags[end] in ",-" and tags[end + 1] in goes_on and start < low - 1:
        rest = (end + 1, clause_end(tags, end + 1))  # "The mill, X said, will open."
        return Saying(((start, low - 1), rest), subject, group, (low, end))
    if not whole:
        return None
    return Saying(((start, low - 1),), subject, group, (low, end))


def verb_first(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """`X said (that) A`, `X said: "A"`, `…, stressing A`, `… and called for A`, `which X assume A`."""
    tags, verb = tagged.tags, tagged.verbs.get(cue)
    if verb is None or passive(tagged, cue, known):
        return None
    group = verb_group(tags, cue)
    before = tags[group - 1] if group else "."
    shares = before in ",KRTB.!" and not (before == "," and tags[cue] == "V")
    subject = (
        (_shared(tagged, group, known) or speakers.main(tagged, group)) if shares else speakers.before(tagged, cue)
    )
    if subject and tags[cue] == "I" and tags[cue - 1] == "C":
        low = cue - len(tags[:cue]) + len(tags[:cue].rstrip("C"))
        subject = Subject(low, cue, low)  # "shows footage of Bo Lund saying"
    if subject is None or not (saying := what_follows(tagged, cue, cue + 1, subject)):
        return None
    if before == "N" and tagged.words[cue] in known.nouns and tags[saying.pieces[0][0]] not in "HUTQq":
        return None  # "derogatory comments they had made"
    if tags[cue] == "I" and before in "NC" and tagged.words[cue - 1] not in known.mediums:
        return saying if tags[saying.pieces[0][0]] in "HQq" else None  # not "a plan outlining its course"
    if _unreal(tagged, group, cue, saying, known):
        return None
    return saying._replace(extent=(group, saying.extent[1])) if shares or tags[cue] == "I" else saying


def by_agent(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """`A was praised by X`: X speaks of A."""
    tags, verb = tagged.tags, tagged.verbs.get(cue)
    if verb is None or "noun" not in verb.takes or not passive(tagged, cue, known) or tagged.words[cue + 1] != "by":
        return None
    agent, group = speakers.after(tagged, cue + 2), verb_group(tags, cue)
    subject = speakers.before(tagged, cue)
    if agent is None or subject is None or subject.high > group:
        return None
    return Saying(((subject.low, subject.high),), agent, (group, cue + 2), (group, agent.high))


Rule = Callable[[Tagged, int, Vocabulary], Saying | None]
VERB_RULES: tuple[Rule, ...] = (quoted_as_saying, verb_last_inverted, verb_last, by_agent, verb_first)


def _unreal(tagged: Tagged, group: int, cue: int, saying: Saying, known: Vocabulary) -> bool:
    """Whether nobody has said so: `could deny the permit`, `did not mention it`, `to discuss the mill`, `refused to
    say that …`. A clause after a negation or a modal (`would say that …`) is attributed all the same."""
    tags, verb = tagged.tags, tagged.verbs[cue]
    noun_phrase = saying.pieces[0][0] == cue + 1 and tags[cue + 1] not in "HUTQq:,"
    if group == cue and group > 1 and tags[group - 1] == "T":
        return noun_phrase or "quote" not in verb.takes or tags[group - 2] == "V"
    return noun_phrase and any(word in known.unreal for word in tagged.words[group:cue])


def _shared(tagged: Tagged, at: int, known: Vocabulary) -> Subject | None:
    """The subject of the first verb of attribution before token `at` in its sentence: `X said A and called B C`."""
    tags = tagged.tags
    start = speakers.clause_start(tags, at)
    for i in range(start, at):
        if tags[i] == "V" and i in tagged.verbs and not passive(tagged, i, known):
            subject = speakers.before(tagged, i)
            if subject and subject.low >= start and tags[verb_group(tags, i) - 1] not in "TW":
                return subject
    return None


def _in_introduction(tags: str, at: int) -> bool:
    """Whether a quoted phrase ends what introduces a clause: `In the film "A," Lund said`."""
    start, _ = sentence(tags, at)
    return tags[at] == "q" and start < at and tags[start] in "RBIE" and not FINITE.search(tags, start, at)
