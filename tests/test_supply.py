"""What is installed is what was locked: versions and hashes alone, as the project asks for them, told in an SBOM and asked about in an audit."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence

import pytest
from audit import FOUND, UNREACHED, Audit, told
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from locked import DEVELOPMENT, ROOT, RUNTIME, locked
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sbom import sbom

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BUILD, DEV = PROJECT["dependency-groups"]["build"], PROJECT["dependency-groups"]["dev"]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (RUNTIME, PROJECT["project"]["dependencies"] + BUILD),
        (DEVELOPMENT, PROJECT["project"]["dependencies"] + BUILD + DEV),
    ],
    ids=["runtime", "development"],
)
def test_a_lock_holds_what_the_project_asks_for_by_hash_and_no_address(lock: object, wanted: Sequence[str]) -> None:
    text = lock.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert not re.search(r"://|index|find-links|@ ", text)
    packages = {canonicalize_name(package.name): package for package in locked(lock)}  # type: ignore[arg-type]
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for package in packages.values() for digest in package.hashes)
    for line in map(Requirement, wanted):
        assert packages[canonicalize_name(line.name)].version in line.specifier, line


def test_both_locks_agree() -> None:
    development = set(locked(DEVELOPMENT))
    assert [package for package in locked(RUNTIME) if package not in development] == []


def test_the_lock_of_npm_holds_hashes_and_no_address() -> None:
    text = (ROOT / "tests" / "browser" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert [name for name, entry in packages.items() if name and not entry["integrity"].startswith("sha512-")] == []
    assert "resolved" not in text


def test_the_sbom_is_valid_names_the_lock_alone_and_is_the_same_each_time() -> None:
    text = sbom()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    found = json.loads(text)
    assert found["specVersion"] == "1.6"
    assert "timestamp" not in found["metadata"]
    packages = locked(RUNTIME)
    assert {
        (part["name"], part["version"]): sorted(h["content"] for h in part["hashes"]) for part in found["components"]
    } == {(package.name, package.version): sorted(package.hashes) for package in packages}
    assert len(found["components"]) == len(packages)
    for part, package in zip(found["components"], sorted(packages, key=lambda package: package.name), strict=True):
        assert part["purl"] == f"pkg:pypi/{canonicalize_name(part['name'])}@{part['version']}"
        assert part.get("licenses") or package.marker, f"{part['name']} has no licence"
    assert sbom() == text


@pytest.mark.parametrize(
    ("audits", "code", "line"),
    [
        ([Audit("a", 2, (), ())], 0, "a: 2 packages asked about, 0 advisories"),
        ([Audit("a", 2, ("x 1: PYSEC-1, mended in 2",), ())], FOUND, "a: x 1: PYSEC-1, mended in 2"),
        ([Audit("a", 1, (), ("y was not found", "z"))], UNREACHED, "a: NOT AUDITED: y was not found (and 1 more)"),
        ([Audit("a", 0, (), ("no net",))], UNREACHED, "a: NOT AUDITED: no net"),
        ([Audit("a", 0, (), ())], UNREACHED, "a: 0 packages asked about, 0 advisories"),
        ([Audit("a", 1, ("w",), ("u",))], FOUND, "a: w"),
    ],
)
def test_an_audit_that_reached_nobody_is_not_a_clean_one(audits: list[Audit], code: int, line: str) -> None:
    assert told(audits)[0] == code
    assert line in told(audits)[1]
