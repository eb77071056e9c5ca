"""Whether a locked package has a known weakness: the Python ones are asked of PyPI's advisories by pip-audit, those of the browser tests by npm.

Ends with 0 where all were asked about and none has one, with 1 where one has, and with 3 where not all could be asked about: then it
is said which, and nothing is known of them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from locked import DEVELOPMENT, ROOT, RUNTIME

FOUND, UNREACHED = 1, 3
BROWSER = ROOT / "tests" / "browser"
OPTIONS = ("--require-hashes", "--disable-pip", "--vulnerability-service", "pypi", "--format", "json", "--progress-spinner", "off")  # fmt: skip


class Audit(NamedTuple):
    """What came of asking about one lock."""

    lock: str
    asked: int
    weak: tuple[str, ...]
    """A package, its version, an advisory and the versions that mend it, each as a line."""
    unasked: tuple[str, ...]
    """What could not be asked about, and why."""


def ran(*command: str, folder: Path = ROOT) -> tuple[dict[str, Any], str]:
    """What a tool prints as JSON, empty where it prints none; and the end of what it says instead."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        found = {}
    said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    return found, said[-1].strip() if said else f"it ended with {done.returncode}"


def of_python(lock: Path) -> Audit:
    """The packages of a lock of pip."""
    found, said = ran(sys.executable, "-m", "pip_audit", "--requirement", str(lock), *OPTIONS)
    packages = found.get("dependencies", [])
    unasked = [entry["skip_reason"] for entry in packages if "skip_reason" in entry]
    weak = [
        f"{entry['name']} {entry['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no release'}"
        for entry in packages
        for flaw in entry.get("vulns", ())
    ]
    return Audit(lock.name, len(packages) - len(unasked), tuple(weak), tuple(unasked if packages else [said]))


def of_npm(folder: Path) -> Audit:
    """The packages of a lock of npm."""
    name = str((folder / "package-lock.json").relative_to(ROOT))
    if not shutil.which("npm"):
        return Audit(name, 0, (), ("there is no npm on this machine",))
    found, said = ran("npm", "audit", "--json", "--package-lock-only", folder=folder)
    if "vulnerabilities" not in found:
        return Audit(name, 0, (), (str(found.get("message") or said),))
    flaws = found["vulnerabilities"].values()
    weak = tuple(f"{flaw['name']} {flaw['range']}: {flaw['severity']}" for flaw in flaws)
    return Audit(name, found["metadata"]["dependencies"]["total"], weak, ())


def told(audits: Sequence[Audit]) -> tuple[int, list[str]]:
    """How to end, and what to say."""
    lines = []
    for audit in audits:
        lines += [f"{audit.lock}: {line}" for line in audit.weak]
        if audit.unasked:
            more = f" (and {len(audit.unasked) - 1} more)" if audit.unasked[1:] else ""
            lines.append(f"{audit.lock}: NOT AUDITED: {audit.unasked[0]}{more}")
        lines.append(f"{audit.lock}: {audit.asked} packages asked about, {len(audit.weak)} advisories")
    unreached = any(audit.unasked or not audit.asked for audit in audits)
    return FOUND if any(audit.weak for audit in audits) else UNREACHED if unreached else 0, lines


if __name__ == "__main__":
    code, said = told([of_python(RUNTIME), of_python(DEVELOPMENT), of_npm(BROWSER)])
    print("\n".join(said))
    sys.exit(code)
