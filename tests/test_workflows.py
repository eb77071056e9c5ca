"""Continuous integration: what its files promise, and what they do, run step by step against a local repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from builder import BRIDGE, HARBOUR
from workflow_runner import SERVER, Host

from generator.newbriefing import begin
from generator.pipeline import generate

ROOT = Path(__file__).parents[1]
NEW = ROOT / "templates" / "new"
BRIEFING = ".github/workflows/briefing.yml"
FILES = (BRIEFING, ".github/zizmor.yml", ".gitlab-ci.yml", ".ci/install.sh", ".ci/propose.sh")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
RELEASE = re.compile(r"actions/[a-z-]+@v\d+\.\d+\.\d+")
FACTS = "refs/heads/briefing/facts"


def tool(name: str, *arguments: str) -> None:
    path = Path(sys.executable).parent / name
    done = subprocess.run([path, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def jobs(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return found


@pytest.mark.parametrize("name", FILES)
def test_this_briefing_is_run_as_a_new_one(name: str) -> None:
    assert (ROOT / name).read_bytes() == (NEW / name).read_bytes(), f"cp templates/new/{name} {name}"


def test_no_weakness_is_found() -> None:
    tool("zizmor", "--offline", "--no-progress", "--config", ".github/zizmor.yml", ".github/workflows")


def test_files_are_as_their_hosts_have_them() -> None:
    tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))
    tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", ".gitlab-ci.yml")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_rights_are_given_by_job_and_to_few(path: Path) -> None:
    spec = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert spec["permissions"] == {}
    for name, job in spec["jobs"].items():
        assert job["timeout-minutes"] <= 60
        rights = {right for right, level in job["permissions"].items() if level == "write"}
        scripts = " ".join(step.get("run", "") for step in job["steps"])
        reads = bool(re.search(r"\b(?:briefing (?:build|check|diff)|mkdocs|make|install\.sh)\b", scripts))
        assert not (rights and reads), f"{name} reads what anybody may have sent, and may write {rights}"
        for step in job["steps"]:
            assert "uses" not in step or RELEASE.fullmatch(step["uses"]), step["uses"]
            assert "${{" not in step.get("run", "")
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] is False
            assert reads is False or "token" not in str(step.get("env", {}))


def commit(work: Path, message: str) -> None:
    who = ["-c", "user.name=Mira Tolle", "-c", "user.email=mira@ellery.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, "add", "--all"], cwd=work, check=True)
    subprocess.run(["git", *who, "commit", "--quiet", "-m", message], cwd=work, check=True)
    subprocess.run(["git", "push", "--quiet", "origin", "HEAD"], cwd=work, check=True)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new briefing with one article, generated, as it stands in its repository."""
    work = tmp_path_factory.mktemp("begun")
    assert begin(work, "Harbour Briefing")[1] == []
    (work / "seeds" / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    assert generate(work).errors == 0
    return work


@pytest.fixture(scope="module")
def server(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The socket at which the command lines answer."""
    folder = tmp_path_factory.mktemp("server")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen([sys.executable, SERVER, "serve", folder / "s", begun], env=environment)
    while not (folder / "s").exists():
        assert running.poll() is None
        time.sleep(0.05)
    yield folder / "s"
    running.kill()
    running.wait()


@pytest.fixture
def host(begun: Path, server: Path, tmp_path: Path) -> Host:
    """A host of code with that briefing, and a maintainer's clone beside it."""
    made = Host(tmp_path, server)
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", made.origin], check=True)
    shutil.copytree(begun, tmp_path / "clone", ignore=shutil.ignore_patterns(".cache"))
    clone = tmp_path / "clone"
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=clone, check=True)
    subprocess.run(["git", "remote", "add", "origin", made.origin], cwd=clone, check=True)
    commit(clone, "The harbour")
    return made


def add(host: Host, name: str, text: str) -> Path:
    clone = host.folder / "clone"
    (clone / "seeds" / name).write_text(text, encoding="utf-8")
    commit(clone, f"Add {name}")
    return clone


def test_a_seed_is_proposed_once_and_published_when_it_is_merged(host: Host) -> None:
    clone = add(host, "bridge.md", BRIDGE)
    main = host.git("rev-parse", "main")
    run = host.run(ROOT / BRIEFING)
    assert run.results == {"facts": "success", "propose": "success", "site": "success", "publish": "skipped"}, run.log
    assert host.git("rev-parse", "main") == main
    assert host.git("rev-parse", f"{FACTS}^") == main, "one commit"
    title = host.git("log", "-1", "--format=%s", FACTS)
    assert re.fullmatch(r"1 source, \d facts: Council opens the Linden Bridge", title)
    assert host.state("title") == title
    message = host.git("log", "-1", "--format=%b", FACTS)
    assert "- **New**: Council opens the Linden Bridge (The Ellery Courier, 17 April 2031)" in message
    assert message == host.state("body").strip()
    assert host.state("body") in run.summary
    changed = host.git("diff", "--name-only", "main", FACTS).splitlines()
    assert {path.split("/")[1] for path in changed} == {"facts", "entities"}
    assert "pip install --quiet --disable-pip-version-check -r requirements.txt" in host.state("pip")

    proposed = host.git("rev-parse", FACTS)
    again = host.run(ROOT / BRIEFING, without=("site",))
    assert again.results["propose"] == "success", again.log
    assert host.git("rev-parse", FACTS) == proposed, "the same commit"
    calls = host.state("calls").splitlines()
    assert len([call for call in calls if call.startswith("pr create")]) == 1
    assert (
        len([call for call in calls if call.startswith("api --silent --method PATCH repos/ellery/harbour/pulls/7")])
        == 1
    )

    subprocess.run(["git", "pull", "--quiet", "origin", "briefing/facts"], cwd=clone, check=True)
    subprocess.run(["git", "push", "--quiet", "origin", "main"], cwd=clone, check=True)
    merged = host.run(ROOT / BRIEFING)
    assert merged.results == {"facts": "success", "propose": "skipped", "site": "success", "publish": "success"}, (
        merged.log
    )
    assert merged.published
    assert "Nothing that facts state has changed" in merged.summary


def test_facts_are_committed_at_once_where_that_is_set(host: Host) -> None:
    host.variables["BRIEFING_FACTS"] = "commit"
    add(host, "bridge.md", BRIDGE)
    before = host.git("rev-parse", "main")
    run = host.run(ROOT / BRIEFING)
    assert set(run.results.values()) == {"success"}, run.log
    assert run.published
    assert host.git("rev-parse", "main^") == before
    assert host.git("log", "-1", "--format=%an: %s", "main").startswith("github-actions[bot]: 1 source, ")
    assert not host.state("title")
    assert host.git("for-each-ref", "--format=%(refname)") == "refs/heads/main"


def test_a_broken_seed_is_told_and_nothing_is_published(host: Host) -> None:
    add(host, "bad.txt", "No date stands here.\n")
    refs = host.git("show-ref")
    run = host.run(ROOT / BRIEFING)
    assert run.results == {"facts": "failure", "propose": "skipped", "site": "skipped", "publish": "skipped"}
    assert re.search(r"^::error file=seeds/bad\.txt,line=1,col=1,", run.log, re.MULTILINE)
    assert not run.published
    assert host.git("show-ref") == refs


def test_a_pull_request_is_checked_and_told_but_changes_nothing(host: Host) -> None:
    clone = host.folder / "clone"
    subprocess.run(["git", "checkout", "--quiet", "-b", "bridge"], cwd=clone, check=True)
    add(host, "bridge.md", BRIDGE)
    refs = host.git("show-ref")
    run = host.run(ROOT / BRIEFING, "pull_request", "7/merge", host.git("rev-parse", "bridge"), ("site",))
    assert run.results == {"facts": "success", "propose": "skipped", "site": "skipped", "publish": "skipped"}, run.log
    assert "Council opens the Linden Bridge" in run.summary
    assert host.git("show-ref") == refs
    assert not host.state("calls")


def patch(host: Host, text: str, branch: str = "briefing/facts") -> subprocess.CompletedProcess[str]:
    """What `propose.sh` does with a patch, in a fresh clone."""
    work, made = host.folder / "fresh", host.folder / "made"
    shutil.rmtree(work, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", host.origin, work], check=True)
    made.mkdir(exist_ok=True)
    for name, content in (("facts.patch", text), ("title.txt", "1 source\n"), ("commit.md", "### Sources\n")):
        (made / name).write_text(content)
    command = ["bash", ".ci/propose.sh", made, branch]
    return subprocess.run(command, cwd=work, env=host.environment(work), capture_output=True, text=True, check=False)


def added(path: str, text: str, mode: str = "100644") -> str:
    return f"diff --git a/{path} b/{path}\nnew file mode {mode}\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+{text}\n"


@pytest.mark.parametrize(
    "text",
    [
        added(".github/workflows/other.yml", "on: push"),
        added("site_src/../mkdocs.yml2", "x"),
        added("../outside", "x"),
        added("site_src/facts/link.yml", "../../mkdocs.yml", "120000"),
        added("site_src", "x"),
        added("seeds/new.txt", "x"),
    ],
)
def test_a_patch_that_reaches_further_is_refused(host: Host, text: str) -> None:
    refs = host.git("show-ref")
    assert patch(host, text).returncode != 0
    assert host.git("show-ref") == refs


def test_what_people_committed_to_a_proposal_is_not_overwritten(host: Host) -> None:
    first = patch(host, added("site_src/facts/x.yml", "a: 1"))
    assert first.returncode == 0, first.stderr
    assert host.git("log", "-1", "--format=%B", FACTS) == "1 source\n\n### Sources"
    assert patch(host, added("site_src/facts/x.yml", "a: 2")).returncode == 0, "the generator's own may be"
    clone = host.folder / "clone"
    subprocess.run(["git", "fetch", "--quiet", "origin", "briefing/facts:briefing/facts"], cwd=clone, check=True)
    subprocess.run(["git", "checkout", "--quiet", "briefing/facts"], cwd=clone, check=True)
    (clone / "site_src" / "facts" / "x.yml").write_text("a: 3 # by hand\n")
    commit(clone, "Correct a fact")
    mine = host.git("rev-parse", FACTS)
    refused = patch(host, added("site_src/facts/x.yml", "a: 4"))
    assert (refused.returncode, host.git("rev-parse", FACTS)) == (1, mine)
    assert "Mira Tolle <mira@ellery.example>" in refused.stderr


def corrected(host: Host) -> Path:
    """The clone, on a proposal that a person has corrected."""
    assert patch(host, added("site_src/facts/x.yml", "a: 1")).returncode == 0
    clone = host.folder / "clone"
    subprocess.run(["git", "fetch", "--quiet", "origin", "briefing/facts:briefing/facts"], cwd=clone, check=True)
    subprocess.run(["git", "checkout", "--quiet", "briefing/facts"], cwd=clone, check=True)
    (clone / "site_src" / "facts" / "x.yml").write_text("a: 3 # by hand\n")
    commit(clone, "Correct a fact")
    return clone


def squash(clone: Path) -> None:
    subprocess.run(["git", "checkout", "--quiet", "main"], cwd=clone, check=True)
    subprocess.run(["git", "merge", "--quiet", "--squash", "briefing/facts"], cwd=clone, check=True)
    commit(clone, "1 source, as corrected (#7)")


@pytest.mark.parametrize("later", [{}, {"a.yml": "b: 1\n"}, {"x.yml": "a: 5 # again\n"}])
def test_a_corrected_proposal_that_was_squashed_is_no_longer_in_the_way(host: Host, later: dict[str, str]) -> None:
    clone = corrected(host)
    squash(clone)
    for name, text in later.items():
        (clone / "site_src" / "facts" / name).write_text(text)
        commit(clone, f"Change {name}")
    done = patch(host, added("site_src/facts/y.yml", "a: 1"))
    assert done.returncode == 0, done.stderr
    assert host.git("rev-parse", f"{FACTS}^") == host.git("rev-parse", "main")


def test_what_people_committed_after_the_squash_is_not_overwritten(host: Host) -> None:
    clone = corrected(host)
    squash(clone)
    subprocess.run(["git", "checkout", "--quiet", "briefing/facts"], cwd=clone, check=True)
    (clone / "site_src" / "facts" / "x.yml").write_text("a: 3 # by hand\nb: 1\n")
    commit(clone, "Correct another fact")
    mine = host.git("rev-parse", FACTS)
    assert patch(host, added("site_src/facts/y.yml", "a: 1")).returncode == 1
    assert host.git("rev-parse", FACTS) == mine


def test_gitlab_proposes_the_same(host: Host) -> None:
    """Its two jobs before the site, each script line by line in one shell as a runner has it."""
    add(host, "bridge.md", BRIDGE)
    subprocess.run(["git", "config", "receive.advertisePushOptions", "true"], cwd=host.origin, check=True)
    hook = host.origin / "hooks" / "post-receive"
    hook.write_text(f'#!/bin/sh\nenv | grep "^GIT_PUSH_OPTION_" | sort > "{host.folder}/options"\n')
    hook.chmod(0o755)
    spec = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    work = host.folder / "gitlab"
    subprocess.run(["git", "clone", "--quiet", host.origin, work], check=True)
    environment = {**host.environment(work), "CI_COMMIT_BRANCH": "main", "BRIEFING_REMOTE": str(host.origin)}
    for job in ("facts", "propose"):
        script = "\n".join(spec[job]["script"])
        shell = ["bash", "-eo", "pipefail", "-c", script]
        done = subprocess.run(shell, cwd=work, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=work, check=True)  # the next job's own checkout
    assert host.git("rev-parse", f"{FACTS}^") == host.git("rev-parse", "main")
    title = host.git("log", "-1", "--format=%s", FACTS)
    options = (host.folder / "options").read_text(encoding="utf-8")
    assert f"merge_request.title={title}\n" in options
    assert "merge_request.create\n" in options
