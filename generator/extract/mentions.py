"""One unknown name in its surroundings, and the words of the lexicon that tell beside it what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.extract.gazetteer import Family
from generator.extract.inflect import verb_forms
from generator.extract.name_words import STOPS, Vocabulary, vocabulary
from generator.extract.runs import BETWEEN, Run
from generator.extract.words import Word
from generator.lexicon import Lexicons

STRONG, WEAK, FAINT = 8, 2, 1
"""What defines a name (a title, a head noun) outweighs what merely surrounds it; what is faint only decides alone."""
Vote = tuple[Family, int]
Votes = Sequence[Vote]
"""What one rule says of a mention; rules return them, rather than yield, since they are asked of every name."""
NONE: Votes = ()
ARTICLES = frozenset(["the", "a", "an", "its", "their", "our", "this", "these", "those", "no", "any", "some"])
AUXILIARIES = frozenset("was were is are has have had will would be been not also".split())
BE = frozenset(["was", "were", "is", "are", "been", "being"])
DEFINITE = frozenset(["the", "its", "their", "his", "her", "our", "'s"])


@dataclass(frozen=True)
class Evidence:
    """Words of the lexicon `names` that tell beside a name what it is."""

    speech: frozenset[str]
    posts: frozenset[str]
    """Titles, and what stands before one: `acting`."""
    surely_posts: frozenset[str]
    """Titles that only a person is: `minister`, but not `leader`."""
    prefixes: frozenset[str]
    """Words before a name that is no family name: `Hurricane`, `New`."""
    not_in: frozenset[str]
    """Words before "in" that make it lead to no place: `stake in`."""
    place_of: frozenset[str]
    behind_place: frozenset[str]
    """What may follow a place at once, `in Dray yesterday`, stops included."""
    no_place_at: frozenset[str]
    """Words before "at" that make it lead to no place: `the director at`."""
    motion: frozenset[str]
    governed: frozenset[str]
    also_families: frozenset[str]
    """Heads that are family names too: `Red Cross`, `Ana Cross`."""
    sure_heads: frozenset[str]
    """Heads of every family of names that are none."""
    doing: frozenset[str]
    """What bodies are named after that do it: `Watch`."""
    owned: frozenset[str]
    firms: frozenset[str]
    """What an appositive calls a body: `a ferry operator`."""
    called: frozenset[str]
    """What may stand behind the name of a body: `the Harl Renewal party`."""
    body_of: frozenset[str]
    """Words before "of", "at" or "for" and the name of a body: `the chief executive of`."""
    acts: frozenset[str]
    """Forms of what a body does: `offered`, `offer`."""
    acted: frozenset[str]
    """Those that are past, and so no nouns."""
    kin: frozenset[str]
    """What somebody is to another: `sister`."""
    given: frozenset[str]
    """Given names."""
    done_to: frozenset[str]
    """What is done to persons: `jailed`."""
    trades: tuple[str, ...]
    """Endings of what a person does: `a geochemist`."""
    endings: tuple[str, ...]
    """Of common words, which are capitalised at a sentence's start only."""


@lru_cache(maxsize=4)
def evidence(lexicons: Lexicons) -> Evidence:
    """The words, once for each set of lexicons."""
    table, vocab = lexicons["names"], vocabulary(lexicons)
    place, organisation = table["place"], table["organisation"]
    body_of = frozenset(entry.split()[-1] for entry in organisation["of"])
    also_families = frozenset(organisation["also-families"])
    acts = [entry for verb in organisation["acts"] for entry in verb_forms(verb, lexicons)]
    return Evidence(
        speech=frozenset(table["person-verbs"]),
        posts=vocab.titles | vocab.title_before,
        surely_posts=frozenset(table["titles"]["head"]) - frozenset(table["titles"]["also-firms"]),
        prefixes=frozenset(table["not-given"]) | frozenset(place["before"]),
        not_in=frozenset(place["not-in"]),
        place_of=frozenset(place["of"]) | frozenset(place["head"]),
        behind_place=STOPS | frozenset(place["behind"]) | frozenset(table["person-verbs"]),
        no_place_at=body_of | vocab.titles,
        motion=frozenset(place["motion"]),
        governed=frozenset(place["governed"]),
        also_families=also_families,
        sure_heads=frozenset().union(*vocab.heads.values()) - also_families,
        doing=frozenset(organisation["doing"]),
        owned=frozenset(organisation["owned"]),
        firms=frozenset(organisation["apposed"]),
        called=frozenset(organisation["called"]),
        body_of=body_of,
        acts=frozenset(form for form, _ in acts),
        acted=frozenset(form for form, tag in acts if tag == "past") - {"cut", "shut", "quit"},
        kin=frozenset(table["titles"]["kin"]),
        given=frozenset(name for names in lexicons["world/given-names"].values() for name in names),
        done_to=frozenset(
            form for verb in table["done-to"] for form, tag in verb_forms(verb, lexicons) if tag in ("past", "part")
        ),
        trades=tuple(table["titles"]["endings"]),
        endings=tuple(table["common-endings"]),
    )


