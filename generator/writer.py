"""Statements, names and dates as Markdown on a page: what templates call `say`.

All text that came from elsewhere passes `literal` here, so what a method returns is Markdown and final.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator import edtf, phrases, telling
from generator.addresses import anchor, entity_path, relative, source_path, topic_path
from generator.aggregate import figures
from generator.aggregate.figures import Progress
from generator.aggregate.passages import Piece
from generator.aggregate.subjects import Subject
from generator.aggregate.watch import Axis
from generator.link import Briefing, Statement
from generator.literal import literal
from generator.model import Assessment, Entity, Event, Figure, Role, Source
from generator.registry import family

if TYPE_CHECKING:
    from generator.base import Conflict

BARE = "#"
"""The target of a link that is a directive; where the page is built without them it leads to the top."""
GAP = "[…]"
COMMAND = re.compile(r"[a-z0-9 -]++")
"""What may stand between backticks."""
SAFE_URL = "/:?#@!$&'*+,;=%-._~"


@dataclass(frozen=True)
class Writer:
    """Says things on one page of a briefing."""

    briefing: Briefing
    page: str

    def to(self, path: str) -> str:
        """The way to another page of the site."""
        return relative(path, self.page)

    def link(self, label: str, path: str, anchor: str = "") -> str:
        """A link to another page, its label literal."""
        return f"[{literal(label)}]({relative(path, self.page, anchor)})"

    def path(self, entity: Entity) -> str | None:
        """The page of an entity, if it has one."""
        return entity_path(entity, self.briefing.lexicons) if self._has_page(entity) else None

    def name(self, entity: Entity, label: str | None = None) -> str:
        """A name, as a link to its page where it has one and this is another."""
        path = self.path(entity)
        words = label or entity.name
        return literal(words) if not path or path == self.page else self.link(words, path)

    def tally(self, entity: Entity) -> str:
        """How many facts name an entity; of a mere publisher, how many sources it brought out."""
        facts = len(self.briefing.about(entity))
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

    def figure(self, statement: Statement) -> str:
        """A figure with unit and bound."""
        assert isinstance(statement.fact, Figure)
        return literal(phrases.figure(statement.fact, self.briefing.lexicons))

    def unit(self, statement: Statement) -> str:
        """What a figure counts."""
        assert isinstance(statement.fact, Figure)
        fact = statement.fact
        return literal(phrases.unit(fact.unit or fact.measure, fact.value, self.briefing.lexicons))

    def share(self, pair: Progress) -> str:
        """`40 of 200 cities and counties: 20%`. Plain text."""
        done, aim = figures.value(pair.reported), pair.target.value
        share = f"{100 * pair.share:.1f}".removesuffix(".0")
        return f"{phrases.number(done)} of {phrases.number(aim)} is {share}%"

    def sum(self, pair: Progress) -> str:
        """A sentence on a figure and its target, with the sum where the target is derived. Plain text."""
        if not pair.target.duration:
            return f"{self.share(pair)}."
        rate, lasting, lexicons = (
            figures.fact(pair.target.stated),
            figures.fact(pair.target.duration),
            self.briefing.lexicons,
        )
        each = f"{phrases.number(rate.value)} {phrases.label('per', rate.per or '', lexicons)}"
        return f"{self.share(pair)} ({each} × {phrases.figure(lasting, lexicons)})."

    def counts(self, counts: Mapping[str, int]) -> str:
        """`11 events, 1 role`."""
        kinds = ((phrases.label("kind", kind, self.briefing.lexicons).lower(), n) for kind, n in counts.items())
        return literal(", ".join(f"{phrases.number(n)} {kind}{'' if n == 1 else 's'}" for kind, n in kinds))

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
            return f"{said}, the source does not say by whom"
        return said + (f", according to {self.names(voices)}" if voices else "")

    def gloss(self, entity: Entity) -> str:
        """One line on who or what it is, from its newest role, its kind, or what it lies in; may be empty."""
        roles = (s for s in self.briefing.about(entity) if isinstance(s.fact, Role) and entity in s.who)
        role = max(roles, key=lambda s: (edtf.sort_key(s.source.date), s.fact.id), default=None)
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
        href = relative(source_path(statement.source.id), self.page, anchor(statement.fact.id))
        label = telling.citation(statement) + (f" ({gone})" if gone else "")
        return f'[{literal(label)}]({href} "{title}"){{ .cite }}'

    def sort(self, statement: Statement) -> str:
        """What sort of fact it is: its kind, then what happened, or the figure, then its status or role."""
        fact = statement.fact
        parts = [self.tag("kind", fact.kind)]
        if isinstance(fact, Event):
            parts += [
                literal(phrases.label("what", fact.what, self.briefing.lexicons)),
                self.tag("status", fact.status),
            ]
        elif isinstance(fact, Figure):
            parts += [self.figure(statement), self.tag("role", fact.role)]
        return " ".join(parts)

    def details(self, statement: Statement) -> str:
        """All that a fact says besides its sentence, each value with its name in front, as a list within one."""
        fact = statement.fact
        told = {
            "Title": literal(fact.title) if isinstance(fact, Role) else "",
            "Of": self.name(statement.org) if statement.org else "",
            "Speaker": self.name(statement.speaker) if statement.speaker else "",
            "Hedge": f"“{literal(fact.hedge)}”" if isinstance(fact, Assessment) else "",
            "Likelihood": literal(fact.likelihood) if isinstance(fact, Assessment) and fact.likelihood else "",
            "Held by": self.names(statement.by),
            "When": self.when(statement),
            "Who": self.names(statement.who),
            "Where": self.names(statement.where),
            "About": ", ".join(
                [self.names(statement.about)] * bool(statement.about) + [*map(self.topic, statement.topics)]
            ),
            "Through": self.chain(statement) or "publisher not stated",
            "Reason" if fact.review == "retracted" else "Note": literal(fact.note) if fact.note else "",
            "Review": " ".join([self._review(statement), *self._handles(statement)]),
        }
        return "\n".join(f"    -   *{name}* {value}" for name, value in told.items() if value)

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

    def original(self, source: Source) -> str:
        """A link to the article itself, for what a browser can open; else its address in words."""
        url = source.url or ""
        if not re.match(r"https?://[^\s<>]+$", url):
            return literal(url)
        return f"[Read the original]({quote(url, safe=SAFE_URL)}){{ .original rel=noreferrer }}"

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

    def window(self, statement: Statement, axis: Axis) -> str:
        """When it may happen, as a strip on an axis; empty without a date."""
        fact = statement.fact
        if not statement.when:
            return ""
        days = f'data-from="{axis.first}" data-to="{axis.last}" data-as-of="{axis.as_of}"'
        words = literal(f"{edtf.human(fact.when or '')}, on a strip from {axis.first:%Y-%m} to {axis.last:%Y-%m}")
        return f'[{words}]({BARE}){{ .window data-when="{fact.when}" {days} }}'

    def bullet(self, value: float, target: float, words: str) -> str:
        """A bar of a value against a target."""
        return f'[{literal(words)}]({BARE}){{ .bullet data-value="{value:g}" data-target="{target:g}" }}'

    def number(self, value: float) -> str:
        """A number with thousands apart."""
        return literal(phrases.number(value))

    def pieces(self, pieces: Sequence[Piece]) -> str:
        """A passage with the words of its facts marked in place."""
        return "".join(map(self._piece, pieces)).strip()

    def withheld(self, statement: Statement) -> str:
        """The element a citation leads to where no words of the source may be shown."""
        fact = statement.fact
        place = (
            f"characters {statement.span.start:,}–{statement.span.end:,} of the text"
            if statement.span
            else telling.missing(statement, self.briefing)
        )
        return f'[{place}](#{anchor(fact.id)}){{ .words #{anchor(fact.id)} data-in="{anchor(fact.id)}" }}'

    def _piece(self, piece: Piece) -> str:
        words = literal(GAP if piece.gap else piece.text, inner=True)
        if piece.gap:
            words = f" {words} "
        if not piece.facts:
            return f" [{literal(GAP)}]({BARE}){{ .gap }} " if piece.gap else words
        facts = " ".join(map(anchor, piece.facts))
        opens = [anchor(fact) for fact in piece.opens]
        also = "".join(f'[](#{fact}){{ .words #{fact} data-in="{facts}" }}' for fact in opens[1:])
        own = f"#{opens[0]} " if opens else ""
        return f'{also}[{words}](#{opens[0] if opens else anchor(piece.facts[-1])}){{ .words {own}data-in="{facts}" }}'

    def _is_office(self, entity: Entity) -> bool:
        return family(entity.kind, self.briefing.lexicons) == "organisation"

    def _review(self, statement: Statement) -> str:
        fact = statement.fact
        who = f" by {literal(fact.reviewed_by)}" if fact.reviewed_by else ""
        return (
            self.tag("review", fact.review) + who + (f" on {self.date(fact.reviewed_on)}" if fact.reviewed_on else "")
        )

    def _handles(self, statement: Statement) -> list[str]:
        """Links to the fact itself, and to its line where the repository is known."""
        handles = [f"[permanent link](#{anchor(statement.fact.id)}){{ .permalink }}"]
        repository = self.briefing.settings.repo_url or ""
        if re.match(r"https?://[^\s<>]+$", repository):
            line = f"{repository.rstrip('/')}/blob/HEAD/{statement.place.path}#L{statement.place.line}"
            handles.append(f"[edit this fact]({quote(line, safe=SAFE_URL)}){{ .edit }}")
        return handles

    def _has_page(self, entity: Entity) -> bool:
        return entity.id in self.briefing.by_entity or entity.id in self.briefing.by_publisher

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
