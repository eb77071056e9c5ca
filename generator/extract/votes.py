"""What speaks for a name as that of a person, an organisation, a place or a programme: rules that look at one mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.extract.gazetteer import Family
from generator.extract.inflect import verb_forms
from generator.extract.name_words import STOPS, Vocabulary
from generator.extract.runs import Run
from generator.extract.titles import SEATS, title_length
from generator.extract.words import Word
from generator.lexicon import Lexicons

STRONG, WEAK, FAINT = 8, 2, 1
"""What defines a name (a title, a head noun) outweighs what merely surrounds it; what is faint only decides alone."""

Vote = tuple[Family, int]

GIVEN = re.compile(r"[^\W\d_]{2,6}-[^\W\d_a-z]?[^\W\d_A-Z]{1,5}")
"""A given name as East Asian romanisation writes it, after the family name: `Jo-eun`."""


@dataclass(frozen=True)
class Evidence:
    """Words of the lexicon `names` that tell beside a name what it is."""

    speech: frozenset[str]
    surely_posts: frozenset[str]
    """Titles that only a person is: `minister`, but not `leader`."""
    prefixes: frozenset[str]
    """Words before a name that is no family name: `Hurricane`, `New`."""
    not_in: frozenset[str]
    """Words before "in" that make it lead to no place: `stake in`."""
    place_of: frozenset[str]
    behind_place: frozenset[str]
    """What may follow a place at once: `in Dray yesterday`."""
    motion: frozenset[str]
    governed: frozenset[str]
    also_families: frozenset[str]
    """Heads that are family names too: `Red Cross`, `Ana Cross`."""
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
    table = lexicons["names"]
    place, organisation = table["place"], table["organisation"]
    acts = [entry for verb in organisation["acts"] for entry in verb_forms(verb, lexicons)]
    return Evidence(
        speech=frozenset(table["person-verbs"]),
        surely_posts=frozenset(table["titles"]["head"]) - frozenset(table["titles"]["also-firms"]),
        prefixes=frozenset(table["not-given"]) | frozenset(place["before"]),
        not_in=frozenset(place["not-in"]),
        place_of=frozenset(place["of"]) | frozenset(place["head"]),
        behind_place=frozenset(place["behind"]) | frozenset(table["person-verbs"]),
        motion=frozenset(place["motion"]),
        governed=frozenset(place["governed"]),
        also_families=frozenset(organisation["also-families"]),
        owned=frozenset(organisation["owned"]),
        firms=frozenset(organisation["apposed"]),
        called=frozenset(organisation["called"]),
        body_of=frozenset(entry.split()[-1] for entry in organisation["of"]),
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

    __slots__ = ("evidence", "headed", "own", "personal", "run", "tokens", "vocab")

    def __init__(self, run: Run, tokens: Sequence[Word], vocab: Vocabulary, evidence: Evidence) -> None:
        self.run = run
        self.tokens = tokens
        self.vocab = vocab
        self.evidence = evidence
        self.own = tokens[run.first : run.last]
        """Its words."""
        self.personal = self._personal()
        """Whether it has the shape of a person's full name."""
        self.headed = self._headed()
        """The family that its head noun tells: `Harl Steel Company`, `Bank of Orvelia`, `Harl County`."""

    def before(self, back: int = 1) -> str:
        """The lower-case word so many before it; empty at the sentence's start."""
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
        after = self.after()
        return not after[:1].isalpha() or after in words

    def after(self, on: int = 0) -> str:
        """The lower-case word so many behind the one after it; empty at the sentence's end."""
        at = self.run.last + on
        return self.tokens[at].lower if at < len(self.tokens) else ""

    def _personal(self) -> bool:
        if not 1 < len(self.own) < 8 or (self.before() in ARTICLES and not self.run.title):
            return False  # `the Dray Line said`: no person has an article
        names = [t for t in self.own if t.lower not in self.vocab.person_connectors]
        return 2 <= len(names) <= 4 and not any(t.text.isupper() and len(t.text) > 3 for t in names)

    def _headed(self) -> Family | None:
        own, heads = self.own, self.vocab.heads
        of = next((i for i, t in enumerate(own) if t.lower in ("of", "for")), 0)
        last = own[-1].lower
        if (last in heads["organisation"] and last not in self.evidence.also_families) or (
            of and own[of - 1].lower in heads["organisation"]
        ):
            return "organisation"
        if len(own) > 1 and (own[-1].lower in heads["place"] or own[0].text in self.vocab.place_before):
            return "place"
        return "programme" if len(own) > 1 and own[-1].lower in heads["programme"] else None


