"""The rules that find an attribution in a tagged paragraph: which tokens are said, by whom, by what verb.

Each rule looks at one verb of attribution (or `according to`) and gives a `Saying` or None; `RULES` holds them in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.extract import speakers
from generator.extract.speakers import Subject
from generator.extract.tagged import Tagged, Verb, Vocabulary

BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
FINITE = re.compile(r"[AVLPqQ]")
# What may stand between the verb and what was said: days, adverbs, "in a statement", "during a visit to Kolm".
ADJUNCT = re.compile(
    r"(?:[ZEJ]|[RO][DMEG]*[CNGLZM]+(?:[ORT][DME]*[CNGLM]+)*|RZ)*,?(?=H)"
    r"|[ZEJ]*(?:O[DMG]*[CN]{1,4})[ZE]*(?=[,:][Qq])"
    r"|(?:[ZEJ]|RZM?|R[DMEG]*[CN]{1,3}(?:[OR]D*[CN]{1,3}(?![A-Z]))?)*"
)
PERSON = re.compile(r"J|P(?![AVE])|[DM]*[CNGM]+(?:[OR]D*[CNGZ]+)?(?:K[DM]*[CNG]+)?")
NOUN = re.compile(r"[DGCNMqJPQLWU]")
CLAUSE = re.compile(r"[DGCNMqPRBEUWLI]")
AGAIN = re.compile(r"[^.!:;QqVAP]{0,14}[,:;-]B?(?=[Qq])")  # from the verb to the next piece of what is said
SIGNED = re.compile(r"(?:^|(?<=[.!CN]))[Qq][.!]?-(C{1,5})(?=[.!Qq])")
APPOSITION = re.compile(r",(?:[DMG]*[CNGL]+|W)[^.!,;:QqV]{0,20}")
BARE_CLAUSE = re.compile(r"P|[DMG]*[CNG]+(?:[OR]D*[CNG]+)?E*A")


@dataclass(frozen=True, slots=True)
class Saying:
    """An attribution in tokens of its paragraph."""

    pieces: tuple[tuple[int, int], ...]
    """What is said, from and to (exclusive); each one quotation where it is direct."""
    subject: Subject | None
    cue: tuple[int, int]
    extent: tuple[int, int]
    """From the first token of the subject to the last of the verb and its adjuncts."""
    via: tuple[Subject, ...] = ()
    direct: bool = False


def verb_group(tags: str, cue: int) -> int:
    """Where the verb group of a cue starts."""
    low = cue
    while low > 0 and tags[low - 1] in "AE":
        low -= 1
    return low


def find_sayings(tagged: Tagged, known: Vocabulary) -> list[Saying]:
    """The attributions of one paragraph, in the order of their verbs; contents end where the next verb's own words start."""
    tags = tagged.tags
    found: list[Saying] = []
    cues = sorted([*tagged.verbs, *(i for i, t in enumerate(tags) if t == "Y")])
    for cue in cues:
        for rule in RULES:
            if hit := rule(tagged, cue, known):
                found.append(hit)
                break
    return _continued(tagged, _cut(tagged, [*found, *_signed(tags)]))


def _signed(tags: str) -> list[Saying]:
    """`"A." ― X`: what stands after a quotation and a dash is who said it."""
    return [
        Saying(((m.start(), m.start() + 1),), Subject(m.start(1), m.end(1), m.start(1)), (m.start(1) - 1, m.start(1)),
               (m.start(1) - 1, m.end(1)), (), True)
        for m in SIGNED.finditer(tags)
    ]  # fmt: skip


def _continued(tagged: Tagged, sayings: list[Saying]) -> list[Saying]:
    """Let direct speech go on with the quotations of the sentences right after it, and start with those right before
    it, that have no verb of their own."""
    tags = tagged.tags
    taken = {low for saying in sayings if saying.direct for low, _ in saying.pieces}
    out = []
    for saying in sayings:
        pieces = list(saying.pieces)
        if saying.direct:
            at = max(saying.extent[1], pieces[-1][1]) - 1
            while at < len(tags) and tags[at] not in ".!":
                at += 1
            for low, high in _more_speech(tags, at + 1):
                if low in taken or tags[low] != "Q":
                    break
                pieces.append((low, high))
            low = pieces[0][0]
            while low > 1 and tags[low - 1] in ".!" and tags[low - 2] == "Q" and low - 2 not in taken:
                low -= 2
                pieces.append((low, low + 1))
            taken.update(low for low, _ in pieces)
        out.append(replace(saying, pieces=tuple(sorted(set(pieces)))))
    return out


