"""What tells the words of a fact in a copy of its article."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from generator.copies import Fingerprint, fingerprint, key
from generator.model import Span


def test_a_key_says_nothing_of_spaces_and_kinds_of_marks() -> None:
    assert key("“A lamp” –\n in every\u00a0valley’s dark\u00ad ness") == '"Alamp"-ineveryvalley\'sdarkness'
    assert key('"A lamp" - in every valley\'s darkness') == key("“A lamp” – in every valley’s darkness")
    assert key("Ten mills") != key("ten mills")


def test_a_fingerprint_is_of_whole_words() -> None:
    text = 'Ten "clinics" opened.'
    told = Fingerprint(7, sha256(b"clinics").hexdigest()[:12])
    assert [fingerprint(Span(*at), text) for at in ((5, 12), (6, 10), (4, 13))] == [told] * 3
    assert fingerprint(Span(4, 5), text) is None


@given(
    words=st.lists(st.sampled_from(["mill", "“a”", "b's", "—", "9"]), min_size=1),
    spaces=st.lists(st.sampled_from(" \n\u00a0"), min_size=1),
)
def test_other_line_breaks_are_the_same_words(words: list[str], spaces: list[str]) -> None:
    broken = "".join(word + spaces[i % len(spaces)] for i, word in enumerate(words))
    assert key(" ".join(words)) == key(broken)
