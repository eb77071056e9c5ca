"""The page of a source as Markdown: its passages with the words of facts marked, and all that each fact says of itself.

What a method returns is Markdown and final, as with `generator.writer`, which says the names and dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import quote

from generator import edtf, fragments, phrases, telling
from generator.addresses import BARE, anchor, line_address
from generator.aggregate.accounts import Dating, account
from generator.aggregate.passages import Piece, Sentence, SourcePage
from generator.copies import fingerprint
from generator.fragments import Article
from generator.link import Briefing
from generator.literal import literal
from generator.model import NAME_KEYS, Assessment, Event, Figure, Role, Source, key
from generator.statement import Statement, follow
from generator.writer import Writer

GAP = "[…]"
CODE = re.compile(r"[a-z0-9 -]++")
"""What may stand between backticks."""
ADDRESS = re.compile(r"https?://[^\s<>]+")
SAFE_URL = "/:?#@!$&'*+,;=%-._~"
MARKUP = re.compile(r"[^\w .,:;'’“”()/&→–—!?%+-]|_")
DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:, an? ([A-Z][a-z]+day))?")
LABELS = ("what", "status", "role", "kind", "bound", "per")
"""Keys whose values have words in the lexicon `labels`."""
OWN_WORDS = ("text", "quote", "words", "when-words", "hedge", "title", "measure", "likelihood")
"""Keys whose values repeat the article."""


@dataclass(frozen=True)
class PassageWriter:
    """Says what stands on the page of one source; `say` is the writer of that page."""

    say: Writer
    source: Source

    @property
    def _briefing(self) -> Briefing:
        return self.say.briefing

    @cached_property
    def _article(self) -> Article | None:
        seed = self._briefing.seeds.get(self.source.id)
        return Article(seed.text) if seed else None

    @cached_property
    def _statements(self) -> Mapping[str, Statement]:
        return {s.fact.id: s for s in self._briefing.by_source.get(self.source.id, ())}

    def original(self) -> str:
        """A link to the article itself, for what a browser can open; else its address in words."""
        url = self.source.url or ""
        if not ADDRESS.fullmatch(url):
            return literal(url)
        return f"[Read the original]({_safe(url)}){{ .original rel=noreferrer }}"

    def meter(self, view: SourcePage) -> str:
        """A strip of the sentences, those filled that became facts."""
        words = f"{phrases.number(view.covered)} of {phrases.plural(view.sentences, 'sentence')} hold words of a fact"
        groups = groupby(view.coverage, key=lambda sentence: sentence.paragraph)
        cells = " ".join("".join("1" if s.facts else "0" for s in group) for _, group in groups)
        return f'[{words}]({BARE}){{ .coverage data-cells="{cells}" }}'

    def copy(self) -> str:
        """What folds the search in a reader's own copy; empty where no words of facts are known."""
        seed = self._briefing.seeds.get(self.source.id)
        if not seed or not any(s.span and s.fact.review != "retracted" for s in self._statements.values()):
            return ""
        return f'[Have the article? See every fact in your copy]({BARE}){{ .copy data-sha256="{seed.sha256}" }}'

    def left(self, sentence: Sentence) -> str:
        """Where a sentence without a fact stands, how long it is, and its first words where they are published."""
        opening = f": “{literal(sentence.opening)}”" if sentence.opening else ""
        place = f"Sentence {phrases.number(sentence.number)}, paragraph {phrases.number(sentence.paragraph)}"
        return f"{place}, {phrases.plural(sentence.words, 'word')}{opening}"

    def pieces(self, pieces: Sequence[Piece]) -> str:
        """A passage with the words of its facts marked in place."""
        return "".join(map(self._piece, pieces)).strip()

    def withheld(self, statement: Statement) -> str:
        """The element a citation leads to where no words of the source may be shown."""
        span = statement.span
        place = (
            f"characters {span.start:,}–{span.end:,} of the text"
            if span
            else telling.missing(statement, self._briefing)
        )
        id_ = anchor(statement.fact.id)
        return f'[{place}](#{id_}){{ .words #{id_} data-in="{id_}"{self._held(statement)} }}'

    def sort(self, statement: Statement) -> str:
        """What sort of fact it is: its kind, then what happened, or the figure, then its status or role, and who looked at it."""
        fact, lexicons = statement.fact, self._briefing.lexicons
        parts = [self.say.tag("kind", fact.kind)]
        if isinstance(fact, Event):
            parts += [literal(phrases.label("what", fact.what, lexicons)), self.say.tag("status", fact.status)]
        elif isinstance(fact, Figure):
            parts += [self.say.figure(statement), self.say.tag("role", fact.role)]
        if fact.review != "unreviewed":
            parts.append(self.say.tag("review", fact.review))
        return " ".join(parts)

    def details(self, statement: Statement) -> str:
        """What a fact says besides its sentence, as a list within one: in sight when and through whom; the rest folds."""
        fact = statement.fact
        seen = {
            "When": self.say.when(statement),
            "Hedge": f"“{literal(fact.hedge)}”" if isinstance(fact, Assessment) else "",
            "Likelihood": literal(fact.likelihood) if isinstance(fact, Assessment) and fact.likelihood else "",
            "Through": self.say.chain(statement) or "publisher not stated",
            "Also told": self.say.claims.everybody(statement),
            "Differs": self._differing(statement),
            "Reason" if fact.review == "retracted" else "Note": literal(fact.note) if fact.note else "",
        }
        lines = [
            *_items(seen, 4),
            "    -   [How it was read, how to cite it](#){ .how }",
            *_items(self._how(statement), 8),
        ]
        return "\n".join(lines)

    def _differing(self, statement: Statement) -> str:
        """In what other sources differ from a fact, each time as a link to it."""
        found = self.say.claims.concerned([statement.fact.id])
        return " ".join(self.say.claims.title(contradiction) for contradiction in found)

    def _how(self, statement: Statement) -> dict[str, str]:
        """What folds: the other values, the rule and its proofs, what a person wrote, and the handles of the fact."""
        fact, say = statement.fact, self.say
        told = account(statement, self._briefing)
        about = [*([say.names(statement.about)] if statement.about else []), *map(say.topic, statement.topics)]
        return {
            "Title": literal(fact.title) if isinstance(fact, Role) else "",
            "Of": say.name(statement.org) if statement.org else "",
            "Speaker": say.name(statement.speaker) if statement.speaker else "",
            "Held by": say.names(statement.by),
            "Who": say.names(statement.who),
            "Where": say.names(statement.where),
            "About": ", ".join(about),
            "Read": f"by machine, rule {_code(told.rule)}" if told.rule else "",
            "Written": "" if told.rule else "by a person",
            "Date": self._dating(told.dating) if told.dating else "",
            "By hand": ", ".join(self._by_hand(name, read) for name, read in told.by_hand),
            "Review": self.say.reviewed(statement),
            "Cite": literal(telling.formatted_citation(statement, self._briefing, self.say.day)),
            "Links": " · ".join(self._links(statement)),
        }

    def _dating(self, dating: Dating) -> str:
        """`“Wednesday” → 3 December 2025: the last Wednesday before Friday, 5 December 2025 (rule weekday-past)`."""
        when = self.say.date(dating.when) if dating.when else "no date"
        if not telling.may_quote(self._briefing):
            return f"{when}, by rule {_code(dating.rule)}"
        how = DAY.sub(lambda day: (f"{day[2]}, " if day[2] else "") + edtf.human(day[1]), dating.how)
        return f"“{literal(dating.words)}” → {when}: {literal(how)} (rule {_code(dating.rule)})"

    def _by_hand(self, name: str, read: Any) -> str:
        """A key that a person wrote, and what the machine reads there, unless those are words of the article."""
        words = name.replace("-", " ")
        if name in OWN_WORDS:
            return words
        return f"{words} (the machine reads {self._value(name, read)})"

    def _value(self, name: str, value: Any) -> str:
        if value is None:
            return "nothing"
        if name == "when":
            return self.say.date(value)
        if name in map(key, NAME_KEYS):
            ids = [value] if isinstance(value, str) else value
            known = (follow(id_, self._briefing.registry) for id_ in ids)
            return ", ".join(literal(e.name) if e else literal(id_) for e, id_ in zip(known, ids, strict=True))
        if isinstance(value, int | float):
            return literal(phrases.number(value))
        return literal(phrases.label(name, value, self._briefing.lexicons) if name in LABELS else value)

    def _links(self, statement: Statement) -> list[str]:
        """To the fact itself, to its words in the original, and to its line where the repository is known."""
        links = [f"[permanent link](#{anchor(statement.fact.id)}){{ .permalink }}", self._words_there(statement)]
        repository = self._briefing.settings.repo_url or ""
        if ADDRESS.fullmatch(repository):
            line = line_address(repository, statement.place.path, statement.place.line)
            links.append(f"[edit this fact]({_safe(line)}){{ .edit }}")
        return links

    def _words_there(self, statement: Statement) -> str:
        """A link to the exact words on the article's own page; under `none` to the page alone, as the link holds words."""
        url = self.source.url or ""
        if not ADDRESS.fullmatch(url):
            return "no public link"
        found = None
        if self._article and statement.span and telling.may_quote(self._briefing):
            found = self._article.directive(statement.span)
        label = "these words in the original" if found else "the original"
        return f"[{label}]({_safe(fragments.link(url, found))}){{ .original rel=noreferrer }}"

    def _piece(self, piece: Piece) -> str:
        words = literal(GAP if piece.gap else piece.text, inner=True)
        if piece.gap:
            words = f" {words} "
        if not piece.facts:
            return f" [{literal(GAP)}]({BARE}){{ .gap }} " if piece.gap else words
        facts = " ".join(map(anchor, piece.facts))
        opened = [(anchor(fact), self._held(self._statements[fact])) for fact in piece.opens]
        also = "".join(f'[](#{id_}){{ .words #{id_} data-in="{facts}"{held} }}' for id_, held in opened[1:])
        own, held = (f"#{opened[0][0]} ", opened[0][1]) if opened else ("", "")
        href = opened[0][0] if opened else anchor(piece.facts[-1])
        return f'{also}[{words}](#{href}){{ .words {own}data-in="{facts}"{held} }}'

    def _held(self, statement: Statement) -> str:
        """The attributes of the element with a fact's words: where they stand, what tells them in a copy, who vouches for them but its publisher."""
        told = f' data-chain="{_plain(telling.chain(statement))}"' if statement.voices else ""
        span, article = statement.span, self._article
        if not span or not article:
            return told
        told += f' data-at="{span.start}-{span.end}"'
        if statement.fact.review == "retracted" or not (found := fingerprint(span, article.text)):
            return told
        return f'{told} data-key="{found.length}-{found.hash}"'


def _items(told: Mapping[str, str], indent: int) -> Iterable[str]:
    return (f"{' ' * indent}-   *{name}* {value}" for name, value in told.items() if value)


def _code(rule: str) -> str:
    return f"`{rule}`" if CODE.fullmatch(rule) else literal(rule)


def _plain(text: str) -> str:
    """Text for an attribute of a directive, where no reference can stand: what means something in Markdown is left out."""
    return " ".join(MARKUP.sub(" ", text).split())


def _safe(url: str) -> str:
    return quote(url, safe=SAFE_URL)