def _cut(tagged: Tagged, sayings: list[Saying]) -> list[Saying]:
    """End what is said indirectly where the words of the next attribution start."""
    out = []
    for saying in sayings:
        low, high = saying.pieces[-1]
        if not saying.direct:
            high = min((end for other in sayings if (end := _cut_by(tagged, saying, other)) > low), default=high)
        out.append(replace(saying, pieces=(*saying.pieces[:-1], (low, high))))
    return out


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
    if last == "B" and tags[start - 2] == ",":  # "…, but Y said …"
        return start - 2
    return 0


def _sentence(tags: str, at: int) -> tuple[int, int]:
    """The tokens of the sentence that holds token `at`."""
    low = at
    least = max(0, at - 200)
    while low > least and tags[low - 1] not in ".!":
        low -= 1
    high = at
    while high < len(tags) and tags[high] not in ".!":
        high += 1
    return low, high


def _more_speech(tags: str, at: int) -> list[tuple[int, int]]:
    """Quotations that follow one another from token `at`, with nothing but stops between them."""
    pieces = []
    while at < len(tags) and (tags[at] in "Q" or (tags[at] == "q" and not pieces)):
        pieces.append((at, at + 1))
        at += 1
        while at < len(tags) and tags[at] in ".!,":
            at += 1
    return pieces


def _passive(tagged: Tagged, cue: int) -> bool:
    """Whether a form of `be` makes a past participle of the verb."""
    if tagged.tags[cue] != "V" or tagged.verbs[cue].form != "past":
        return False
    low = verb_group(tagged.tags, cue)
    return any(tagged.words[i] in BE for i in range(low, cue)) and tagged.words[cue - 1] not in ("has", "have", "had")


