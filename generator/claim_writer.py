"""Facts that several sources tell, and where sources differ, as Markdown: what templates call `say.claims`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import differing, phrases, telling
from generator.addresses import BARE, anchor, part_path, relative, source_path
from generator.aggregate.claim import Claim
from generator.aggregate.claims import claims
from generator.aggregate.contradictions import Contradiction, by_fact, part_of, rank
from generator.literal import literal
from generator.statement import Statement

if TYPE_CHECKING:
    from generator.writer import Writer

SHOWN = 2
"""Other sources of a fact that are cited beside it."""
DIFFER = "contradictions.md"


@dataclass(frozen=True)
class ClaimWriter:
    """Says who else tells a fact; `say` is the writer of the page."""

    say: Writer

    def beside(self, statement: Statement) -> str:
        """What stands behind the citation of a fact: who else reports it, from how many origins, and whether sources differ.

        Begins with a space; empty for what one source tells and none contradicts.
        """
        return "".join(f" {part}" for part in (self.also(statement), self.differs([statement.fact.id])) if part)

    def also(self, statement: Statement) -> str:
        """`also reported by …, … and 2 more (4 articles, 1 origin)`; empty where one article tells it."""
        claim, others = self._told(statement)
        if len(claim.sources) < 2:
            return ""
        first, lead = claim.first, ""
        if first.source.id != statement.source.id:
            lead = f"{_small('first reported by')} {self.say.cite(first)}"
        shown, more = others[:SHOWN], len(others) - SHOWN
        cited = [self.say.cite(s) for s in shown]
        if more > 0:
            where = relative(source_path(first.source.id), self.say.page, anchor(first.fact.id))
            cited.append(f"[{literal(phrases.number(more))} more]({where}){{ .cite }}")
        also = f"{_small('also reported by')} {_listed(cited)}" if cited else ""
        return " ".join(filter(None, (lead, also, self.trust(claim))))

    def everybody(self, statement: Statement) -> str:
        """On its own source's page: who reported it first, and every other source of it."""
        claim, others = self._told(statement)
        if len(claim.sources) < 2:
            return ""
        first, lead = claim.first, "reported here first"
        if first.source.id != statement.source.id:
            lead = f"first reported by {self.say.cite(first)}"
        also = f"; also in {_listed([self.say.cite(s) for s in others])}" if others else ""
        return f"{lead}{also} {self.trust(claim)}"

    def _told(self, statement: Statement) -> tuple[Claim, list[Statement]]:
        """A fact's claim, and of every other source that is not the first to report it, one statement."""
        claim = self._claim(statement)
        others = _one_each(claim.statements, statement)
        return claim, [s for s in others if s.source.id != claim.first.source.id]

    def trust(self, claim: Claim) -> str:
        """`4 articles, 1 origin`."""
        articles = phrases.plural(len(claim.sources), "article")
        return _small(f"{articles}, {phrases.plural(len(claim.origins), 'origin')}")

    def differs(self, facts: Iterable[str]) -> str:
        """A link to where sources differ on any of some facts; empty where they do not."""
        known = by_fact(self.say.briefing)
        found = next((known[id_][0] for id_ in facts if id_ in known), None)
        return f"[≠ sources differ]({self._to(found)}){{ .cite }}" if found else ""

    def concerned(self, facts: Collection[str]) -> tuple[Contradiction, ...]:
        """The contradictions that some facts have a part in, in their order, each once."""
        known = by_fact(self.say.briefing)
        found = {c.id: c for id_ in facts for c in known.get(id_, ())}
        return tuple(found.values())

    def title(self, contradiction: Contradiction) -> str:
        """In what its sides differ, as a link to it; on the page of all of them, the place that leads there."""
        words = literal(differing.sentence(contradiction, self.say.briefing))
        own = self.say.page.startswith(DIFFER.removesuffix(".md"))
        mark = f"#{contradiction.id} " if own else ""
        return f"[{words}]({self._to(contradiction)}){{ {mark}.differ }}"

    def value(self, contradiction: Contradiction, side: Claim) -> str:
        """What a side says there, in a few words, `**96 kilometres:** `, as its sentence may be about something else.

        Empty where the sentence of each side begins with just that.
        """
        if all(
            telling.sentence(s.first, self.say.briefing).startswith(self._said(contradiction, s))
            for s in contradiction.sides
        ):
            return ""
        return f"**{literal(self._said(contradiction, side))}:** "

    def _said(self, contradiction: Contradiction, side: Claim) -> str:
        return ", ".join(filter(None, (differing.said(side, name, self.say.briefing) for name in contradiction.differ)))

    def words(self, side: Claim) -> tuple[Statement, ...]:
        """What a side says: who reported it first, and what else that source says of it."""
        return tuple(s for s in side.statements if s.source.id == side.first.source.id)

    def side(self, side: Claim) -> str:
        """Who says so, first and besides, from how many origins, and through whom."""
        others = _one_each(side.statements, side.first)
        also = f" also {' · '.join(self.say.cite(s) for s in others[: SHOWN + 1])}" if others else ""
        more = f" and {literal(phrases.number(n))} more" if (n := len(others) - SHOWN - 1) > 0 else ""
        origins = [self.say.name(origin.entity) for origin in side.origins if origin.entity]
        through = f": {', '.join(dict.fromkeys(origins))}" if origins else ""
        return f"{self.say.cite(side.first)}{also}{more} {self.trust(side)}{through}"

    def ranked(self, side: Claim) -> str:
        """What the editor says of a side, with the reason; empty where nothing."""
        given = rank(side)
        if not given:
            return ""
        note = next((s.fact.note for s in side.statements if s.fact.rank == given and s.fact.note), "")
        words = "The editor follows this side" if given == "preferred" else "The editor does not follow this side"
        return f"[{words}]({BARE}){{ .as .n }}" + (f": {literal(note)}" if note else ".")

    def _claim(self, statement: Statement) -> Claim:
        return claims(self.say.briefing).of(statement)

    def _to(self, contradiction: Contradiction) -> str:
        path = part_path(DIFFER, part_of(self.say.briefing).get(contradiction.id, ""))
        return relative(path, self.say.page, contradiction.id)


def _small(words: str) -> str:
    return f"[{words}]({BARE}){{ .as .count }}"


def _one_each(statements: Iterable[Statement], besides: Statement) -> list[Statement]:
    """The first statement of each source but one."""
    found: dict[str, Statement] = {}
    for s in statements:
        found.setdefault(s.source.id, s)
    return [s for source, s in found.items() if source != besides.source.id]


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