def head(m: Mention) -> Iterator[Vote]:
    """What the name says of itself, or the title before it."""
    if m.headed:
        cut = m.headed == "programme" and m.before() in ("of", "and", "for", "in", "on", "&")
        if not (cut and m.capital_before(2)):  # `the Freedom of | Trade Act`
            yield m.headed, STRONG
    elif m.run.title:
        yield "person", STRONG
    elif len(m.own) > 1 and m.own[-1].lower in m.evidence.also_families:
        yield "organisation", 2 * WEAK


def given_name(m: Mention) -> Iterator[Vote]:
    """`Lim Jo-eun`, `Ana Belk`."""
    if m.personal and not m.headed and m.own[0].lower in m.evidence.given:
        yield "person", 2 * WEAK
    if len(m.own) == 2 and "-" in m.own[1].text and GIVEN.fullmatch(m.own[1].text) and m.own[0].text.istitle():
        yield "person", STRONG


def befallen(m: Mention) -> Iterator[Vote]:
    """`jailed Ana Belk`, `Ana Belk was sacked`."""
    if m.personal and not m.headed:
        passive = m.after() in BE and m.after(1) in m.evidence.done_to
        if passive or (m.before() in m.evidence.done_to and m.ends(STOPS - AUXILIARIES)):
            yield "person", 2 * WEAK


def initial(m: Mention) -> Iterator[Vote]:
    """`Ana D. Belk`."""
    inner = [t.text for t in m.own[1:-1]]
    if len(inner) == 2 and len(inner[0]) == 1 and inner[1] == "." and m.personal and not m.headed:
        yield "person", STRONG


def apposition(m: Mention) -> Iterator[Vote]:
    """`Vera Lind, its foreign minister`; `Torvik's mayor, Ana Belk,`; `Ana Lund, 43, …`; `Corvid, a ferry operator`; `Torvik, the capital`."""
    if m.after() == "," and title_follows(m.tokens, m.run.last + 1, m.vocab):
        yield "person", STRONG
    elif m.after() == "," and (noun := apposed(m.tokens, m.run.last + 1)):
        if noun in m.evidence.firms:
            yield "organisation", STRONG
        elif noun in m.vocab.heads["place"] or noun == "capital":
            yield "place", STRONG
        elif m.personal and noun.endswith(m.evidence.trades):
            yield "person", 2 * WEAK
    if not m.personal or m.headed:
        return
    kin = m.before() in m.evidence.kin or (m.before() == "," and m.before(2) in m.evidence.kin)
    if kin or (m.before() == "," and m.after() in (",", ".", "") and _post_before(m)):
        yield "person", STRONG
    if m.after() == "," and m.after(1).isdigit() and m.after(2) == ",":
        yield "person", STRONG


def _post_before(m: Mention) -> bool:
    """Whether a post stands before the comma: `the minister for fisheries, | Ana Belk`, `its leader, | Ana Belk`."""
    owners = ("'s", "its", "their", "his", "her", "our")
    owned = m.before(2) in m.vocab.titles and any(m.before(back) in owners for back in (3, 4, 5))
    if owned or m.before(2) in m.evidence.surely_posts:
        return True
    for back in range(3, 10):
        word = m.before(back)
        if not word[:1].isalpha():
            return False
        if word in m.vocab.titles and m.before(back - 1) in ("of", "for", "at"):
            return True
    return False


def post(m: Mention) -> Iterator[Vote]:
    """`Ana Belk was harbour minister`, `Ana Belk had been the mayor`."""
    if not m.personal or m.headed:
        return
    on = 1 if m.after() in ("had", "has") and m.after(1) == "been" else 0
    if m.after(on) not in ("is", "was", "been", "became"):
        return
    for word in m.tokens[m.run.last + on + 1 : m.run.last + on + 6]:
        if word.lower in m.evidence.surely_posts:
            yield "person", STRONG
        if not word.alphabetic or word.lower in m.evidence.surely_posts or word.lower in STOPS - {"the", "a", "an"}:
            return


