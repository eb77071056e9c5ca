"""Statements, names and dates as Markdown on a page: what templates call `say`.

All text that came from elsewhere passes `literal` here, so what a method returns is Markdown and final.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import countdown, edtf, phrases, sums, telling, telling_changes
from generator.addresses import BARE, anchor, entity_path, placed, relative, source_path, topic_path
from generator.aggregate import ledger
from generator.aggregate.corrections import Correction, Turn
from generator.aggregate.events import as_of_day
from generator.aggregate.pace import Reckoned
from generator.aggregate.profiles import posts, tallies
from generator.aggregate.shown import has_page
from generator.aggregate.subjects import Subject
from generator.aggregate.watch import judgements
from generator.chart_writer import ChartWriter
from generator.claim_writer import ClaimWriter
from generator.ledger_writer import LedgerWriter
from generator.literal import literal
from generator.model import Entity, Event, Role
from generator.registry import family
from generator.statement import Statement

if TYPE_CHECKING:
    from generator.base import Conflict
    from generator.identity import Proposal

COMMAND = re.compile(r"[a-z0-9 -]++")
"""What may stand between backticks."""


@dataclass(frozen=True)
class Writer(ChartWriter):
    """Says things on one page of a briefing."""

    page: str
    day: str = ""
    """The day that the page speaks of, `YYYY-MM-DD`; the briefing's where it is empty."""

    def to(self, path: str, anchor: str = "") -> str:
        """The way to another page of the site; from a page of an edition to the page of the same edition."""
        edition = self.briefing.edition
        return relative(placed(path, edition), placed(self.page, edition), anchor)

    def edition(self, day: str, label: str, path: str = "index.md") -> str:
        """A link to a page of an edition, or of the present where `day` is empty, from whichever page."""
        return f"[{literal(label)}]({relative(placed(path, day), placed(self.page, self.briefing.edition))})"

    def new(self, counts: Mapping[str, int]) -> str:
        """How much is new of what: `2 sources, 31 facts`."""
        words = ((phrases.label("new", name, self.briefing.lexicons), count) for name, count in counts.items())
        return literal(", ".join(phrases.plural(count, word) for word, count in words))

    def link(self, label: str, path: str, anchor: str = "") -> str:
        """A link to another page, its label literal."""
        return f"[{literal(label)}]({self.to(path, anchor)})"

    def path(self, entity: Entity) -> str | None:
        """The page of an entity, if it has one."""
        return entity_path(entity, self.briefing.lexicons) if has_page(entity, self.briefing) else None

    def name(self, entity: Entity, label: str | None = None) -> str:
        """A name, as a link to its page where it has one and this is another."""
        path = self.path(entity)
        words = label or entity.name
        return literal(words) if not path or path == self.page else self.link(words, path)

    def tally(self, entity: Entity) -> str:
        """How many facts name an entity; of a mere publisher, how many sources it brought out."""
        facts = tallies(self.briefing).get(entity.id, 0)
        return phrases.plural(
            facts or len(self.briefing.by_publisher.get(entity.id, ())), "fact" if facts else "source"
        )

    def entry(self, entity: Entity) -> str:
        """A name at the head of a line of a list."""
        return self.name(entity, phrases.sentence_case(entity.name))

    def names(self, entities: Iterable[Entity]) -> str:
        """Names with commas between."""
        return ", ".join(self.name(entity) for entity in entities)

    def topic(self, topic_id: str) -> str:
        """A curated topic by its title."""
        title = next((t.title for t in self.briefing.topics if t.id == topic_id), topic_id)
        return self.link(title, topic_path(topic_id))

    def group(self, name: str) -> str:
        """What the topics, people … of a page are called together."""
        return f"[{literal(phrases.label('subject', name, self.briefing.lexicons))}]({BARE}){{ .as .n .{name} }}"

    def subject(self, subject: Subject) -> str:
        """A topic or name, linked; the element that rows of the page name as what they are about."""
        return f"{self.link(subject.title, subject.path)}{{ #in-{anchor(subject.id)} }}"

    def row(self, statement: Statement, about: Sequence[Subject]) -> str:
        """What the row of an event is about, for filters; nothing that a reader sees."""
        fact = statement.fact
        named = " ".join(anchor(subject.id) for subject in about)
        sort = f'data-what="{anchor(fact.what)}" data-status="{fact.status}"' if isinstance(fact, Event) else ""
        return f'[]({BARE}){{ .row data-in="{named}" {sort} }}'

    def tag(self, table: str, value: str) -> str:
        """A word that classifies, such as a status, as a directive that the theme can colour."""
        words = literal(phrases.label(table, value, self.briefing.lexicons))
        kind = re.sub(r"[^a-z-]", "", value)
        return f"[{words}]({BARE}){{ .tag .{kind} }}"

    def date(self, text: str, *, short: bool = False) -> str:
        """A date for readers, with its machine form."""
        words = literal(telling.short_date(text) if short else edtf.human(text))
        return f'[{words}]({BARE}){{ .time datetime="{text}" }}' if edtf.parse(text) else words

    def date_words(self, statement: Statement) -> str:
        """The date of a fact in a reader's words, as plain literal text."""
        return literal(edtf.human(statement.fact.when or ""))

    def when(self, statement: Statement) -> str:
        """When it was or will be, and the words that say so; empty where neither is known."""
        fact = statement.fact
        words = f"“{literal(fact.when_words)}”" if fact.when_words and telling.may_quote(self.briefing) else ""
        if not fact.when:
            return words
        return f"{self.date(fact.when)} ({words})" if words else self.date(fact.when)

    def state(self, statement: Statement) -> str:
        """Where it stands with review, for what a person looked at: a tag with a space before it."""
        review = statement.fact.review
        return f" {self.tag('review', review)}" if review in ("confirmed", "disputed") else ""

    def sums(self, given: Reckoned) -> list[sums.Row]:
        """The rows of a target's table."""
        return sums.rows(given, self)

    def notes(self, given: Reckoned) -> list[str]:
        """What its times are counted from, and what no source states."""
        return sums.notes(given, self)

    def attributed(self, statement: Statement) -> str:
        """The sentence, and who says so where it does not name them: `…, according to X.`

        What an agency or office reports as done is left to the citation, which names it too.
        """
        said, first = self.statement(statement), statement.voices[:1]
        done = isinstance(statement.fact, Event) and statement.fact.status == "happened"
        told = telling.told(statement, self.briefing)
        names = [e for e in first if not _mention(told, self._names(e)) and not (done and self._is_office(e))]
        return f"{said.removesuffix('.')}, according to {self.names(names)}." if names and said.endswith(".") else said

    def outlook(self, statement: Statement) -> str:
        """The status of an event that has not happened, with who expects it or calls for it, and through whom that is known."""
        assert isinstance(statement.fact, Event)
        status, voices = statement.fact.status, statement.voices
        said = self.tag("status", status)
        if status in ("expected", "called-for") and voices:
            said, voices = f"{said} by {self.name(voices[0])}", voices[1:]
        elif status == "expected":
            said = f"{said}, the source does not say by whom"
        likely = f", as the source puts it: {words}" if (words := self.likely(statement)) else ""
        return said + (f", according to {self.names(voices)}" if voices else "") + likely

    def status(self, statement: Statement) -> str:
        """The status of an event that has not happened, and the hedge of its source, to stand before its sentence; else empty."""
        fact = statement.fact
        if not isinstance(fact, Event) or fact.status == "happened":
            return ""
        return " ".join(filter(None, (self.tag("status", fact.status), self.likely(statement)))) + " "

    def likely(self, statement: Statement) -> str:
        """How likely an expected event is, in the words by which its source hedges it; empty where there are none."""
        words = telling.likelihood(judgements(statement, self.briefing), self.briefing)
        return ", ".join(f"“{literal(word)}”" for word in words)

    def due(self, statement: Statement, *, quiet: bool = False) -> str:
        """How far off it is as of the page's day, for `clock.js` to say by the reader's; empty without a date.

        Where a newer source dates it anew or tells what came of it, that. A `quiet` one says nothing before its window has passed.
        """
        if settled := self.ledger.settled(statement):
            return settled
        when, own = statement.when, edtf.parse(self.day)
        day = own.latest if own else as_of_day(self.briefing)
        if not when:
            return ""
        is_later = ledger.later(statement, self.briefing)
        over = countdown.is_over(when, day)
        said = literal(countdown.due(when, day, later=is_later)) if over or not quiet else ""
        kinds = [name for name, holds in (("quiet", quiet), ("later", is_later), ("passed", over)) if holds]
        return f'[{said}]({BARE}){{ .{" .".join(["due", *kinds])} data-when="{when.text}" data-as-of="{day}" }}'

    @property
    def ledger(self) -> LedgerWriter:
        """Says what came of what was ahead."""
        return LedgerWriter(self)

    @property
    def claims(self) -> ClaimWriter:
        """Says who else tells a fact, and where sources differ."""
        return ClaimWriter(self)

    def age(self) -> str:
        """When the newest source came out, for `clock.js` to make an age of it."""
        day = self.briefing.newest_day
        return f'[The newest source is of {literal(edtf.human(day))}.]({BARE}){{ .age datetime="{day}" }}'

    def gloss(self, entity: Entity) -> str:
        """One line on who or what it is, from its newest role, its kind, or what it lies in; may be empty."""
        role = posts(self.briefing).get(entity.id)
        if role and isinstance(role.fact, Role):
            title = literal(phrases.sentence_case(role.fact.title))
            return f"{title}, {self.name(role.org)} {self.cite(role)}" if role.org else f"{title} {self.cite(role)}"
        parent = self.briefing.registry.get(entity.in_ or "")
        if entity.kind == family(entity.kind, self.briefing.lexicons):  # a person among people: that says nothing
            return f"In {self.name(parent)}" if parent else ""
        kind = phrases.sentence_case(phrases.label("entity", entity.kind, self.briefing.lexicons))
        return literal(kind) + (f" in {self.name(parent)}" if parent else "")

    def post(self, statement: Statement) -> str:
        """Who holds what post where, without what the page is about: `Harbour master, Port of Ellery`."""
        assert isinstance(statement.fact, Role)
        who = self.names(entity for entity in statement.who if self.path(entity) != self.page)
        title = statement.fact.title if who else phrases.sentence_case(statement.fact.title)
        org = statement.org if statement.org and self.path(statement.org) != self.page else None
        said = literal(title) + (f", {self.name(org)}" if org else "")
        return f"{who}: {said}" if who else said

    def since(self, statement: Statement) -> str:
        """The day a fact is about, else the day of its source. Plain literal text."""
        when = statement.fact.when
        return literal(edtf.human(when) if when else f"As of {telling.short_date(statement.source.date)}")

    def by(self, statement: Statement) -> str:
        """Whose words they are; empty on the page of who said them."""
        speaker = statement.speaker
        if not speaker:
            return "Speaker not named"
        return "" if self.path(speaker) == self.page else self.name(speaker)

    def statement(self, statement: Statement) -> str:
        """What a fact states, as a sentence with names linked; struck through if it was taken back."""
        if statement.fact.review == "retracted":
            return f"[{literal(telling.told(statement, self.briefing))}]({BARE}){{ .struck }}"
        return self._linked(telling.sentence(statement, self.briefing), statement)

    def cite(self, statement: Statement) -> str:
        """The citation: publisher (through whom) and date, leading to the exact words; it says so where there are none."""
        gone = telling.missing(statement, self.briefing)
        title = literal(f"{telling.chain(statement)}: {gone or 'read the exact words'}")
        href = self.to(source_path(statement.source.id), anchor(statement.fact.id))
        label = telling.citation(statement) + (f" ({gone})" if gone else "")
        return f'[{literal(label)}]({href} "{title}"){{ .cite }}'

    def fact(self, statement: Statement, label: object) -> str:
        """A link to the words of a fact, under a label."""
        return self.link(str(label), source_path(statement.source.id), anchor(statement.fact.id))

    def change(self, what: str) -> str:
        """The name of a sort of change, at the head of its item."""
        return f"[{literal(telling_changes.label(what, self.briefing))}]({BARE}){{ .as .label }}"

    def corrected(self, correction: Correction) -> str:
        """The same for what a person did with a fact."""
        return self.change(telling_changes.correction(correction))

    def before(self, what: str) -> str:
        """What leads over to the older statement that a newer one goes beyond."""
        return literal(phrases.sentence_case(telling_changes.before(what, self.briefing)))

    def turn(self, turn: Turn, statement: Statement) -> str:
        """What a person did with a key of a fact."""
        return literal(telling.turned(turn, statement, self.briefing))

    def reviewed(self, statement: Statement) -> str:
        """Whether a person confirmed, doubted or took back a fact, who, and when."""
        fact = statement.fact
        who = f" by {literal(fact.reviewed_by)}" if fact.reviewed_by else ""
        on = f" on {self.date(fact.reviewed_on)}" if fact.reviewed_on else ""
        return self.tag("review", fact.review) + who + on

    def conflict(self, conflict: Conflict) -> str:
        """A value that stands in a fact file and that the reader now reads differently, and how that is settled."""
        where = source_path(conflict.source)
        known = {s.fact.id: s.fact.text for s in self.briefing.by_source.get(conflict.source, ())}
        if conflict.source not in self.briefing.sources:
            fact = literal(conflict.source)
        else:
            fact = (
                self.link(known[conflict.fact] or conflict.fact, where, anchor(conflict.fact))
                if conflict.fact in known
                else self.link("Source", where)
            )
        ours, theirs = (", ".join(v) if isinstance(v, tuple) else v for v in (conflict.ours, conflict.theirs))
        key = literal(conflict.key or "the whole fact")
        command = " ".join(["briefing settle", conflict.subject, *([conflict.key] if conflict.key else [])])
        stands = f"“{literal(ours)}” stands" if ours is not None else "nothing stands"
        reads = f"the reader says “{literal(theirs)}”" if theirs is not None else "the reader no longer says it"
        command = f"`{command}`" if COMMAND.fullmatch(command) else literal(command)
        return f"{fact} {key.capitalize()}: {stands}; {reads}. {command}"

    def twin(self, proposal: Proposal) -> str:
        """Two names that are probably one: why, where each is named, and how that is settled."""
        gone, into = proposal.gone, proposal.into
        command = f"briefing merge-entities {gone.id} {into.id}"
        told = f"{self.entry(gone)} and {self.name(into)}: {literal(proposal.why)}."
        for entity, said in ((gone, proposal.of_gone), (into, proposal.of_into)):
            if said:
                facts = phrases.plural(len(said), "fact")
                told += f" {literal(entity.name)} stands in {facts}, first {self.cite(said[0])}."
        return f"{told} {f'`{command}`' if COMMAND.fullmatch(command) else literal(command)}"

    def chain(self, statement: Statement) -> str:
        """Who vouches for it, nearest first, with arrows."""
        return " → ".join(self.name(entity) for entity in statement.chain)

    def source(self, source_id: str) -> str:
        """A source by its title, as a link to its page."""
        return self.link(self.source_title(source_id), source_path(source_id))

    def source_title(self, source_id: str) -> str:
        """The title of a source, or what stands for it. Plain text."""
        return telling.source_title(source_id, self.briefing)

    def publisher(self, source_id: str) -> str:
        """Who brought a source out. Plain text."""
        return telling.publisher_name(source_id, self.briefing)

    def published_by(self, source_id: str) -> str:
        """Who brought a source out, linked."""
        entity = telling.outlet(source_id, self.briefing)
        return self.name(entity) if entity else "publisher not stated"

    def _is_office(self, entity: Entity) -> bool:
        return family(entity.kind, self.briefing.lexicons) == "organisation"

    def _linked(self, text: str, statement: Statement) -> str:
        """Literal text in which the first mention of each name leads to its page."""
        found: list[tuple[int, int, str]] = []
        for entity in statement.entities:
            path = self.path(entity)
            span = _mention(text, self._names(entity)) if path and path != self.page else None
            if span and path:
                found.append((*span, path))
        said, at = [], 0
        for start, end, path in sorted(found, key=lambda hit: (hit[0], -hit[1])):
            if start >= at:
                said += [literal(text[at:start], inner=True), self.link(text[start:end], path)]
                at = end
        return "".join([*said, literal(text[at:], inner=True)]).strip()

    def _names(self, entity: Entity) -> list[str]:
        """All it may be called in a statement that names it, the longest first; of a person also single names."""
        names = set(entity.names())
        if family(entity.kind, self.briefing.lexicons) == "person":
            names |= {part for part in entity.name.split() if len(part) > 2 and part[0].isupper()}
        return sorted(names, key=lambda name: (-len(name), name))


def _mention(text: str, names: Iterable[str]) -> tuple[int, int] | None:
    """Where the first of some names stands as whole words."""
    for name in names:
        start = text.find(name) if name else -1
        while start >= 0:
            end = start + len(name)
            if not text[max(0, start - 1) : start].isalnum() and not text[end : end + 1].isalnum():
                return start, end
            start = text.find(name, end)
    return None
