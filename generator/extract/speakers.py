"""Who speaks: the noun phrase that a verb of attribution belongs to.

All work on tags (`generator.extract.tagged`) and look back or ahead a bounded number of tokens.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.extract.tagged import Tagged
from generator.extract.vocabulary import Vocabulary

REACH = 60
"""Tokens that a clause may have before its verb of attribution."""
BASE = re.compile(r"[DMEK]{0,4}(?:[CNGMqLZ](?:[DMK](?=[CNG]))?)++|P")
AFTER = re.compile(r"P|[DMGCNEL]{0,20}[CNGMqZ](?:[OR]D*+[MGL]*+[CN]++)*+(?:KD*+[MGL]*+[CN]++)?")
HEAD_ENDS = re.compile(r"[ORWA]|(?<![DG])L")
NAME_OF = re.compile(r"D?C+OD?C+$|D?C+OD?C+(?=[OR])")
STOPS = ".!;:Q"
AFTER_WHICH = ("after", "before", "since", "until")
"""Prepositions that a clause follows as well: `hours after | the paper reported`."""
BEFORE_TIME = re.compile(r"[ER]{0,2}Z++$")
FINITE = re.compile(r"[AVLP]")


class Subject(NamedTuple):
    """Tokens `low` to `high` (exclusive) name the speaker; the clause they stand in starts at `start`."""

    low: int
    high: int
    start: int


def before(tagged: Tagged, cue: int) -> Subject | None:
    """The subject of the verb at token `cue`, which comes before it; None if there is none."""
    tags = tagged.tags
    i = cue - 1
    while i >= 0 and tags[i] in "AEJ":
        i -= 1
    if (timed := BEFORE_TIME.search(tags, max(0, i - 4), i + 1)) and timed.start() > 0:  # "Lund on Tuesday said"
        i = timed.start() - 1
    if i < 0 or tags[i] in STOPS:
        return None
    match tags[i]:
        case "P":
            return Subject(i, i + 1, i)
        case "W":
            return _antecedent(tagged, i)
        case "-" | "K" | "T" | "R" | "I" | "V" | "B":
            return main(tagged, i)
        case ",":
            return _with_apposition(tagged, i)
        case "C" | "N" | "G" | "M" | "q" | "D" | "L" | "Z":
            low = _left_edge(tags, i + 1)
            low = max([low, *(k + 1 for k in range(low, i) if tagged.words[k] in AFTER_WHICH)])
            if tags[i] == "C" and low and tags[low - 1] == "R" and (low == 1 or tags[low - 2] in STOPS):
                low += len(tags[low : i + 1].rstrip("C"))  # "In Selm last year Lund said"
            return Subject(low, i + 1, low) if low <= i else None
    return None


def _antecedent(tagged: Tagged, relative: int) -> Subject | None:
    """What `who` or `which` stands for."""
    i = relative - 1
    if i >= 0 and tagged.tags[i] == ",":
        i -= 1
    if i > 0 and tagged.tags[i] == "O":  # "many of whom"
        return Subject(i - 1, relative + 1, i - 1)
    if i < 0 or tagged.tags[i] not in "CNGMqL":
        return None
    low = _left_edge(tagged.tags, i + 1)
    return Subject(low, i + 1, low) if low <= i else None


def _left_edge(tags: str, high: int) -> int:
    """Where the noun phrase that ends before token `high` starts."""
    low, least = high, max(0, high - REACH)
    while low > least and _extends(tags, low, high, least):
        low -= 1
    while low < high and tags[low] in "ORKLE":
        low += 1
    return low


def _extends(tags: str, low: int, high: int, least: int) -> bool:
    """Whether the token before `low` belongs to the noun phrase of tokens `low` to `high`."""
    tag, right = tags[low - 1], tags[low] if low < high else ""
    left = tags[low - 2] if low > least + 1 else "."
    match tag:
        case "C" | "N" | "G" | "M" | "q":
            return True
        case "E":
            return left in "DK"
        case "Z":
            return bool(right) and left in "CNGD"
        case "D":
            return not right or right in "CNGMqLDEV"
        case "O":
            return bool(right) and left in "CNGMqD"
        case "R":  # "a report released by the ministry", but not "the mill closed in Selm"
            return bool(right) and (left in "CNGq" or (left == "L" and low > least + 2 and tags[low - 3] == "N"))
        case "L":
            return left in "DORG" or (left in "Qq,.!" and right in "CN") or (right == "R" and left == "N")
        case "K":
            return bool(right) and right in "CGDN" and left in "CN" and _joined(tags, low, least)
    return False


def _joined(tags: str, low: int, least: int) -> bool:
    """Whether `and` joins two subjects and not two clauses: nothing but a noun phrase comes before it."""
    i = low - 2
    while i > least and tags[i] in "CNGDMO":
        i -= 1
    return tags[i] in ".!,:;QqKB" or i == least


def clause_start(tags: str, at: int) -> int:
    """The first token of the sentence (or the part of it after a colon, semicolon or speech) that holds token `at`."""
    least = max(0, at - REACH)
    i = at
    while i > least and tags[i - 1] not in STOPS:
        i -= 1
    return i + 1 if i < at and tags[i] in ",-" else i


def owner(tagged: Tagged, high: int) -> Subject:
    """The noun phrase in the genitive that ends before token `high`: `the old council's` plan."""
    low = min(_left_edge(tagged.tags, high), high - 1)
    return Subject(low, high, low)


def main(tagged: Tagged, at: int) -> Subject | None:
    """The subject of the main clause that token `at` stands in: its first noun phrase that no preposition governs."""
    tags = tagged.tags
    i = start = clause_start(tags, at)
    if i < at and tags[i] in "RBIULTOVAZ":  # an introduction: go on at the first part that has a verb
        parts = [c + 1 for c in range(i, at) if tags[c] == ","]
        i = next(
            (p for p in parts if FINITE.search(tags, p, min(at, _next(tags, ",", p)))), parts[-1] if parts else i + 1
        )
    while i < at and tags[i] in "BKE-,Z":
        i += 1
    found = BASE.match(tags, i, at)
    if not found:
        return None
    high = found.end()
    while high > i and tags[high - 1] in "LMZE" and high - 1 > i:
        high -= 1
    return Subject(i, high, start)


def _next(tags: str, tag: str, at: int) -> int:
    found = tags.find(tag, at, at + REACH)
    return found if found >= 0 else at + REACH


def _with_apposition(tagged: Tagged, comma: int) -> Subject | None:
    """`Ana Moura, a lawyer in Selm, said`: the noun phrase before the first comma."""
    tags = tagged.tags
    start = clause_start(tags, comma)
    low = start
    while low < comma:
        end = tags.find(",", low, comma)
        if end < 0:
            return None
        if _names_it(tags, low, end, comma):
            return Subject(end + 1, comma, low)
        if low == start and end - low > 2 and tagged.words[low].endswith("ing") and tags[low + 1] in "DNRJ":
            low = end + 1  # `Giving evidence for the first time, | Captain Belk, 58, said`
            continue
        if tags[low] in "CNDGMPq" and not any(t in "AVIPJ" for t in tags[low + (tags[low] == "P") : end]):
            edge = _left_edge(tags, end)
            if edge == low or (edge < end and not any(t in "LB" for t in tags[low:edge])):
                return Subject(edge, end, low)
        elif tags[end - 1] in "CN" and tags[end + 1] in "DWNC" and tags.find(",", end + 1, comma) < 0:
            edge = _left_edge(tags, end)
            if edge < end and tags[edge] != "R":
                return Subject(edge, end, edge)
        low = end + 1
    return None


def _names_it(tags: str, low: int, end: int, comma: int) -> bool:
    """Whether `their lawyer, Milo Hartell,` names someone after a noun phrase that only describes them."""
    return (
        bool(re.fullmatch(r"[DGMCNR]{0,40}[DGN][DGMCN]{0,40}N(?:[ORC][DGMCN]{0,40})?", tags[low:end]))
        and tags[end - 1] != "C"
        and bool(re.fullmatch("C{1,4}", tags[end + 1 : comma]))
    )


def after(tagged: Tagged, at: int) -> Subject | None:
    """The noun phrase that starts at token `at`, as in `said Ana Moura` and `according to the ministry`."""
    found = AFTER.match(tagged.tags, at)
    return Subject(at, found.end(), at) if found else None


def naming(tagged: Tagged, subject: Subject, known: Vocabulary) -> tuple[int, int]:
    """The tokens of a subject that name it: a name without its titles, else the noun phrase with its determiner."""
    tags, low, high = tagged.tags, subject.low, subject.high
    if of := NAME_OF.match(tags, low, high):
        return low, of.end()
    counted = tags[low : low + 2] == "MO"  # `one of his former ministers`
    cut = HEAD_ENDS.search(tags, low + 1 + counted, high)
    end = cut.start() if cut else high
    while end > low + 1 and tags[end - 1] in "ZEK":
        end -= 1
    first = end
    while first > low and tags[first - 1] == "C":
        first -= 1
    if first == end:
        return low, end
    title = next((i for i in range(end - 1, first - 1, -1) if tagged.words[i].strip(".") in known.titles), -1)
    if first <= title < end - 1:
        return title + 1, end
    if first > low and tags[first - 1] == "D":
        return first - 1, end
    return first, end