def speech(m: Mention) -> Iterator[Vote]:
    """`Ana Belk said`, `said Ana Belk`, `Ana Belk, who`; but not `said Marn Shipping would pay`."""
    said = m.after() in m.evidence.speech
    if said and m.after(1) == "it" and m.after(2) in VERBS_OF_IT:
        yield "organisation", 2 * WEAK
    if said and m.after(1) in ("he", "she") and not m.headed:
        yield "person", 2 * WEAK
    if not m.personal:
        return
    told = m.before() in m.evidence.speech and m.ends(STOPS - AUXILIARIES)
    if told or said or m.after() == "who" or (m.after() == "," and m.after(1) in ("who", "whose")):
        yield "person", 2 * WEAK


ARTICLES = frozenset(["the", "a", "an", "its", "their", "our", "this", "these", "those", "no", "any", "some"])

BE = frozenset(["was", "were", "is", "are", "been", "being"])
VERBS_OF_IT = frozenset("would will had has plans planned expects expected did does".split())
"""What follows an `it` that is a body, rather than nothing: `said it was raining`."""
DEFINITE = frozenset(["the", "its", "their", "his", "her", "our", "'s"])

AUXILIARIES = frozenset("was were is are has have had will would be been not also".split())


def particle(m: Mention) -> Iterator[Vote]:
    """`Jan van der Meer`."""
    inner = {t.lower for t in m.own[1:-1] if not t.capital}
    if m.own[0].lower not in m.vocab.particles and inner & m.vocab.particles and not m.headed:
        yield "person", 2 * WEAK


def within(m: Mention) -> Iterator[Vote]:
    """`in Dray`, `near Dray`; but not `a stake in Corvid`."""
    if (m.own[0].text.isupper() and len(m.own[0].text) > 2) or m.headed in ("organisation", "programme"):
        return  # `in HBA`
    before, back = m.before(), 2
    if before in m.vocab.compass:  # `in southern Dray`
        before, back = m.before(2), 3
    leads = before in ("near", "outside") or (before == "in" and m.before(back) not in m.evidence.not_in)
    leads = leads or (before == "at" and m.before(back) not in m.evidence.body_of | m.vocab.titles)
    if leads and len(m.own) <= 3 and m.after() not in ("'s", ":") and m.ends(STOPS | m.evidence.behind_place):
        yield "place", WEAK


def part_of(m: Mention) -> Iterator[Vote]:
    """`the port of Dray`, `north of Dray`, `the mayor of Dray`."""
    if m.before() == "of" and m.before(2) in m.evidence.place_of and len(m.own) <= 3 and m.after() != "'s":
        yield "place", WEAK


def travelled(m: Mention) -> Iterator[Vote]:
    """`sailed from Harl to Dray`, `the road to Dray`, `bound for Dray`."""
    if m.before() not in ("to", "from", "for", "into", "via", "towards", "toward") or len(m.own) > 3:
        return
    at = m.run.first - 1
    reach = [t.lower for t in m.tokens[max(0, at - (1 if m.before() == "for" else 5)) : at]]
    if m.ends() and m.after() != "'s" and not m.evidence.motion.isdisjoint(reach):
        yield "place", WEAK


def governed(m: Mention) -> Iterator[Vote]:
    """`Orvelia's government`, `Torvik's mayor`, `Orvelia's finance ministry`; `Corvid's chief executive`."""
    if m.after() not in ("'s", "’s"):
        return
    if m.after(1) in m.evidence.governed or (m.after(2) in ("ministry", "minister") and not m.headed):
        yield "place", WEAK
    elif m.after(1) in m.evidence.owned or (m.after(1) == "chief" and m.after(2) == "executive"):
        yield "organisation", WEAK


def seated(m: Mention) -> Iterator[Vote]:
    """`Harl Mayor Ida Renn`."""
    if m.after() in SEATS and m.tokens[m.run.last].capital:
        yield "place", WEAK


