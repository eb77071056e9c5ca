"""When things were, are or will be: every date, time of day, stretch and repetition in a text, resolved.

`find_times` reads sentence by sentence: words get their classes (`time_words`), rules make expressions of
them in three passes (`time_rules`), and the prepositions around them open or join the dates. TIMEX3 values
follow the TimeML annotation guidelines 1.2.1; `when` is EDTF as this product writes it (`generator.edtf`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from generator import edtf
from generator.extract.segment import Segments
from generator.extract.time_grammar import Anchor, Reading, Scene, Type, reduced
from generator.extract.time_links import part_of, run_until, spanned
from generator.extract.time_rules import PASSES
from generator.extract.time_tense import is_put_off
from generator.extract.time_words import Token, Vocabulary, tokens, vocabulary, worth_reading
from generator.lexicon import Lexicons
from generator.model import Span

LONGEST_PREPOSITION = 4
"""In tokens."""
DASHES = frozenset({"-", "–", "—"})
RUNS = DASHES | {"through"}
"""What joins two dates to a span without `from` before them: `Monday through Friday`."""
UNKNOWN = date(2000, 1, 1)
"""Stands for an article's date that is not known; what is counted from it gets no date."""
DENIAL = 9
"""Tokens before a preposition within which `not` denies what happens before the time."""
PUT_OFF = ("to", "until", "till")
TURNED = ("until", "till", "before")
BREAKS = frozenset({";", ":", "(", ")", "—", ",", "but"})


class Time(Struct, frozen=True, gc=False):
    """A time expression; offsets count characters of the whole text."""

    start: int
    end: int
    type: Type
    value: str
    """TIMEX3: `2025-12-03`, `1998-W08`, `P10Y`, `PAST_REF`."""
    when: str | None
    """EDTF, shaped by the words before it (`by` → `../2025-12-31`); None where it is no date or cannot be told."""
    mod: str | None
    """TIMEX3: `START`, `MID`, `END`, `APPROX`, `MORE_THAN`, …"""
    rule: str
    """A stable name, such as `weekday-past`."""
    proof: str
    """In plain words, how it was read."""
    words: Span
    """The expression with the preposition before it: `by the end of the year`."""

    @property
    def span(self) -> Span:
        """The expression itself."""
        return Span(self.start, self.end)

    @property
    def account(self) -> str:
        """Its words, how they were read, the date that came of it, and the rule; `generator.aggregate.accounts` takes it apart.

        `Wednesday: the last Wednesday before 2025-12-05, a Friday; the clause tells the past → 2025-12-03 (weekday-past)`
        """
        return f"{self.proof} → {self.when or 'no date'} ({self.rule})"


def find_times(segments: Segments, anchor: str, lexicons: Lexicons) -> tuple[Time, ...]:
    """All time expressions of a text, in order, none overlapping.

    `anchor` is the article's date, EDTF of year, month or day precision; what needs a more precise one
    stays without date. Where the anchor is no EDTF date, nothing relative is resolved.
    """
    words = vocabulary(lexicons)
    scene = Scene(_anchor(anchor), words, segments.text)
    found: list[Time] = []
    for sentence in segments.sentences:
        if worth_reading(sentence.of(segments.text), words):
            found += _sentence(sentence, scene)
    return tuple(found)


def _anchor(text: str) -> Anchor:
    known = edtf.parse(text)
    if not known or known.open_start:
        return Anchor(text, UNKNOWN, "interval")
    return Anchor(text, known.earliest, known.precision)


def _sentence(sentence: Span, scene: Scene) -> list[Time]:
    scene.words = tokens(scene.text, sentence, scene.vocabulary)
    line, said, quarter = list(scene.words), scene.said, scene.quarter
    for stage in PASSES:
        scene.said, scene.quarter = said, quarter  # each pass hears the sentence from its beginning
        line = reduced(line, stage, scene)
        if Reading not in [type(token.value) for token in line]:
            return []  # later passes only join and narrow what the first one read
    return list(_linked(line, scene.vocabulary))


