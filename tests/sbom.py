"""A CycloneDX SBOM of what a user of the briefing installs, on standard output: the lock and nothing else, the same bytes each time.

Versions and hashes are those of `requirements.txt`, licences what the installed packages say of themselves. There is no time in it,
and its serial number is a hash of the rest.
"""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, License
from cyclonedx.output.json import JsonV1Dot6
from locked import ROOT, RUNTIME, Locked, locked
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from generator.about import NAME, VERSION

MANY = "License :: OSI Approved :: "


def licences(name: str) -> list[License]:
    """What a package says of its own licence; nothing where it is not installed on this machine, as what only others need."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return []
    make = LicenseFactory()
    expression = told.get("License-Expression")
    if expression:
        return [make.make_with_expression(expression)]
    named = [entry.removeprefix(MANY) for entry in told.get_all("Classifier") or () if entry.startswith(MANY)]
    written = (told.get("License") or "").strip()
    if written and "\n" not in written:
        return [make.make_from_string(written)]
    return [DisjunctiveLicense(name=name) for name in named]


def component(package: Locked) -> Component:
    purl = PackageURL("pypi", name=canonicalize_name(package.name), version=package.version)
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        purl=purl,
        bom_ref=str(purl),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in package.hashes],
        licenses=licences(package.name),
    )


def sbom() -> str:
    """The SBOM as JSON."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    own = Component(
        type=ComponentType.APPLICATION,
        name=NAME,
        version=VERSION,
        bom_ref=NAME,
        licenses=[LicenseFactory().make_from_string(project["license"])],
    )
    parts = [component(package) for package in locked(RUNTIME)]
    digests = "\n".join(f"{part.purl} {' '.join(sorted(h.content for h in part.hashes))}" for part in parts)
    bom = Bom(
        components=parts,
        metadata=BomMetaData(component=own),
        serial_number=uuid5(NAMESPACE_URL, f"{NAME} {VERSION}\n{digests}"),
    )
    bom.metadata.timestamp = None  # type: ignore[assignment]  # the lock says of what day it is
    bom.register_dependency(own, [part for part in parts if canonicalize_name(part.name) in wanted])
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(sbom())
