"""What is said by way of a noun: `Lund's claim that the mill is late`, `voiced fears that it is lost`."""

from __future__ import annotations

from generator.extract import speakers
from generator.extract.saying import Saying, clause_end
from generator.extract.speakers import Subject
from generator.extract.tagged import Tagged
from generator.extract.vocabulary import Vocabulary

ADJECTIVES = 3
"""Words that may stand between whose it is and the noun."""


def noun_that(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """`X's claim that A`, `his claim that A`, `X voiced fears that A`; without a speaker, `the claim that A`."""
    tags = tagged.tags
    if tags[cue] not in "NC" or tagged.words[cue] not in known.saying_nouns or tags[cue + 1] != "H":
        return None
    if tags[cue + 2] in "AVLE":  # a relative clause: "a charge that stung"
        return None
    high = clause_end(tags, cue + 1)
    subject, low = _whose(tagged, cue, known)
    if subject is None and set("qQ") & set(tags[cue:high]):  # nobody to answer for the words between marks
        return None
    return Saying(((cue + 1, high),), subject, (cue, cue + 1), (low, cue + 1))


def words_of(tagged: Tagged, cue: int, known: Vocabulary) -> Saying | None:
    """`X used the phrase "A"`, `X waved a sign with the words "A"`: the quoted words alone are what X says."""
    tags = tagged.tags
    if tagged.words[cue] not in known.wording or tags[cue + 1] not in "qQ" or tags[cue] not in "NC":
        return None
    subject = speakers.main(tagged, cue)
    if subject is None or subject.high > cue or set("VI") & set(tags[subject.high : cue]):
        return None
    low = cue - (tags[cue - 1] == "D")
    return Saying(((cue + 1, cue + 2),), subject, (low, cue + 1), (low, cue + 1), (), True)


def _whose(tagged: Tagged, cue: int, known: Vocabulary) -> tuple[Subject | None, int]:
    """Who says so by the noun at token `cue`, and where the noun phrase starts."""
    tags, low = tagged.tags, cue
    while low > max(0, cue - ADJECTIVES) and tags[low - 1] in "NLEM":
        low -= 1
    if low and tags[low - 1] == "G":
        owner = speakers.owner(tagged, low)
        return owner, owner.low
    if low and tagged.words[low - 1] in known.owners:
        return Subject(low - 1, low, low - 1), low - 1
    low -= low > 0 and tags[low - 1] == "D"
    verb = cue - 1 - (cue > 1 and tags[cue - 1] in "DEM")
    return (speakers.before(tagged, verb) if verb > 0 and tagged.words[verb] in known.voicing else None), low
