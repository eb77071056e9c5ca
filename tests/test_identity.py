"""Names that are probably one: which pairs meet, which do not, and what is told of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from generator.extract.gazetteer import slug
from generator.identity import proposals
from generator.lexicon import packaged_lexicons
from generator.link import Briefing, link
from generator.model import Entity
from generator.settings import Settings

CASES = Path(__file__).parent / "cases" / "identity" / "pairs.yml"
PAIRS = [(family, case) for family, cases in yaml.safe_load(CASES.read_text()).items() for case in cases]


def briefing(*entities: Entity) -> Briefing:
    settings = Settings(title="Names", site_name="Names")
    return link(settings, {}, [], {e.id: e for e in entities}, [], packaged_lexicons())[0]


def proposed(family: str, case: dict[str, Any]) -> bool:
    kinds = case.get("kinds", [family, family])
    one, other = (
        Entity(id=f"{slug(case[k])}-{k}", name=case[k], kind=kind)
        for k, kind in zip(("one", "other"), kinds, strict=True)
    )
    others = [
        Entity(id=slug(name), name=name, kind=family if name != "Halvora" else "country")
        for name in case.get("others", ())
    ]
    return any({p.gone.id, p.into.id} == {one.id, other.id} for p in proposals(briefing(one, other, *others)))
