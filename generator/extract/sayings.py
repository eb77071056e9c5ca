"""All attributions of a tagged paragraph: the rules applied to each verb, then fitted to one another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from generator.extract import speakers
from generator.extract.asides import writer_goes_on
from generator.extract.saying import Saying, clause_end, speech_from
from generator.extract.saying_nouns import noun_that, words_of
from generator.extract.saying_rules import VERB_RULES, Rule, according_to
from generator.extract.speakers import Subject
from generator.extract.tagged import Tagged
from generator.extract.vocabulary import Vocabulary

OTHER_CUES = re.compile(r"Y|[NC](?=[HqQ])")
BY_TAG: dict[str, tuple[Rule, ...]] = {
    "N": (noun_that, words_of),
    "C": (noun_that, words_of),
    "Y": (according_to,),
    "V": VERB_RULES,
    "I": VERB_RULES,
}
SIGNED = re.compile(r"(?:^|(?<=[.!CN]))[Qq][.!]?-(C{1,5}+)(?=[.!Qq])")


def find_sayings(tagged: Tagged, known: Vocabulary) -> list[Saying]:
    """The attributions of one paragraph, by verb; none holds the words that attribute another one beside it."""
    cues = sorted([*tagged.verbs, *(m.start() for m in OTHER_CUES.finditer(tagged.tags))])
    found = [next(filter(None, (rule(tagged, cue, known) for rule in BY_TAG[tagged.tags[cue]])), None) for cue in cues]
    sayings = [saying for saying in found if saying and not _nobody(tagged, saying)]
    return _continued(tagged, _cited(tagged, _cut(tagged, [*sayings, *_signed(tagged.tags)], known), known))


def _nobody(tagged: Tagged, saying: Saying) -> bool:
    """Whether the subject is nobody who speaks: a bare number, `there`."""
    subject = saying.subject
    return subject is not None and (
        set(tagged.tags[subject.low : subject.high]) <= set("M") or tagged.words[subject.low].startswith("there")
    )


def _signed(tags: str) -> list[Saying]:
    """`"A." — X`: what stands after a quotation and a dash is who said it."""
    return [
        Saying(((m.start(), m.start() + 1),), Subject(*m.span(1), m.start(1)), (m.start(1) - 1, m.start(1)), m.span(1), (), True)
        for m in SIGNED.finditer(tags)
    ]  # fmt: skip


def _cut(tagged: Tagged, sayings: list[Saying], known: Vocabulary) -> list[Saying]:
    """End what is said indirectly where the words of the next attribution start."""
    by_start = sorted(sayings, key=lambda saying: saying.extent)
    starts = [saying.extent[0] for saying in by_start]
    out = []
    for saying in sayings:
        low, high = saying.pieces[-1]
        if not saying.direct:
            near = by_start[bisect_left(starts, low + 2) : bisect_left(starts, high + 1)]
            high = min((end for other in near if (end := _cut_by(tagged, saying, other)) > low), default=high)
            if low >= saying.cue[0]:
                high = writer_goes_on(tagged, low, high, known, subordinate=_subordinate(tagged.tags, saying))
        if (low, high) != saying.pieces[-1]:
            saying = saying._replace(pieces=(*saying.pieces[:-1], (low, high)))
        out.append(saying)
    return out


def _subordinate(tags: str, saying: Saying) -> bool:
    """Whether an attribution stands in a clause that a conjunction opens, or hangs on a noun in front of a comma."""
    at = saying.extent[0]
    return tags[saying.cue[0]] in "NC" or (at > 0 and tags[at - 1] == "B")


def _cut_by(tagged: Tagged, saying: Saying, other: Saying) -> int:
    """The token at which another attribution ends this one's last piece; 0 if it does not."""
    tags = tagged.tags
    low, high = saying.pieces[-1]
    start, end = other.extent
    if other is saying or not low < start - 1 < high:
        return 0
    last = tags[start - 1]
    if last in ",-" and end >= high - 1:  # "…, state media reported."
        return start - 1
    if tags[other.cue[0]] == "Y":  # "…, according to Y"
        return start - (last == ",")
    if other.cue[0] <= saying.cue[0] or low <= saying.cue[0]:
        return 0
    if tags[start] == "I" and last == ",":  # "…, adding that …"
        return start - 1
    if last == "K" and other.subject == saying.subject:  # "… and called it …"
        return start - 1 - (tags[start - 2] == ",")
    if last == "B" and tags[start - 2] != "," and other.subject == saying.subject:  # "… but noted …"
        return start - 1
    if last == "B" and tags[start - 2] == ",":  # "…, but Y said …"
        return start - 2
    return 0