def described(m: Mention) -> Iterator[Vote]:
    """`the pollster Corvid`, `the relief group Open Hands`; `the port city Torvik`."""
    noun = m.before()
    if m.run.title or m.headed or noun not in m.evidence.firms | m.vocab.heads["place"]:
        return
    if any(m.before(back) in ("the", "a", "an", "'s", "its", "of", "at", "by", "for") for back in (2, 3, 4)):
        yield "organisation" if noun in m.evidence.firms else "place", 2 * WEAK


def apposed_to(m: Mention) -> Iterator[Vote]:
    """`The contractor, Corvid,`; `the firm's owner, Corvid Foods,`."""
    if m.before() != "," or m.headed or m.run.title or m.after() not in (",", ".", ""):
        return
    if m.before(2) in m.evidence.firms and any(m.before(back) in DEFINITE for back in (3, 4, 5)):
        yield "organisation", 2 * WEAK


def seat_of(m: Mention) -> Iterator[Vote]:
    """`Prime Minister Ana Belk of Orvelia`; `Professor Ana Belk of Corvid`."""
    if m.before() != "of" or m.headed or not m.capital_before(2):
        return
    for back in range(3, 8):
        word = m.before(back)
        if word in m.vocab.titles:
            yield (
                "place"
                if word in m.evidence.governed or word in SEATS | {"minister", "king", "queen"}
                else "organisation",
                WEAK,
            )
            return
        if not word[:1].isalpha() or word in STOPS:
            return


def called(m: Mention) -> Iterator[Vote]:
    """`the National Renewal party`, `the White Anchor relief agency`."""
    first = m.after()
    nouns = {first, m.after(1)} if first.isalpha() and first not in STOPS else {first}
    if not m.headed and not m.capital_after() and m.before() in ARTICLES and nouns & m.evidence.called:
        yield "organisation", WEAK


def bodied(m: Mention) -> Iterator[Vote]:
    """`the chief executive of Corvid`, `shares in Corvid`, `an analyst at Corvid`."""
    if m.headed or m.before() not in ("of", "at", "for", "in"):
        return
    words = m.evidence.not_in if m.before() == "in" else m.evidence.body_of
    if m.before(2) in words and m.before(2) not in m.evidence.place_of:
        yield "organisation", WEAK


def employs(m: Mention) -> Iterator[Vote]:
    """`Corvid spokesman Ana Belk`, `Corvid's managing director, Ana Belk`."""
    if m.run.first == 0 and len(m.own) == 1 and m.after() != "'s":
        return  # `Finance minister Ana Belk`
    at = m.run.last + (m.after() == "'s")
    title = title_length(m.tokens, at, min(len(m.tokens), at + 4), m.vocab) if at < len(m.tokens) else 0
    behind = at + title
    posts = m.vocab.titles | m.vocab.title_before
    if (
        title
        and (m.after() == "'s" or m.after() in posts)
        and m.tokens[at].lower not in m.evidence.governed
        and not m.tokens[at].capital
    ):
        behind += behind < len(m.tokens) and m.tokens[behind].text == ","
        if behind < len(m.tokens) and m.tokens[behind].capital:
            yield "organisation", WEAK


def acting(m: Mention) -> Iterator[Vote]:
    """`Corvid offered to sell`, `Corvid has agreed`: a body, where nothing tells otherwise."""
    opens = m.run.first == 0
    if m.personal or m.run.title or (opens and len(m.own) == 1 and m.own[0].lower.endswith(m.evidence.endings)):
        return
    ahead = m.after() in ("has", "have", "had", "will", "would")
    deeds = m.evidence.acts if ahead else m.evidence.acted
    if m.after(1 if ahead else 0) in deeds and not (opens and m.after() == "had"):
        yield "organisation", FAINT


RULES: tuple[Callable[[Mention], Iterator[Vote]], ...] = (
    head,
    given_name,
    befallen,
    initial,
    apposition,
    post,
    speech,
    particle,
    within,
    part_of,
    travelled,
    governed,
    seated,
    described,
    apposed_to,
    seat_of,
    called,
    bodied,
    employs,
    acting,
)


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
