"""Invented people, bodies, places and programmes, each made of its number alone, so that pools may grow for ever."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .drawing import Draw

ONSETS = "b br c d dr f g gr h j k kr l m n p pr r s sk st t tr v vel w z zh th or".split()
MIDDLES = "l r n m s v d nd rr lm rv sk lt st nt rd ll ss zz br k g th".split()
ENDS = "in an or el ek os ar un eth ow ick ard usk eva ina ola ane ett iss olm".split()
VOWELS = "a e i o u au ei".split()
FEMALE = "Ada Agnes Amara Anika Astrid Clara Dagny Edith Elena Esther Fiona Greta Hanna Helena Ida Ingrid Irena Johanna Karin Leila Linnea Magda Marta Mira Nadia Petra Ruth Sonja Tamara Vera".split()
MALE = "Adam Anton Bruno Daniel Emil Erik Felix Gustav Henrik Hugo Igor Ivan Jakob Jonas Karl Lars Leon Magnus Marek Mikael Nils Oskar Otto Pavel Rafael Samuel Stefan Tomas Viktor Walter".split()

COUNTRIES = (
    ("Orvenia", "Orvenian", "Tashkel"),
    ("Meldrin", "Meldrish", "Port Aster"),
    ("Karsova", "Karsovan", "Velgrad"),
    ("Therrin", "Therrinese", "Corran"),
    ("Brannmark", "Brannish", "Holvik"),
    ("Zandoria", "Zandorian", "Qasbira"),
    ("Luvenna", "Luvennan", "Sint Maren"),
    ("Pallastan", "Pallastani", "Noviram"),
    ("Quernland", "Quernish", "Dunmarrow"),
    ("Istrava", "Istravan", "Belgor"),
)
PLACES = (
    "{}",
    "{}",
    "{} County",
    "{} Bay",
    "Port {}",
    "{} Valley",
    "Upper {}",
    "{} Province",
    "{} Ford",
    "{}stad",
    "{} Island",
)
BODIES = (
    ("{} Steel", "company"),
    ("{} Shipping", "company"),
    ("{} Water Authority", "authority"),
    ("{} Institute", "institute"),
    ("{} Dockers' Union", "union"),
    ("{} Motors", "company"),
    ("{} Farmers' Party", "party"),
    ("{} University", "university"),
    ("{} Bank", "bank"),
    ("{} Railways", "company"),
    ("{} Foundation", "foundation"),
    ("{} Port Authority", "authority"),
    ("{} Energy", "company"),
    ("{} Teachers' Union", "union"),
    ("{} Housing Agency", "agency"),
    ("{} Securities", "company"),
)
STATE_BODIES = (
    ("{} Ministry of Health", "ministry"),
    ("{} Ministry of Transport", "ministry"),
    ("{} Statistics Office", "office"),
    ("{} Supreme Court", "court"),
    ("{} Parliament", "parliament"),
    ("{} Central Bank", "bank"),
    ("{} Ministry of Defence", "ministry"),
    ("{} Rural Affairs Ministry", "ministry"),
    ("{} Election Commission", "commission"),
)
PROGRAMMES = (
    "{} Harbour Plan",
    "{} Rural Homes Programme",
    "{} Rail Project",
    "{} Clean Water Initiative",
    "{} Schools Programme",
    "{} Grid Project",
    "{} Wetlands Strategy",
    "{} Clinics Campaign",
)
POSTS = {
    "company": ("chief executive", "managing director", "chairwoman"),
    "authority": ("director", "chief engineer"),
    "institute": ("director", "economist"),
    "union": ("general secretary", "president"),
    "party": ("leader", "chairman"),
    "university": ("rector", "professor"),
    "bank": ("governor", "chief economist"),
    "foundation": ("director", "founder"),
    "agency": ("director", "deputy director"),
    "ministry": ("minister", "deputy minister"),
    "office": ("director", "statistician"),
    "court": ("judge", "chief justice"),
    "parliament": ("speaker", "deputy speaker"),
    "commission": ("commissioner", "chairman"),
}


def root(number: int, kind: int) -> str:
    """A name of two or three syllables, another for each number; names of other kinds begin elsewhere in the order."""
    sizes = (len(ONSETS), len(VOWELS), len(MIDDLES), len(ENDS))
    most = sizes[0] * sizes[1] * sizes[2] * sizes[3]
    at = (number * 48_611 + kind * 17_389 + 7_717) % most
    turned = most if number >= most else 0
    parts = []
    for choices in (ONSETS, VOWELS, MIDDLES, ENDS):
        at, which = divmod(at, len(choices))
        parts.append(choices[which])
    return "".join(parts).capitalize() + ("ia" if turned else "")


@dataclass(frozen=True)
class Body:
    """A ministry, firm or society."""

    number: int
    name: str
    noun: str
    """What it is called later: `the company` is `company`."""

    @property
    def founded(self) -> int:
        """The year."""
        return 1890 + self.number * 37 % 130

    @property
    def bare(self) -> bool:
        """Whether its name stands without an article."""
        return self.noun in ("company", "university", "bank") or self.name.endswith(("Parliament", "University"))


@dataclass(frozen=True)
class Person:
    """Somebody with a post in a body."""

    given: str
    family: str
    female: bool
    post: str
    body: Body
    since: int
    """The year since which the person works there."""

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class Place:
    """A town, county or bay in a country."""

    name: str
    country: str
    people: int
    """How many live there."""


@lru_cache(maxsize=65536)
def place(number: int) -> Place:
    """The place of that number."""
    draw = Draw(0, f"place {number}")
    return Place(draw.one(PLACES).format(root(number, 1)), draw.one(COUNTRIES)[0], draw.whole(11, 990) * 100)


@lru_cache(maxsize=65536)
def body(number: int) -> Body:
    """The body of that number: one of a state first, then ever more firms and societies."""
    draw = Draw(0, f"body {number}")
    if number < 60 and number % 2 == 0:  # thirty, all different
        at = number // 2
        name, noun = STATE_BODIES[at % len(STATE_BODIES)]
        return Body(number, name.format(COUNTRIES[at % len(COUNTRIES)][1]), noun)
    name, noun = draw.one(BODIES)
    return Body(number, name.format(root(number, 2)), noun)


@lru_cache(maxsize=65536)
def person(number: int) -> Person:
    """The person of that number, whose body is one of about that rank."""
    draw = Draw(0, f"person {number}")
    female = draw.share() < 0.5
    of = body(int((number + 10) * draw.share()))
    return Person(
        draw.one(FEMALE if female else MALE),
        root(number, 3),
        female,
        draw.one(POSTS[of.noun]),
        of,
        draw.whole(2015, 2029),
    )


@lru_cache(maxsize=65536)
def speaker(of: Body) -> Person:
    """Who speaks for a body."""
    draw = Draw(0, f"speaker {of.number}")
    female = draw.share() < 0.5
    post = "spokeswoman" if female else "spokesman"
    return Person(draw.one(FEMALE if female else MALE), root(of.number, 5), female, post, of, draw.whole(2015, 2029))


@lru_cache(maxsize=65536)
def programme(number: int) -> str:
    """The name of the programme of that number."""
    return Draw(0, f"programme {number}").one(PROGRAMMES).format(root(number, 4))