def _linked(line: Sequence[Token], words: Vocabulary) -> Iterator[Time]:
    """The expressions of a sentence, shaped by their prepositions and joined where they tell a span."""
    made: list[tuple[int, Time, str]] = []
    for i, token in enumerate(line):
        if not isinstance(token.value, Reading):
            continue
        reading = token.value
        sense, start = _preposition(line, i, words)
        time = _time(token, reading, sense, start)
        if made and made[-1][0] == i - 2:
            at, other, earlier = made[-1]
            link, first = line[i - 1].word, line[at].value
            if link in PUT_OFF and earlier == "from" and reading.when and is_put_off(line, at - 1, words):
                moved = f"{other.proof}; put off from then"
                made[-1] = (
                    at,
                    replace(other, when=reading.when, words=Span(other.words.start, token.end), proof=moved),
                    earlier,
                )
            elif (link in words.links or link in DASHES) and (
                joined := spanned(first, reading, "from" if link in RUNS else earlier)
            ):
                made[-1] = (at, replace(other, when=joined, words=Span(other.words.start, token.end)), earlier)
                time = replace(time, when=joined, words=Span(token.start, token.end))
            elif joined := part_of(line[at], link, reading) or run_until(line[at], link, reading):
                time = replace(time, when=joined, words=Span(token.start, token.end))
        made.append((i, time, sense))
    for _, time, _ in made:
        yield time


def _preposition(line: Sequence[Token], i: int, words: Vocabulary) -> tuple[str, int]:
    """What the words before an expression do to it, and where they begin."""
    for size in range(min(LONGEST_PREPOSITION, i), 0, -1):
        before = tuple(word for token in line[i - size : i] for word in token.word.split())
        sense = words.prepositions.get(before)
        if sense:
            if sense == "by" and before[-1] in PUT_OFF and is_put_off(line, i - 1, words):
                return "at", line[i - size].start
            turned = sense in ("by", "before") and before[-1] in TURNED and _denied(line, i - size, words)
            return "from" if turned else sense, line[i - size].start
    return "at", line[i].start


def _denied(line: Sequence[Token], i: int, words: Vocabulary) -> bool:
    """Whether the clause before a preposition says that something does not happen: `will not open until March`."""
    for at in range(i - 1, max(-1, i - DENIAL), -1):
        word = line[at].word
        if word in BREAKS or isinstance(line[at].value, Reading):
            return False
        if word in words.denials or (word == "t" and at and line[at - 1].word in ("'", "’")):
            return True
    return False


def _time(token: Token, reading: Reading, sense: str, start: int) -> Time:
    when, how = _opened(reading, sense)
    return Time(
        start=token.start,
        end=token.end,
        type=reading.type,
        value=reading.value,
        when=when,
        mod=reading.mod,
        rule=f"{reading.rule}-{reading.tense}" if reading.tense else reading.rule,
        proof=reading.proof + how,
        words=Span(start, token.end),
    )


def _opened(reading: Reading, sense: str) -> tuple[str | None, str]:
    """The EDTF of a reading after its preposition, and a word on it for the proof."""
    known = edtf.parse(reading.when) if reading.when else None
    if not known or known.open_start or known.open_end or sense in ("at", "between"):
        return reading.when, ""
    a, _, b = known.text.partition("/")
    narrowed = reading.mod in ("START", "MID", "END")
    if sense == "by" or (sense == "before" and narrowed):
        return f"../{edtf.day(known.latest) if reading.mod == 'END' else b or a}", f"; {sense} it"
    if sense == "before":
        return f"../{edtf.day(known.earliest - timedelta(1))}", "; before it"
    if sense == "from":
        return f"{a}/..", "; from then on"
    return f"{edtf.day(known.latest + timedelta(1))}/..", "; after it"
