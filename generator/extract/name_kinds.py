"""The kind of each unknown name, by the votes of all the places where it stands. A headline votes for nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.extract.gazetteer import Family
from generator.extract.headlines import dateline_end, headline, place_of_dateline
from generator.extract.mentions import ARTICLES, STRONG, WEAK, Evidence, Mention, evidence
from generator.extract.name_words import STOPS, Vocabulary
from generator.extract.runs import Run
from generator.extract.votes import GIVEN, votes_of
from generator.extract.words import Word
from generator.lexicon import Lexicons


def surface(run: Run, tokens: Sequence[Word], text: str) -> str:
    """A name as written, on one line."""
    return text[tokens[run.first].start : tokens[run.last - 1].end].replace("\n", " ")


@dataclass
class Poll:
    """The votes of one text, while they are cast; private to this stage."""

    votes: defaultdict[str, Counter[Family]] = field(default_factory=lambda: defaultdict(Counter))
    seen: Counter[str] = field(default_factory=Counter)
    """How often each unknown name stands in running text."""
    adjectives: set[str] = field(default_factory=set)
    """What stands before a plain word and may be a people: `Orvelian government`."""
    listed: list[tuple[str, str]] = field(default_factory=list)
    """Full names that stand beside each other in a list."""
    articled: set[str] = field(default_factory=set)
    """Names with an article, which persons have none of."""

    def hear(self, name: str, mention: Mention) -> None:
        """Take the votes of one mention."""
        self.seen[name] += 1
        if mention.previous in ARTICLES and not mention.run.title:
            self.articled.add(name)
        after = mention.following
        if name.endswith("an") and after.isalpha() and after not in STOPS and not mention.capital_after():
            self.adjectives.add(name)
        for family, weight in votes_of(mention):
            self.votes[name][family] += weight

    def go_on(self, name: str, following: Sequence[Word], words: Evidence) -> None:
        """Take the vote of the sentence behind one that a name opens: `Marn Holdings … It sold`, `Ana Belk … She left`."""
        first = following[0].lower if following else ""
        if first in ("he", "she"):
            self.votes[name]["person"] += WEAK
        elif first == "it" and len(following) > 1 and following[1].lower in words.acts:
            self.votes[name]["organisation"] += WEAK

    def join(self) -> None:
        """Let a person make persons of those in a list with it of whom nothing else tells what they are."""
        for one, other in (*self.listed, *((b, a) for a, b in reversed(self.listed))):
            if _winner(self.votes[one]) == "person" and not self.votes[other]:
                self.votes[other]["person"] += 2 * WEAK

    def compare(self, words: Evidence) -> None:
        """Take the votes that names give each other: `Orvelian` to `Orvelia`, a later `Belk` to `Ana Belk`."""
        for name in self.adjectives:
            if name[:-1] in self.seen:
                self.votes[name[:-1]]["place"] += 2 * WEAK
        most: dict[str, int] = {}
        for name, times in self.seen.items():
            last = name.rpartition(" ")[2]
            if last != name:
                most[last] = max(times, most.get(last, 0))
        families = {name.split()[0] for name in self.seen if GIVEN.fullmatch(name.partition(" ")[2])} | most.keys()
        for name, times in self.seen.items():
            foremost = times == most.get(name.rpartition(" ")[2]) and name not in self.articled
            if foremost and _family_name_follows(name, self.seen, words):
                self.votes[name]["person"] += 2 * WEAK
            if name in families and self.votes[name].keys() <= {"organisation"} and self.votes[name].total() <= WEAK:
                del self.votes[name]  # sooner the person's whose longer name ends so


def _listed(one: Run, other: Run, line: Sequence[Word]) -> bool:
    """Whether two full names are parts of one list: `Ana Belk and | Odo Brant`."""
    between = [word.lower for word in line[one.last : other.title[0] if other.title else other.first]]
    full = all(1 < run.last - run.first < 5 and not run.known for run in (one, other))
    return full and between in ([","], ["and"], ["or"], [",", "and"])


def decide(
    sentences: Sequence[Sequence[Run]],
    tokens: Sequence[Sequence[Word]],
    text: str,
    lexicons: Lexicons,
    vocab: Vocabulary,
) -> dict[str, Family]:
    """The kind of each unknown name, by the votes of all the places where it stands."""
    poll, words = Poll(), evidence(lexicons)
    for i, (runs, line) in enumerate(zip(sentences, tokens, strict=True)):
        if all(run.known for run in runs) or headline(line):
            continue
        dated = dateline_end(line) if line is tokens[0] else 0
        if dated:
            poll.votes[place_of_dateline(line)]["place"] += STRONG
        for run in runs:
            if not run.known and run.first >= dated:
                poll.hear(surface(run, line, text), Mention(run, line, vocab, words))
        for one, other in pairwise(runs):
            if _listed(one, other, line):
                poll.listed.append((surface(one, line, text), surface(other, line, text)))
        opens = bool(runs) and not runs[0].known and runs[0].first == dated and runs[0].last > dated + 1
        if opens and i + 1 < len(tokens):  # one word alone may be any word: `Giving evidence, …`
            poll.go_on(surface(runs[0], line, text), tokens[i + 1], words)
    poll.compare(words)
    poll.join()
    winners = {name: _winner(count) for name, count in poll.votes.items()}
    return {name: family for name, family in winners.items() if family}


def _winner(count: Counter[Family]) -> Family | None:
    """The family with most votes; of two that nothing defines, neither."""
    if not count:
        return None
    (best, most), *others = sorted(count.items(), key=lambda votes: -votes[1])
    tie = others and others[0][1] == most and most < STRONG
    return None if tie or not most else best


def _family_name_follows(name: str, seen: Counter[str], words: Evidence) -> bool:
    """Whether the last word of a longer name stands alone elsewhere, as a person's does: `Ana Belk … Belk`."""
    parts = name.split()
    first, last = parts[0], parts[-1]
    if not 2 <= len(parts) <= 3 or last not in seen or first in seen or first in words.prefixes:
        return False
    if len(first) > 5 and first.endswith("ing"):  # `Backing Belk`
        return False
    return all(part.istitle() for part in parts) and last.lower() not in words.sure_heads
