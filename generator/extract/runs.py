"""Runs of capitalised words: where names stand, before anything is said of what they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.extract.gazetteer import Gazetteer, Known
from generator.extract.name_words import Vocabulary, vocabulary
from generator.extract.titles import bare_post, ends_title, modifies, seat_end, title_begins, title_length, title_start
from generator.extract.words import Word
from generator.lexicon import Lexicons

BETWEEN = frozenset(["at", "in", "on", "against", "without", "beyond", "across", "under", "with"])
"""Prepositions within the name of such a body."""
LONGEST = 16
"""Words of a name that are looked at for what joins them."""


class Run(Struct, frozen=True, gc=False):
    """A name's tokens `tokens[first:last]` in one sentence, with the title that stands before it."""

    sentence: int
    first: int
    last: int
    title: tuple[int, int] | None = None
    """Token range of the title, former and deputy included: `former chief executive`."""
    known: Known | None = None
    """Whose name it is, where the registry or the world list tells."""


def _is_name_word(word: Word) -> bool:
    return word.capital and word.alphabetic


def _run_end(tokens: Sequence[Word], first: int, text: str, vocab: Vocabulary) -> int:
    """Index after the last token of the run that begins at `first`."""
    last = first + 1
    while last < len(tokens):
        word = tokens[last]
        adjacent = text[tokens[last - 1].end : word.start] in (" ", "\n", "")
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        if word.text in ".&" and following and following.capital and _abbreviates(tokens, first, last, vocab):
            last += 1  # `St. Helena`, `J. Smith`, `Ana D. Belk`, `Marn & Belk`
        elif adjacent and _is_name_word(word) and word.text not in vocab.never and not modifies(word):
            last += 1
        elif word.text == "'" and following and following.capital and tokens[last - 1].lower.endswith("s"):
            last += 1  # `Dockers' Union`
        elif _particles(tokens, last, vocab):
            last += 2  # `Jan van der Meer`
        elif following and _is_name_word(following) and _phrased(tokens, first, last, vocab):
            last += 1  # `the aid group Nurses in Motion`
        elif (
            word.lower in vocab.connectors
            and following
            and _is_name_word(following)
            and _joins(tokens, first, last, vocab)
        ):
            last += 1
        elif word.lower == "of" and following and following.lower == "the" and _joins(tokens, first, last, vocab):
            if last + 2 < len(tokens) and _is_name_word(tokens[last + 2]):
                last += 2
            else:
                break
        else:
            break
    return last


def _abbreviates(tokens: Sequence[Word], first: int, at: int, vocab: Vocabulary) -> bool:
    """Whether the stop or ampersand at token `at` stands within a name."""
    before = tokens[at - 1].text
    if tokens[at].text == "&":
        return True
    initial = len(before) == 1 or before in ("St", "Ste", "Mt", "Ft")
    return tokens[at + 1].text not in vocab.never and (initial or (at - first == 1 and len(before) <= 4))


def _particles(tokens: Sequence[Word], at: int, vocab: Vocabulary) -> bool:
    """Whether two particles stand at token `at`, and a name behind them."""
    if at + 2 >= len(tokens) or not tokens[at + 2].capital:
        return False
    return tokens[at].lower in vocab.particles and tokens[at + 1].lower in vocab.person_connectors


def _phrased(tokens: Sequence[Word], first: int, at: int, vocab: Vocabulary) -> bool:
    """Whether a body that is called a group before its name is named by people and where or how they act."""
    people = at == first + 1 and tokens[first].lower.endswith("s") and first > 0
    return people and tokens[first - 1].lower in vocab.apposed and tokens[at].lower in BETWEEN


def _joins(tokens: Sequence[Word], first: int, at: int, vocab: Vocabulary) -> bool:
    """Whether a lower-case word inside a name may join its two sides: `of` after a head, `van` between names."""
    word, before = tokens[at].lower, tokens[at - 1].lower
    near = tokens[max(first, at - LONGEST) : at]
    headed = any(t.lower in vocab.heads["organisation"] or t.lower in ("gulf", "bay", "isle") for t in near)
    if word in ("of", "for"):
        return before in vocab.heads["organisation"] or before in (
            "gulf",
            "bay",
            "isle",
            "republic",
            "kingdom",
            "states",
        )
    if word == "and" and _another_body(tokens, at, vocab):
        return False
    if word in ("and", "the"):
        return headed and any(t.lower in ("of", "for") for t in near)
    return word in vocab.person_connectors or word == "&"


def _another_body(tokens: Sequence[Word], at: int, vocab: Vocabulary) -> bool:
    """Whether the name behind `and` is a body by itself: `the University of Dray and | Harl General Hospital`."""
    for word in tokens[at + 1 : at + 6]:
        if not word.capital:
            return False
        if word.lower in vocab.heads["organisation"]:
            return True
    return False


