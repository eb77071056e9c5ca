"""Addresses that lead out of the site."""

from __future__ import annotations

import pytest

from generator.addresses import line_address


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/ellery/harbour/", "https://github.com/ellery/harbour/blob/HEAD/site_src/facts/a%20b.yml#L3"),
        ("https://gitlab.com/ellery/harbour.git", "https://gitlab.com/ellery/harbour/-/blob/HEAD/site_src/facts/a%20b.yml#L3"),
        ("https://gitlab.ellery.example:8443/a/b/c", "https://gitlab.ellery.example:8443/a/b/c/-/blob/HEAD/site_src/facts/a%20b.yml#L3"),
        ("https://code.example/gitlab", "https://code.example/gitlab/blob/HEAD/site_src/facts/a%20b.yml#L3"),
    ],
)  # fmt: skip
def test_a_line_of_a_file_in_its_repository(repository: str, address: str) -> None:
    assert line_address(repository, "site_src/facts/a b.yml", 3) == address
