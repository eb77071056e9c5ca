"""Statements, names and dates as Markdown on a page: what templates call `say`.

All text that came from elsewhere passes `literal` here, so what a method returns is Markdown and final.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import countdown, edtf, maps, phrases, sums, telling
from generator.addresses import anchor, entity_path, relative, source_path, topic_path
from generator.aggregate import amounts, figures, outcomes
from generator.aggregate.corrections import Turn
from generator.aggregate.events import as_of_day
from generator.aggregate.figures import Progress
from generator.aggregate.history import History, Measurement
from generator.aggregate.pace import Reckoned
from generator.aggregate.places import Spot
from generator.aggregate.subjects import Subject
from generator.aggregate.watch import Axis, judgements
from generator.link import Briefing, Statement
from generator.literal import literal
from generator.model import Entity, Event, Figure, Role
from generator.registry import family

if TYPE_CHECKING:
    from generator.base import Conflict
    from generator.identity import Proposal

BARE = "#"
"""The target of a link that is a directive; where the page is built without them it leads to the top."""
COMMAND = re.compile(r"[a-z0-9 -]++")
"""What may stand between backticks."""


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

    def sorts(self, statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
        """Figures by what sort they are of, each sort under its name."""
        labels, groups = self.briefing.lexicons["labels"]["sorts"], figures.by_sort(statements, self.briefing.lexicons)
        return [(labels[name], group) for name, group in groups.items()]

    def amount(self, statement: Statement) -> str:
        """The number of a figure, with its bound and a sign that stands after it, without its unit."""
        fact, labels = figures.fact(statement), self.briefing.lexicons["labels"]
        bound = f"{phrases.label('bound', fact.bound, self.briefing.lexicons)} " if fact.bound else ""
        high = f"–{phrases.number(fact.high)}" if fact.high is not None else ""
        return literal(f"{bound}{phrases.number(fact.value)}{high}{labels['sign_after'].get(fact.unit, '')}")

    def measured(self, statement: Statement) -> str:
        """The unit of a figure, and per what; empty where its number says all."""
        fact, lexicons = figures.fact(statement), self.briefing.lexicons
        per = phrases.label("per", fact.per, lexicons) if fact.per else ""
        name = "" if fact.unit in lexicons["labels"]["sign_after"] else fact.unit or fact.measure
        unit = phrases.unit(name, fact.high or fact.value, lexicons)
        return literal(f"{unit} {per if per != fact.per or not per else f'per {per}'}".strip())

    def unit(self, statement: Statement) -> str:
        """What a figure counts."""
        assert isinstance(statement.fact, Figure)
        fact = statement.fact
        return literal(phrases.unit(fact.unit or fact.measure, fact.value, self.briefing.lexicons))

    def state(self, statement: Statement) -> str:
        """Where it stands with review, for what a person looked at: a tag with a space before it."""
        review = statement.fact.review
        return f" {self.tag('review', review)}" if review in ("confirmed", "disputed") else ""

    def sum(self, pair: Progress) -> str:
        """A sentence on a figure and its target, with the sum where the target is derived. Plain text."""
        lexicons, share = self.briefing.lexicons, sums.share(pair, self.briefing.lexicons)
        if not pair.target.duration:
            return f"{share}."
        rate, lasting = (figures.fact(s) for s in (pair.target.stated, pair.target.duration))
        each = f"{phrases.number(rate.value)} {phrases.label('per', rate.per or '', lexicons)}"
        return f"{share} ({each} × {phrases.figure(lasting, lexicons)})."

    def sums(self, given: Reckoned) -> list[sums.Row]:
        """The rows of a target's table."""
        return sums.rows(given, self)

    def notes(self, given: Reckoned) -> list[str]:
        """What its times are counted from, and what no source states."""
        return sums.notes(given, self)

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
        """How far off it is as of the briefing's day, for `clock.js` to say by the reader's; empty without a date.

        Where a newer source dates it anew or tells of it, that. A `quiet` one says nothing before its window has passed.
        """
        if told := outcomes.reported(statement, self.briefing):
            return f"reported since: {' '.join(map(self.cite, told))}"
        if newer := outcomes.changed(statement, self.briefing):
            return f"dated anew since: {self.date(newer.fact.when or '')} {self.cite(newer)}"
        when, day = statement.when, as_of_day(self.briefing)
        if not when:
            return ""
        is_later = outcomes.later(statement, self.briefing)
        over = countdown.is_over(when, day)
        said = literal(countdown.due(when, day, later=is_later)) if over or not quiet else ""
        kinds = [name for name, holds in (("quiet", quiet), ("later", is_later), ("passed", over)) if holds]
        return f'[{said}]({BARE}){{ .{" .".join(["due", *kinds])} data-when="{when.text}" data-as-of="{day}" }}'

    def age(self) -> str:
        """When the newest source came out, for `clock.js` to make an age of it."""
        day = self.briefing.newest_day
        return f'[The newest source is of {literal(edtf.human(day))}.]({BARE}){{ .age datetime="{day}" }}'

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

    def fact(self, statement: Statement, label: object) -> str:
        """A link to the words of a fact, under a label."""
        return self.link(str(label), source_path(statement.source.id), anchor(statement.fact.id))

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

    def window(self, statement: Statement, axis: Axis) -> str:
        """When it may happen, as a strip on an axis; empty without a date."""
        fact = statement.fact
        if not statement.when:
            return ""
        days = f'data-from="{axis.first}" data-to="{axis.last}" data-as-of="{axis.as_of}"'
        ends = (edtf.human(f"{day:%Y-%m}") for day in (axis.first, axis.last))
        words = literal(
            f"A strip of time from {' to '.join(ends)}; the upright stroke is {edtf.human(f'{axis.as_of}')}."
        )
        return f'[{self.date_words(statement)}]({BARE} "{words}"){{ .window data-when="{fact.when}" {days} }}'

    def bullet(self, given: Reckoned) -> str:
        """A bar of a reported figure against its target, and what the stated rate would give by then."""
        pair, lexicons = given.pair, self.briefing.lexicons
        words, shown = literal(sums.share(pair, lexicons)), literal(sums.described(given, lexicons))
        reported, due = amounts.of_figure(figures.fact(pair.reported)), given.pace.due if given.pace else None
        low, high = amounts.rounded(due.result) if due else (None, None)
        band = (
            f' data-due="{phrases.digits(low)} {phrases.digits(high)}"' if low is not None and high is not None else ""
        )
        kind = " .most" if reported.low is None else ""
        value, target = (phrases.digits(n) for n in (figures.value(pair.reported), pair.target.value))
        return f'[{words}]({BARE} "{shown}"){{ .bullet{kind} data-value="{value}" data-target="{target}"{band} }}'

    def meter(self, done: int, whole: int, words: str) -> str:
        """A bar of a part against its whole, such as sentences that became facts."""
        return f'[{literal(words)}]({BARE}){{ .bullet data-value="{done}" data-target="{whole}" }}'

    def history(self, history: History) -> str:
        """A chart of measurements over time."""
        known = history.measurements
        ends = literal(f"{telling.short_date(known[0].when.text)}|{telling.short_date(known[-1].when.text)}")
        ends = ends.replace(literal("|"), "|")
        title = literal(self.history_title(history))
        told = "; ".join(f"{edtf.human(m.when.text)}: {phrases.figure(m.fact, self.briefing.lexicons)}" for m in known)
        return f'[{title}: ]({BARE} "{literal(told)}."){{ .history data-ends="{ends}" }}' + "".join(
            map(self._dot, known)
        )

    def _dot(self, measurement: Measurement) -> str:
        fact = measurement.fact
        words = phrases.number(fact.value) + (f"–{phrases.number(fact.high)}" if fact.high is not None else "")
        bound = {"at-least": "up", "more-than": "up", "at-most": "down", "less-than": "down"}.get(fact.bound or "", "")
        high = f' data-high="{phrases.digits(fact.high)}"' if fact.high is not None else ""
        kind = " .hollow" if all(s.fact.review == "disputed" for s in measurement.statements) else ""
        mark = f' data-bound="{bound}"' if bound else ""
        value = f'data-when="{measurement.when.text}" data-value="{phrases.digits(fact.value)}"'
        return f"[{literal(words)} ]({BARE}){{ .history{kind} {value}{high}{mark} }}"

    def history_title(self, history: History) -> str:
        """What is measured: `Cities and counties, reported`. Plain text."""
        fact, lexicons = history.measurements[-1].fact, self.briefing.lexicons
        unit = phrases.unit(fact.unit or fact.measure, 2, lexicons)
        per = phrases.label("per", fact.per, lexicons) if fact.per else ""
        counted = " ".join(part for part in (lexicons["labels"]["sign_after"].get(unit) or unit, per) if part)
        measure = f" ({fact.measure})" if fact.measure and fact.unit else ""
        return phrases.sentence_case(f"{counted}{measure}, {phrases.label('role', fact.role, lexicons)}")

    def map(self, spots: Sequence[Spot]) -> str:
        """A map of some places; empty where the briefing has no outline, or there is no place."""
        if not self.briefing.outline or not spots:
            return ""
        layout = maps.lay_out(self.briefing.outline, spots)
        named = ", ".join(spot.entity.name for spot in spots)
        size = f'data-height="{phrases.digits(round(layout.height, 1))}"'
        scale = f'data-scale="{phrases.digits(round(layout.bar, 1))} {layout.km}"'
        told = literal("; ".join(map(self._position, spots)) + ".")
        head = f'[{literal(f"Map: {named}")} ]({BARE} "{told}"){{ .map {size} {scale} data-path="{layout.path}" }}'
        return head + "".join(self._mark(spot, mark) for spot, mark in zip(spots, layout.marks, strict=True))

    def _position(self, spot: Spot) -> str:
        north, east = spot.at
        where = f"{abs(north):.1f}° {'N' if north >= 0 else 'S'}, {abs(east):.1f}° {'E' if east >= 0 else 'W'}"
        return f"{spot.entity.name}, {where}" + (", by name alone" if spot.is_area else "")

    def _mark(self, spot: Spot, mark: maps.Mark) -> str:
        kind = " .area" * mark.is_area + " .here" * mark.is_here
        words = mark.label.words if mark.label else spot.entity.name
        label = f' data-label="{mark.label.x:.1f} {mark.label.y:.1f} {mark.label.anchor}"' if mark.label else ""
        return f'[{literal(words)} ]({BARE}){{ .map{kind} data-at="{mark.x:.1f} {mark.y:.1f}"{label} }}'

    def number(self, value: float) -> str:
        """A number with thousands apart."""
        return literal(phrases.number(value))

    def _is_office(self, entity: Entity) -> bool:
        return family(entity.kind, self.briefing.lexicons) == "organisation"

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
