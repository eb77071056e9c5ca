"""The search index of a site, made by Pagefind: its folder `pagefind/`, with only what the theme's search loads.

Pagefind's own Python interface waits a tenth of a second for every answer, a minute for six hundred facts, so its
service is spoken to directly, in the same words. Pagefind writes filters in the order of a hash table, another one
each time; they are put in order here, so that the same records make the same bytes.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer
from typing import Any

from generator import cbor
from generator.search import Record

FOLDER = "pagefind"
LANGUAGE = "en"
KEPT = re.compile(
    r"pagefind\.js|pagefind-entry\.json|wasm\.en\.pagefind|[^/]+\.pf_meta|(?:filter|fragment|index)/[^/]+"
)
"""What search loads; the rest are interfaces of Pagefind's own, and its worker, which a briefing is too small for."""
SIGNATURE = b"pagefind_dcd"
AT_ONCE = 50
"""Requests before their answers are read, which must fit into a pipe meanwhile."""
SECONDS = 120
"""After which Pagefind is stopped: a hundred thousand records take less."""


class IndexFailed(Exception):
    """There is no index; the message says why and what to do."""


def write_index(records: Iterable[Record], site: Path, url: Callable[[str], str]) -> None:
    """Write the index into a site's folder in place of a former one; without records there is none.

    `url` gives a page's address below the site's root. Raises IndexFailed; the former index is gone then, too.
    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    requests = [_request(record, url) for record in records]
    if not requests:
        return
    with tempfile.TemporaryDirectory() as made:
        try:
            _index(requests, Path(made))
            in_order(Path(made))
            for path in sorted(Path(made).rglob("*")):
                name = path.relative_to(made).as_posix()
                if KEPT.fullmatch(name):
                    (site / FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, site / FOLDER / name)
        except (OSError, ValueError) as error:
            shutil.rmtree(site / FOLDER, ignore_errors=True)
            raise IndexFailed(f"no search index: {error}; the site stands, and its search leads to A–Z") from error


def _request(record: Record, url: Callable[[str], str]) -> dict[str, Any]:
    return {
        "type": "AddRecord",
        "url": url(record.path) + (f"#{record.anchor}" if record.anchor else ""),
        "content": record.content,
        "language": LANGUAGE,
        "meta": dict(record.meta),
        "filters": {name: list(values) for name, values in record.facets.items() if values},
        "sort": {"day": record.day},
    }


def _index(requests: Sequence[dict[str, Any]], folder: Path) -> None:
    """Have Pagefind index some records into a folder."""
    from pagefind.service import get_executable

    program = get_executable()
    if not program:
        raise OSError("the program pagefind is not here; install it with: pip install 'pagefind[bin]'")
    with Popen([str(program), "--service"], stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as service:
        watch = Timer(SECONDS, service.kill)
        watch.start()
        try:
            [index] = _ask(service, [{"type": "NewIndex", "config": {"force_language": LANGUAGE}}])
            for start in range(0, len(requests), AT_ONCE):
                _ask(service, [{**r, "index_id": index["index_id"]} for r in requests[start : start + AT_ONCE]])
            _ask(service, [{"type": "WriteFiles", "index_id": index["index_id"], "output_path": str(folder)}])
        finally:
            watch.cancel()
            service.kill()


def _ask(service: Popen[bytes], payloads: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the service answers to each payload; both ways a message is a base64 word of JSON before a comma.

    Raises ValueError where it complains or ends.
    """
    assert service.stdin
    assert service.stdout
    messages = (json.dumps({"message_id": n, "payload": payload}) for n, payload in enumerate(payloads))
    service.stdin.write(b"".join(base64.b64encode(message.encode()) + b"," for message in messages))
    service.stdin.flush()
    answers = b""
    while answers.count(b",") < len(payloads):
        part = os.read(service.stdout.fileno(), 1 << 16)
        if not part:
            raise ValueError("pagefind ended before the index was whole")
        answers += part
    told = [json.loads(base64.b64decode(word))["payload"] for word in answers.split(b",")[:-1]]
    for answer in told:
        if answer["type"] == "Error":
            raise ValueError(f"pagefind: {answer.get('message')}")
    return told


def in_order(folder: Path) -> None:
    """Put the filters of an index and their values in order, and name its files after their new content."""
    entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    for language in entry["languages"].values():
        path = folder / f"pagefind.{language['hash']}.pf_meta"
        version, pages, chunks, filters, *rest = _read(path)
        names = {name: _sorted_filter(folder / "filter" / f"{hash_}.pf_filter") for name, hash_ in filters}
        path.unlink()
        meta = [version, pages, chunks, [[name, names[name]] for name in sorted(names)], *rest]
        language["hash"] = _write(folder, "pagefind.{}.pf_meta", meta)
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")


def _sorted_filter(path: Path) -> str:
    name, values = _read(path)
    path.unlink()
    return _write(path.parent, "{}.pf_filter", [name, sorted(values)])


def _read(path: Path) -> Any:
    raw = gzip.decompress(path.read_bytes())
    if not raw.startswith(SIGNATURE):
        raise ValueError(f"{path.name} is not a file of an index")
    return cbor.decode(raw.removeprefix(SIGNATURE))


def _write(folder: Path, name: str, value: Any) -> str:
    raw = SIGNATURE + cbor.encode(value)
    hash_ = f"{LANGUAGE}_{hashlib.sha256(raw).hexdigest()[:10]}"
    (folder / name.format(hash_)).write_bytes(gzip.compress(raw, mtime=0))
    return hash_
