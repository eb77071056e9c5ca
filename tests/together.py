"""Briefings of a few facts, written in a test: what they tell together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import yaml

from generator.facts import parse_fact_file
from generator.lexicon import packaged_lexicons
from generator.link import Briefing, link
from generator.model import Seed
from generator.registry import parse_registry_file
from generator.settings import Settings

OWN = 40
"""Words that each text has for itself."""
REGISTRY = """\
tollen: {name: Tollen, kind: town, in: osk-province}
osk-province: {name: Osk Province, kind: province}
veld: {name: Veld, kind: town}
ada-solvik: {name: Ada Solvik, kind: person}
jonas-reed: {name: Jonas Reed, kind: person}
piet-holm: {name: Piet Holm, kind: person}
pieter-holm: {name: Pieter Holm, kind: person}
klara-holm: {name: Klara Holm, kind: person}
holm: {name: Holm, kind: person}
oskar-lind: {name: Oskar Lind, kind: person}
lind: {name: Lind, kind: person}
harbour-board: {name: Harbour Board, kind: organisation}
health-ministry: {name: Health Ministry, kind: ministry}
open-clinics: {name: Open Clinics, kind: organisation}
courier: {name: The Courier, kind: newspaper}
veld-times: {name: Veld Times, kind: newspaper}
delta-post: {name: Delta Post, kind: newspaper}
tribune: {name: The Tribune, kind: newspaper}
wire: {name: Orb Wire, kind: agency}
"""


def briefing(told: Mapping[str, Mapping[str, Any]], names: str = REGISTRY) -> Briefing:
    """A briefing of sources by id, each with `facts` and, if it has one, a `publisher`; the date begins the id.

    The text of each is that of its facts' quotes, a line each, and its `rest`, or else words of its own, so that it is no copy of another.
    """
    registry, problems = parse_registry_file("site_src/entities/all.yml", names, packaged_lexicons())
    files, seeds = {}, []
    for id_, source in told.items():
        facts: Sequence[dict[str, Any]] = [{"quote": fact.get("text", ""), **fact} for fact in source["facts"]]
        head: dict[str, Any] = {"id": id_, "date": id_[:10], "seed": f"{id_}.txt", "sha256": "0"}
        if "publisher" in source:
            head["publisher"] = source["publisher"]
        text = yaml.safe_dump({"schema": 1, "source": head, "facts": list(facts)}, sort_keys=False)
        file, found = parse_fact_file(f"site_src/facts/{id_}.yml", text)
        assert file
        problems = [*problems, *found]
        files[id_] = file
        quotes = dict.fromkeys(fact["quote"] for fact in facts)
        words = "\n".join([*quotes, source.get("rest") or "\n".join(f"{id_}-{n}" for n in range(OWN))])
        hashed = sha256(words.encode("utf-8")).hexdigest()
        seeds.append(Seed(path=f"{id_}.txt", date=id_[:10], text=words, sha256=hashed))
    assert not problems, "\n".join(map(str, problems))
    given = Settings(title="Together", site_name="Together")
    made, unlinked = link(given, files, seeds, registry.entities, [], packaged_lexicons())
    assert not unlinked, "\n".join(map(str, unlinked))
    return made