def _quoted_as_saying(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """`"A," X was quoted as saying by Y` and `X was quoted by Y as saying that A`: Y reports what X says."""
    tags, words = tagged.tags, tagged.words
    if tags[cue] != "I" or cue < 3 or words[cue - 1] != "as":
        return None
    quoted = next((i for i in range(cue - 2, max(0, cue - 12), -1) if words[i] in ("quoted", "cited", "reported")), -1)
    if quoted < 0:
        return None
    via: tuple[Subject, ...] = ()
    end = cue + 1
    by = quoted + 1 if words[quoted + 1] == "by" else cue + 1 if words[cue + 1 : cue + 2] == ["by"] else -1
    if by >= 0 and (reporter := speakers.after(tagged, by + 1)):
        via = (reporter,)
        end = max(end, reporter.high)
    if words[quoted - 1] in BE:
        subject = speakers.before(tagged, quoted)
    else:  # "Y quoted X as saying"
        subject = speakers.after(tagged, quoted + 1)
        reporter = speakers.before(tagged, quoted)
        via = (reporter,) if reporter else ()
    if subject is None:
        return None
    extent = (min(subject.low, via[0].low if via else subject.low), end)
    hit = _speech_before(tagged, extent, subject, (quoted, cue + 1)) or _content_after(tagged, cue, end, subject, known)
    return replace(hit, via=via, cue=(verb_group(tags, quoted), cue + 1)) if hit else None


def _according_to(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """`According to X, A` and `A, according to X`."""
    tags = tagged.tags
    if tags[cue] != "Y" or not (subject := speakers.after(tagged, cue + 1)):
        return None
    low, high = _sentence(tags, cue)
    extent = (cue, subject.high)
    comma = tags.find(",", subject.high, high)
    if cue - low <= 1 and comma > 0:
        pieces: tuple[tuple[int, int], ...] = ((comma + 1, high),)
        if comma + 1 >= high:
            return None
    elif cue > low:
        start = low
        if tags[low] in "Q" or tags[low:cue].strip(",") in ("q", "Q"):
            return Saying(tuple(_more_speech(tags, low)), subject, (cue, cue + 1), extent, (), True)
        pieces = ((start, cue),)
        if 0 <= comma < high - 4 and tags[cue - 1] == ",":
            pieces = ((start, cue), (comma + 1, high))
    else:
        return None
    return Saying(pieces, subject, (cue, cue + 1), extent)


def _speech_before(
    tagged: Tagged, extent: tuple[int, int], subject: Subject | None, cue: tuple[int, int]
) -> Saying | None:
    """`"A," X said.`, `"A," X said, "B."`, `The plan is "a mistake," X said.`"""
    tags = tagged.tags
    low, high = extent
    before = low - 1
    while before >= 0 and tags[before] in ",-!E" and not (tags[before] == "E" and low - before > 2):
        before -= 1
    if before < 0 or tags[before] not in "Qq" or tags[before + 1 : low].count("E") > 1:
        return None
    start, _ = _sentence(tags, before)
    cue = (verb_group(tags, cue[0]), cue[1])
    if tags[before] == "Q" or before == start:
        pieces: list[tuple[int, int]] = [(before, before + 1)]
        direct = True
    else:
        pieces, direct = [(start, before + 1)], False
    again = AGAIN.match(tags, high) if direct else None
    if again and not any("quote" in tagged.verbs[i].takes for i in range(high, again.end()) if i in tagged.verbs):
        pieces += _more_speech(tags, again.end())
    return Saying(tuple(pieces), subject, cue, extent, (), direct)


def _adjuncts(tagged: Tagged, at: int) -> int:
    """The token after what may stand between a verb and what was said."""
    found = ADJUNCT.match(tagged.tags, at)
    return found.end() if found else at


def _after_content(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """The verb follows what was said: `A, X said` and `A, said X`; the content runs to the sentence's start."""
    tags = tagged.tags
    verb = tagged.verbs.get(cue)
    if verb is None or tags[cue] != "V" or not verb.takes & {"quote", "clause", "that"} or _passive(tagged, cue):
        return None
    group = verb_group(tags, cue)
    if (
        group > 0
        and tags[group - 1] in "Qq,"
        and "quote" in verb.takes
        and (subject := speakers.after(tagged, cue + 1))
    ):
        if group > 1 and (tags[group - 1] in "Qq" or tags[group - 2] in "Qq"):
            end = subject.high
            while tags[end : end + 1] == "," and (stop := _apposition_end(tags, end)):
                end = stop
            if hit := _speech_before(tagged, (group, _adjuncts(tagged, end)), subject, (cue, cue + 1)):
                return hit
        elif tags[group - 1] == "," and tags[_adjuncts(tagged, subject.high)] in ".!," and tags[cue - 1] == ",":
            start, _ = _sentence(tags, cue)
            if start < group - 2:
                return Saying(((start, group - 1),), subject, (cue, cue + 1), (group, subject.high))
    subject = speakers.before(tagged, cue)
    if subject is None or subject.start == 0:
        return None
    low = subject.start
    end = cue + 1
    if "person" in verb.takes and (person := PERSON.match(tags, end)):
        end = person.end()
    end = _adjuncts(tagged, end)
    if (
        tags[end] in ",:"
        and tags[end + 1 : end + 2] == "Q"
        and tags[low - 1] not in "Qq"
        and tags[low - 2 : low] not in ("Q,", "q,")
    ):
        return None  # "When asked, X said, "A""
    spoken = tags[low - 1] in "Qq" or (tags[low - 1] in ",-!E" and low > 1 and tags[low - 2] in "Qq")
    if spoken and ("quote" in verb.takes or tags[end] in ".!,"):
        return _speech_before(tagged, (low, end), subject, (cue, cue + 1))
    if tags[low - 1] not in ",-" or tags[end] not in ".!,;-":
        return None
    start, high = _sentence(tags, low)
    if low - 1 - start < 2 or not FINITE.search(tags, start, low - 1):
        return None
    pieces: tuple[tuple[int, int], ...] = ((start, low - 1),)
    if tags[end] in ",-" and high - end > 3 and tags[end + 1] not in "IB" and not FINITE.search(tags, start, low - 1):
        pieces = (*pieces, (end + 1, high))
    return Saying(pieces, subject, (group, cue + 1), (low, end))


def _apposition_end(tags: str, comma: int) -> int:
    """The token after `, a lawyer in Kolm` where that stands at `comma`; 0 if it does not."""
    found = APPOSITION.match(tags, comma)
    return found.end() if found and tags[found.end()] in ".!," else 0


def _before_content(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """The verb comes first: `X said (that) A`, `X said: "A"`, `…, stressing A`, `X called for A`."""
    verb = tagged.verbs.get(cue)
    if verb is None or _passive(tagged, cue):
        return None
    tags = tagged.tags
    group = verb_group(tags, cue)
    before = tags[group - 1] if group else "."
    if before in ",KRTB.!" and not (before == "," and tags[cue] == "V"):
        subject = _shared(tagged, group) or speakers.main(tagged, group)
    else:
        subject = speakers.before(tagged, cue)
    if subject is None:
        return None
    hit = _content_after(tagged, cue, cue + 1, subject, known)
    if hit and tags[cue] == "I" and before in "NC":  # "a letter saying that", not "a plan outlining its course"
        return hit if tags[hit.pieces[0][0]] in "HQq" or tagged.words[cue - 1] in known.mediums else None
    if hit and group >= 1 and tags[cue] == "V" and before in ",KTRB":
        hit = replace(hit, extent=(group, hit.extent[1]))
    if hit and tags[cue] == "I":
        hit = replace(hit, extent=(group, hit.extent[1]))
    return hit


def _shared(tagged: Tagged, at: int) -> Subject | None:
    """The subject of the verb of attribution before token `at` in the same sentence: "X said A and called B C"."""
    start = speakers.clause_start(tagged.tags, at)
    earlier = [i for i in range(start, at) if tagged.tags[i] == "V" and i in tagged.verbs and not _passive(tagged, i)]
    for i in earlier:
        if (
            (subject := speakers.before(tagged, i))
            and subject.low >= start
            and tagged.tags[verb_group(tagged.tags, i) - 1] not in "TW"
        ):
            return subject
    return None


def _content_after(tagged: Tagged, cue: int, end: int, subject: Subject, known: Vocabulary) -> Saying | None:
    """What follows the verb (from token `end` on), if it is something that the verb takes."""
    tags = tagged.tags
    verb = tagged.verbs[cue]
    high = _content_end(tags, end)
    if subject.low > 0 and tags[subject.low - 1] == "W" and (comma := tags.find(",", end, high)) > end:
        high = comma  # "which experts assume will be held in spring, …": the relative clause ends there
    at = end
    if "person" in verb.takes and (person := PERSON.match(tags, end)) and person.end() < high:
        at = person.end()
    at = _adjuncts(tagged, at)
    found = _taken(tagged, verb, subject, at, end, high)
    if found is None:
        return None
    start, direct = found
    extent = (subject.low, at)
    group = (verb_group(tags, cue), cue + 1)
    if direct:
        return Saying(tuple(_more_speech(tags, start)), subject, group, extent, (), True)
    return Saying(((start, high),), subject, group, extent) if start < high else None


def _content_end(tags: str, at: int) -> int:
    """Where a clause that starts at token `at` ends at the latest."""
    while at < len(tags) and tags[at] not in ".!;":
        at += 1
    return at


def _taken(tagged: Tagged, verb: Verb, subject: Subject, at: int, end: int, high: int) -> tuple[int, bool] | None:
    """The first token of what the verb takes, and whether it is direct speech."""
    tags, takes = tagged.tags, verb.takes
    next_ = tags[at] if at < len(tags) else "."
    if "quote" in takes or "clause" in takes:
        speech = at + 1 if next_ in ",:-" else at
        if tags[speech : speech + 1] == "Q" or (tags[speech : speech + 1] == "q" and next_ in ",:"):
            alone = tags[speech + 1 : speech + 2] in (".", "!", ",", "")
            return speech, alone or (tags[speech] == "Q" and next_ in ",:")
        if next_ == ":" and at + 1 < high:
            return at + 1, False
        if next_ == "," and tags[at + 1 : at + 2] == "H":
            return at + 1, False
    if next_ == "H" and takes & {"that", "clause", "quote"}:
        return at, False
    if next_ == "U" and takes & {"that", "whether", "clause"}:
        return at, False
    if next_ == "T" and takes & {"to"}:
        return at, False
    if next_ == "q" and takes & {"quote", "clause", "that"}:
        return at, False
    if next_ == "A" and takes & {"that", "clause"} and subject.low > 0 and tags[subject.low - 1] in "WH":
        return at, False
    if "clause" in takes and CLAUSE.match(tags, at) and FINITE.search(tags, at, high):
        return at, False
    if "that" in takes and CLAUSE.match(tags, at) and _clause_like(tags, at, high):
        return at, False
    if (
        "label" in takes
        and NOUN.match(tags, end)
        and ("q" in tags[end:high] or "Q" in tags[end:high] or "R" in tags[end:high])
    ):
        return end, False
    if takes & {"noun"} and NOUN.match(tags, end):
        return end, False
    return None


def _clause_like(tags: str, at: int, high: int) -> bool:
    """Whether a bare clause starts here: a noun phrase or pronoun, then an auxiliary."""
    return bool(BARE_CLAUSE.match(tags, at, high))


RULES = (_quoted_as_saying, _according_to, _after_content, _before_content)
"""Tried in order for each verb of attribution; the first that holds makes the attribution."""
