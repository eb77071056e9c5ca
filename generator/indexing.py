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
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Timer
from typing import IO, Any

from generator import cbor
from generator.search import Record

FOLDER = "pagefind"
LANGUAGE = "en"
KEPT = re.compile(
    r"pagefind\.js|pagefind-entry\.json|wasm\.en\.pagefind|[^/]+\.pf_meta|(?:filter|fragment|index)/[^/]+"
)
"""What search loads; the rest are interfaces of Pagefind's own, and its worker, which a briefing is too small for."""
SIGNATURE = b"pagefind_dcd"
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


def _index(requests: Iterable[dict[str, Any]], folder: Path) -> None:
    """Have Pagefind index some records into a folder."""
    from pagefind.service import get_executable

    program = get_executable()
    if not program:
        raise OSError("the program pagefind is not here; install it with: pip install 'pagefind[bin]'")
    command = [str(program), "--service"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as service:
        assert service.stdin
        assert service.stdout
        watch = Timer(SECONDS, service.kill)
        watch.start()
        try:
            answers = _answers(service.stdout)

            def ask(payload: dict[str, Any]) -> dict[str, Any]:
                message = json.dumps({"message_id": 1, "payload": payload}).encode()
                service.stdin.write(base64.b64encode(message) + b",")  # type: ignore[union-attr]
                service.stdin.flush()  # type: ignore[union-attr]
                return next(answers)

            index = ask({"type": "NewIndex", "config": {"force_language": LANGUAGE}})["index_id"]
            for request in requests:
                ask({**request, "index_id": index})
            ask({"type": "WriteFiles", "index_id": index, "output_path": str(folder)})
        finally:
            watch.cancel()
            service.kill()


def _answers(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """What the service answers, a base64 word of JSON before each comma. Raises ValueError where it complains or ends."""
    word = b""
    while letter := stream.read(1):
        if letter != b",":
            word += letter
            continue
        answer = json.loads(base64.b64decode(word))["payload"]
        word = b""
        if answer["type"] == "Error":
            raise ValueError(f"pagefind: {answer.get('message')}")
        yield answer
    raise ValueError("pagefind ended before the index was whole")


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