def find_runs(sentence: int, tokens: Sequence[Word], text: str, known: Gazetteer, lexicons: Lexicons) -> Iterator[Run]:
    """Runs of one sentence, in order, without overlap."""
    vocab = vocabulary(lexicons)
    plain = known.plain
    begins = [i for i, word in enumerate(tokens) if word.capital or word.lower in plain]
    index = 0
    for begin in begins:
        if begin < index:
            continue
        index = begin
        match = None if _dated(tokens, index, vocab) else known.longest(tokens, index)
        if not _is_name_word(tokens[index]) and not match:
            index += 1
            continue
        run_end = _run_end(tokens, index, text, vocab) if _is_name_word(tokens[index]) else index
        if match and _prefer_known(tokens, index, run_end, match, vocab):
            start = title_start(tokens, index, vocab) if match[1].family == "person" else None
            yield Run(sentence, index, match[0], (start, index) if start is not None else None, match[1])
            index = match[0]
            continue
        first = index
        while first < run_end and (
            tokens[first].text in vocab.never or modifies(tokens[first]) or ends_title(tokens, first, run_end)
        ):
            first += 1
        if first == run_end:
            index = run_end
            continue
        if first > index and known.longest(tokens, first):
            index = first
            continue
        first = _kept(tokens, index, first, run_end, vocab)
        length = title_length(tokens, first, run_end, vocab)
        name = first + length
        if run_end - name == 1 and tokens[name].text in vocab.address:
            index = run_end
            continue
        if name == run_end or (
            length and bare_post(tokens[name:run_end], vocab)
        ):  # no name: `the Gov.`, `Mr. President`
            index = run_end
            continue
        inner = known.longest(tokens, name) if length else None
        if inner:
            yield Run(sentence, name, inner[0], (title_begins(tokens, index, first, vocab), name), inner[1])
            index = inner[0]
            continue
        before = title_start(tokens, first, vocab) if not length else title_begins(tokens, index, first, vocab)
        if before is not None and (seat := seat_end(tokens, before, name, vocab)):
            yield Run(sentence, before, seat)
            before = seat
        title = (before, name) if before is not None and before < name else None
        yield Run(sentence, name, run_end, title)
        index = run_end


def _kept(tokens: Sequence[Word], index: int, first: int, run_end: int, vocab: Vocabulary) -> int:
    """Where a body's name begins behind an article: `the | International Harbour Organisation`."""
    start = first
    while start > index and tokens[start - 1].text in vocab.opening:
        start -= 1
    article = start > 0 and tokens[start - 1].lower in ("the", "a")
    body = next((i for i in range(first, run_end) if tokens[i].lower in ("of", "for")), run_end) - 1
    return start if article and tokens[body].lower in vocab.heads["organisation"] else first


def _dated(tokens: Sequence[Word], at: int, vocab: Vocabulary) -> bool:
    """Whether a month is meant, though a name may be written so: `in May`, `May 4`."""
    if tokens[at].text not in vocab.months:
        return False
    before = tokens[at - 1].lower if at else ""
    return before in vocab.before_month or (at + 1 < len(tokens) and tokens[at + 1].text[0].isdigit())


def together(runs: Sequence[Run], tokens: Sequence[Word], vocab: Vocabulary) -> list[Run]:
    """The runs of a sentence, `the Coast and Border Agency` as one: one word, `and`, and a body named after both."""
    out: list[Run] = []
    for run in runs:
        before = out[-1] if out else None
        if before and _one_body(before, run, tokens, vocab):
            out[-1] = Run(run.sentence, before.first, run.last)
        else:
            out.append(run)
    return out


def _one_body(a: Run, b: Run, tokens: Sequence[Word], vocab: Vocabulary) -> bool:
    if a.known or b.known or a.title or b.title or a.last - a.first != 1 or b.first - a.last != 1:
        return False
    if tokens[a.last].lower not in ("and", "&") or not a.first or tokens[a.first - 1].lower != "the":
        return False
    return b.last - b.first > 1 and tokens[b.last - 1].lower in vocab.joint


def _prefer_known(
    tokens: Sequence[Word], first: int, run_end: int, match: tuple[int, Known], vocab: Vocabulary
) -> bool:
    """Whether a known name stands by itself here, rather than as a part of a longer, unknown one."""
    end, entry = match
    if end >= run_end or (entry.listed and entry.family == "person"):
        return True
    rest = tokens[end:run_end]
    if rest[0].text in (".", "'"):
        return False
    if rest[-1].lower in vocab.heads["organisation"] or rest[-1].lower in vocab.heads["place"]:
        return False  # `British Airways`, `Jordan Valley`
    return entry.demonym or any(t.lower in vocab.titles for t in rest)
