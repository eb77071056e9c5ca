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
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer
from typing import Any

import cbor2

from generator.search import Record

FOLDER = "pagefind"
LANGUAGE = "en"
KEPT = re.compile(
    r"pagefind\.js|pagefind-entry\.json|wasm\.en\.pagefind|[^/]+\.pf_meta|(?:filter|fragment|index)/[^/]+"
)
"""What search loads; the rest are interfaces of Pagefind's own, and its worker, which a briefing is too small for."""
ENTRY, META, FILTER = "pagefind-entry.json", "pagefind.{}.pf_meta", "filter/{}.pf_filter"
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
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    requests = [_request(record, url) for record in records]
    if not requests:
        return
    try:
        for name, raw in in_order(_index(requests)).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(raw)
    except (OSError, ValueError, LookupError, cbor2.CBORError) as error:
        shutil.rmtree(folder, ignore_errors=True)
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


def _index(requests: Sequence[dict[str, Any]]) -> dict[str, bytes]:
    """The files that Pagefind makes of some records and search loads, by their names."""
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
            # Not WriteFiles: its answer comes before the files are on disk.
            [made] = _ask(service, [{"type": "GetFiles", "index_id": index["index_id"]}])
        finally:
            watch.cancel()
            service.kill()
    return {file["path"]: base64.b64decode(file["content"]) for file in made["files"] if KEPT.fullmatch(file["path"])}


def _ask(service: Popen[bytes], payloads: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the service answers to each payload; both ways a message is a base64 word of JSON before a comma.

    Raises ValueError where it complains or ends.
    """
    assert service.stdin
    assert service.stdout
    messages = (json.dumps({"message_id": n, "payload": payload}) for n, payload in enumerate(payloads))
    service.stdin.write(b"".join(base64.b64encode(message.encode()) + b"," for message in messages))
    service.stdin.flush()
    parts: list[bytes] = []
    missing = len(payloads)
    while missing > 0:
        parts.append(os.read(service.stdout.fileno(), 1 << 16))
        if not parts[-1]:
            raise ValueError("pagefind ended before the index was whole")
        missing -= parts[-1].count(b",")
    told = [json.loads(base64.b64decode(word))["payload"] for word in b"".join(parts).split(b",")[:-1]]
    for answer in told:
        if answer["type"] == "Error":
            raise ValueError(f"pagefind: {answer.get('message')}")
    return told


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index with its filters and their values in order, named after their new content."""
    done = dict(files)
    entry = json.loads(done.pop(ENTRY))
    for language in entry["languages"].values():
        version, pages, chunks, filters, *rest = _read(done.pop(META.format(language["hash"])))
        hashes = {}
        for name, former in filters:
            _, values = _read(done.pop(FILTER.format(former)))
            hashes[name], raw = _written([name, sorted(values)])
            done[FILTER.format(hashes[name])] = raw
        meta = [version, pages, chunks, [[name, hashes[name]] for name in sorted(hashes)], *rest]
        language["hash"], raw = _written(meta)
        done[META.format(language["hash"])] = raw
    done[ENTRY] = json.dumps(entry, ensure_ascii=False).encode()
    return done


def _read(raw: bytes) -> Any:
    plain = gzip.decompress(raw)
    if not plain.startswith(SIGNATURE):
        raise ValueError("pagefind writes its index in another way; install the version in requirements.txt")
    return cbor2.loads(plain.removeprefix(SIGNATURE))


def _written(value: Any) -> tuple[str, bytes]:
    """A file that holds a value, and the name it goes by."""
    plain = SIGNATURE + cbor2.dumps(value)
    return f"{LANGUAGE}_{hashlib.sha256(plain).hexdigest()[:10]}", gzip.compress(plain, mtime=0)