def _cited(tagged: Tagged, sayings: list[Saying], known: Vocabulary) -> list[Saying]:
    """`Y reported that A, citing X`: X says it, Y reports it."""
    tags, words = tagged.tags, tagged.words
    cites = [s for s in sayings if words[s.cue[1] - 1] in known.citing and tags[s.cue[0] - 1] == "," and not s.direct]
    sources = {
        s.pieces[0][0]: named
        for s in cites
        if (named := speakers.after(tagged, s.pieces[0][0])) and _is_source(tagged, named, known)
    }
    out = []
    for saying in sayings:
        at = saying.pieces[0][0]
        if saying in cites and at in sources:
            continue
        end = clause_end(tags, saying.cue[1])
        source = next((sources[i] for i in sorted(sources) if saying.cue[0] < i < end), None)
        same = saying.subject in [c.subject for c in cites] or any(_right_behind(tags, saying, c) for c in cites)
        if source and saying.subject and same:
            saying = saying._replace(subject=source, via=(saying.subject, *saying.via))
        out.append(saying)
    return out


def _right_behind(tags: str, saying: Saying, cite: Saying) -> bool:
    """Whether nothing but a time or a place stands between `Y reported | on Monday |, citing`."""
    low, high = saying.cue[1], cite.cue[0]
    return low < high and not set(tags[low:high]) & set("AVLI")


def _is_source(tagged: Tagged, subject: Subject, known: Vocabulary) -> bool:
    """Whether a noun phrase can vouch for something: a name, or a noun such as `officials` and `documents`."""
    _, high = speakers.naming(tagged, subject, known)
    return tagged.tags[high - 1] == "C" or tagged.words[high - 1] in known.sources


def _has_cue(tagged: Tagged, at: int, sayings: Sequence[Saying]) -> bool:
    """Whether the sentence of token `at` has words that attribute."""
    end = clause_end(tagged.tags, at, ".!")
    return any(at < saying.cue[0] < end for saying in sayings)


def _continued(tagged: Tagged, sayings: Sequence[Saying]) -> list[Saying]:
    """Let direct speech go on with the quotations of the sentences right after it, and start with those right before
    it, that have no verb of their own."""
    tags = tagged.tags
    taken = {low for saying in sayings if saying.direct for low, _ in saying.pieces}
    out = []
    for saying in sayings:
        if saying.direct or (tags[saying.pieces[-1][1] - 1] in ",Qq" and "q" in tags[slice(*saying.pieces[0])].lower()):
            pieces = list(saying.pieces)
            stop = clause_end(tags, max(saying.extent[1], pieces[-1][1]) - 1, ".!")
            for low, high in speech_from(tags, stop + 1):
                if low in taken or tags[low] != "Q" or (tags[high] not in ".!" and _has_cue(tagged, low, sayings)):
                    break
                pieces.append((low, high))
            low = pieces[0][0]
            while saying.direct and low > 1 and tags[low - 1] in ".!" and tags[low - 2] == "Q" and low - 2 not in taken:
                low -= 2
                pieces.append((low, low + 1))
            taken.update(low for low, _ in pieces)
            more = pieces[len(saying.pieces) :]
            if more and saying.direct:
                saying = saying._replace(pieces=tuple(sorted(set(pieces))))
            elif more:  # `"not so", she said. "They left."`: the second is speech by itself
                out.append(saying._replace(pieces=tuple(sorted(set(more))), direct=True))
        out.append(saying)
    return out