class Mention:
    """An unknown name and its surroundings; made for every one, so its shape is told once."""

    __slots__ = ("evidence", "following", "headed", "own", "personal", "previous", "run", "tokens", "vocab")

    def __init__(self, run: Run, tokens: Sequence[Word], vocab: Vocabulary, evidence: Evidence) -> None:
        self.run = run
        self.tokens = tokens
        self.vocab = vocab
        self.evidence = evidence
        self.own = tokens[run.first : run.last]
        """Its words."""
        self.previous = tokens[run.first - 1].lower if run.first else ""
        """The lower-case word before it; empty at the sentence's start."""
        self.following = tokens[run.last].lower if run.last < len(tokens) else ""
        """The lower-case word after it; empty at the sentence's end."""
        self.personal = self._personal()
        """Whether it has the shape of a person's full name."""
        self.headed = self._headed()
        """The family that its head noun tells: `Harl Steel Company`, `Bank of Orvelia`, `Harl County`."""

    def before(self, back: int) -> str:
        """The lower-case word so many before it; empty beyond the sentence's start."""
        at = self.run.first - back
        return self.tokens[at].lower if at >= 0 else ""

    def capital_before(self, back: int) -> bool:
        """Whether the word so many before it begins in upper case."""
        at = self.run.first - back
        return at >= 0 and self.tokens[at].capital

    def capital_after(self) -> bool:
        """Whether the word after it begins in upper case."""
        return self.run.last < len(self.tokens) and self.tokens[self.run.last].capital

    def ends(self, words: frozenset[str] = STOPS) -> bool:
        """Whether no word follows that it might belong to: a mark, the end, or one of `words`."""
        return not self.following[:1].isalpha() or self.following in words

    def after(self, on: int) -> str:
        """The lower-case word so many behind the one after it; empty beyond the sentence's end."""
        at = self.run.last + on
        return self.tokens[at].lower if at < len(self.tokens) else ""

    def _personal(self) -> bool:
        if not 1 < len(self.own) < 8 or (self.previous in ARTICLES and not self.run.title):
            return False  # `the Dray Line said`: no person has an article
        connectors = self.vocab.person_connectors
        names = [t.text for t in self.own if t.lower not in connectors]
        return 2 <= len(names) <= 4 and not any(len(name) > 3 and name.isupper() for name in names)

    def _headed(self) -> Family | None:
        own, heads = self.own, self.vocab.heads
        last = own[-1].lower
        if len(own) == 1:  # most are, and one word has no parts
            body = last in heads["organisation"] and last not in self.evidence.also_families
            return "organisation" if body else None
        of = next((i for i, t in enumerate(own) if t.lower in ("of", "for")), 0)
        if (last in heads["organisation"] and last not in self.evidence.also_families) or (
            of and own[of - 1].lower in heads["organisation"]
        ):
            return "organisation"
        if last in self.evidence.doing:
            return "organisation"
        if any(t.lower in BETWEEN for t in own[1:-1]):
            return "organisation"  # `Nurses at Sea`
        if last in heads["place"] or own[0].text in self.vocab.place_before:
            return "place"
        return "programme" if last in heads["programme"] else None


def title_follows(tokens: Sequence[Word], first: int, vocab: Vocabulary) -> bool:
    """Whether an appositive that opens at `first` is a post: `deputy spokesperson at`, `the group's chairman`."""
    for word in tokens[first : first + 6]:
        if word.lower in vocab.titles or (len(word.lower) > 5 and word.lower.endswith(("man", "woman"))):
            return True
        if not word.alphabetic and word.lower != "'s":
            return False
        if word.lower in ("who", "which", "said", "and", "was", "is", "of", "at", "in", "on"):
            return False
    return False


def apposed(tokens: Sequence[Word], first: int) -> str | None:
    """The noun of an appositive that opens with an article: `operator` of `a large ferry operator based in`."""
    if first >= len(tokens) or tokens[first].lower not in ("the", "a", "an"):
        return None
    noun = None
    for word in tokens[first + 1 : first + 7]:
        if not word.alphabetic or word.lower in STOPS or word.lower in ("where", "based"):
            return noun
        noun = word.lower
    return None
