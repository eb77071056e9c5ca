"""Runs a workflow of GitHub Actions on this machine, step by step as its file has them, against a local repository.

Of actions only those that the briefing's workflow uses are known, each as what it does to files; programs of the runner
(`gh`, `pip`) are stubs that record how they were called.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
SERVER = Path(__file__).with_name("cli_server.py")
PROGRAMS = ("briefing", "mkdocs")
STATUS = re.compile(r"\b(?:always|cancelled|failure|success)\(\)")
GH = """\
#!/usr/bin/env bash
# Knows one pull request, kept in $GH_STATE.
printf '%s\\n' "$*" >> "$GH_STATE/calls"
case "$1 $2" in
"auth setup-git") ;;
"pr list") [ ! -f "$GH_STATE/title" ] || echo 7 ;;
"pr create" | "api --silent")
  while [ $# -gt 0 ]; do
    case "$1" in
    --title) printf '%s' "$2" > "$GH_STATE/title" ;;
    --body-file) cp "$2" "$GH_STATE/body" ;;
    title=*) printf '%s' "${1#title=}" > "$GH_STATE/title" ;;
    body=@*) cp "${1#body=@}" "$GH_STATE/body" ;;
    esac
    shift
  done
  ;;
*) echo "gh: unknown: $*" >&2; exit 2 ;;
esac
"""


class Values(dict[str, Any]):
    """A context of expressions: what is not set is empty, at any depth."""

    def __getattr__(self, name: str) -> Any:
        found = self.get(name, Values())
        return Values(found) if isinstance(found, dict) else found

    def __eq__(self, other: object) -> bool:
        return dict.__eq__(self, other) if isinstance(other, dict) else not self and other == ""

    __hash__ = None  # type: ignore[assignment]


def evaluated(expression: str, context: dict[str, Any]) -> Any:
    """The value of an expression of GitHub Actions, as far as the workflow uses that language."""
    python = expression.replace("&&", " and ").replace("||", " or ")
    python = re.sub(r"!(?!=)", " not ", python)
    functions = {"cancelled": lambda: False, "always": lambda: True}
    return eval(python, {"__builtins__": {}}, {**functions, **{k: Values(v) for k, v in context.items()}})


def filled(value: object, context: dict[str, Any]) -> str:
    """A text with the values of its `${{ }}`."""
    return re.sub(r"\$\{\{(.+?)\}\}", lambda m: str(evaluated(m[1].strip(), context) or ""), str(value))


@dataclass
class Run:
    """What a run of the workflow did."""

    results: dict[str, str] = field(default_factory=dict)
    """By job: `success`, `failure` or `skipped`."""
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    log: str = ""
    summary: str = ""
    published: bool = False


@dataclass
class Host:
    """A repository as a host of code has it, with what its pull request says."""

    folder: Path
    socket: Path
    """Where `cli_server` answers."""
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> Path:
        """The bare repository."""
        return self.folder / "origin.git"

    def git(self, *arguments: str) -> str:
        """What git says of the bare repository."""
        done = subprocess.run(["git", *arguments], cwd=self.origin, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def state(self, name: str) -> str:
        """`title` and `body` of the pull request, `calls` of gh, one a line; empty where there is none."""
        path = self.folder / "gh" / name
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def environment(self, work: Path) -> dict[str, str]:
        """Of every step: stubs first on the path, and nothing of the user's own configuration."""
        stubs = self.folder / "bin"
        if not stubs.is_dir():
            stubs.mkdir()
            (self.folder / "gh").mkdir()
            scripts = {
                "gh": GH,
                "pip": '#!/bin/sh\necho "pip $*" >> "$GH_STATE/pip"\n',
                **{
                    name: f'#!/bin/sh\nexec {sys.executable} -S {SERVER} call {self.socket} {name} "$@"\n'
                    for name in PROGRAMS
                },
            }
            for name, text in scripts.items():
                (stubs / name).write_text(text, encoding="utf-8")
                (stubs / name).chmod(0o755)
        return {
            "PATH": f"{stubs}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            "GH_STATE": str(self.folder / "gh"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "TMPDIR": str(work.parent),
            "LANG": "C.UTF-8",
        }

    def run(
        self, workflow: Path, event: str = "push", ref: str = "main", sha: str = "", without: tuple[str, ...] = ()
    ) -> Run:
        """Run a workflow for an event on a branch, or on the commit `sha` of a pull request into it; jobs may be left out."""
        spec = yaml.safe_load(workflow.read_text(encoding="utf-8"))
        sha = sha or self.git("rev-parse", f"refs/heads/{ref}")
        github = {
            "event_name": event,
            "ref_name": ref,
            "token": "token",
            "event": {"repository": {"default_branch": "main"}},
        }
        run, work, artifacts = Run(), self.folder / "work", self.folder / "artifacts"
        for folder in (work, artifacts):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        for name, job in spec["jobs"].items():
            needed = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            needs = {n: {"result": run.results[n], "outputs": run.outputs.get(n, {})} for n in needed}
            context = {"github": github, "needs": needs, "vars": self.variables, "steps": {}, "job": {}}
            condition = job.get("if", "")
            wanted = all(run.results[n] == "success" for n in needed) or bool(STATUS.search(condition))
            if name in without or not wanted or (condition and not evaluated(condition, context)):
                run.results[name] = "skipped"
                continue
            run.results[name] = "success"
            for step in job["steps"]:
                if "if" in step and not evaluated(step["if"], context):
                    continue
                if not self._step(step, context, run, work / name, artifacts, sha):
                    run.results[name] = "failure"
                    break
            run.outputs[name] = {key: filled(value, context) for key, value in job.get("outputs", {}).items()}
        return run

    def _step(
        self, step: dict[str, Any], context: dict[str, Any], run: Run, work: Path, artifacts: Path, sha: str
    ) -> bool:
        given = {key: filled(value, context) for key, value in step.get("with", {}).items()}
        uses = step.get("uses", "").partition("@")[0].removeprefix("actions/")
        if uses == "checkout":
            subprocess.run(["git", "clone", "--quiet", "--no-checkout", self.origin, work], check=True)
            subprocess.run(["git", "checkout", "--quiet", sha], cwd=work, check=True)
        elif uses == "upload-artifact":
            shutil.copytree(work / given["path"], artifacts / given["name"])
        elif uses == "upload-pages-artifact":
            shutil.copytree(work / given["path"], artifacts / "github-pages")
        elif uses == "download-artifact":
            shutil.copytree(artifacts / given["name"], work / given["path"])
        elif uses == "deploy-pages":
            run.published = (artifacts / "github-pages" / "index.html").is_file()
        elif uses:
            assert uses == "setup-python", uses
        else:
            return self._script(step, context, run, work)
        return True

    def _script(self, step: dict[str, Any], context: dict[str, Any], run: Run, work: Path) -> bool:
        assert "${{" not in step["run"], "what a workflow puts into a script runs as part of it"
        files = {"GITHUB_OUTPUT": self.folder / "output", "GITHUB_STEP_SUMMARY": self.folder / "summary"}
        for path in files.values():
            path.write_text("")
        given = {key: filled(value, context) for key, value in step.get("env", {}).items()}
        environment = {
            **self.environment(work),
            **{name: str(path) for name, path in files.items()},
            "GITHUB_REF_NAME": context["github"]["ref_name"],
            "GITHUB_REPOSITORY": "ellery/harbour",
            **given,
        }
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(shell, cwd=work, env=environment, capture_output=True, text=True, check=False)
        run.log += f"$ {step.get('name', '')}\n{done.stdout}{done.stderr}"
        run.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        if "id" in step:
            context["steps"][step["id"]] = {"outputs": dict(line.split("=", 1) for line in lines)}
        return done.returncode == 0
