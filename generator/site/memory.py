"""What is kept of each page between builds: what it was made of, what came of it, and what other pages ask of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct
from msgspec.msgpack import Decoder

from generator.store import Store, packed

BUILT = "site/rows"
FEW = 16
"""Paths that are looked for in what is kept of all pages as it stands."""


class Row(Struct, array_like=True, frozen=True):
    """How a page was built."""

    frame: bytes
    """A hash of all that its HTML was made of beside its own source: settings, theme, navigation."""
    output: bytes
    """The hash of the HTML; empty where the page came out empty and was not written."""
    moved: bool
    """Whether it only leads on to another page."""


class Asked(Struct, array_like=True, frozen=True):
    """What MkDocs, and other pages, ask of a page that is not rendered."""

    title: str | None
    toc: tuple[tuple[int, str, str], ...]
    """Level, id and text of each heading."""
    ids: str
    """Every id on the page, each between two line feeds: as sets, those of all pages would fill the memory."""
    targets: dict[str, dict[str, str]]
    """Anchors it links to, as written there, by path of the file; empty for a link to the whole file."""


def joined(ids: Iterable[str]) -> str:
    """Ids as `Asked` holds them."""
    return "\n" + "".join(f"{name}\n" for name in sorted(ids))


def split(ids: str) -> set[str]:
    """The ids that `joined` put together."""
    return set(ids.split("\n")) - {""}


_ROWS = Decoder(dict[str, tuple[bytes, Row]])
_ASKED = Decoder(Asked)


class Memory:
    """The pages of a site in a store. Of a page that was told of, for a broken link say, it is not kept how it was built, so that
    it is built, and told of, again."""

    def __init__(self, store: Store) -> None:
        self._store, self._asked = store, store.stage("site/asked")
        kept = store.state(BUILT)
        self.rows: dict[str, tuple[bytes, Row]] = _ROWS.decode(kept) if kept else {}
        """The hash of each page's source when it was built, and how it was, by path."""
        self._changed = False

    def asked(self, path: str) -> Asked | None:
        """What is kept of a page, as it was rendered last."""
        raw = self._asked.get(path, b"")
        return _ASKED.decode(raw) if raw else None

    def linking(self, gone: Collection[str], lost: Mapping[str, Collection[str]]) -> set[str]:
        """Pages that link to a file that is `gone`, or to one of the anchors that a page (path → ids) has `lost`."""
        if not gone and not lost:
            return set()
        wanted = [name.encode("utf-8", "surrogatepass") for name in {*gone, *lost}]
        few = len(wanted) <= FEW  # so what cannot name one of them need not be decoded
        raws = ((path, raw) for path, _, raw in (self._asked.holding(wanted) if few else self._asked.values()))
        targets = ((path, _ASKED.decode(raw).targets) for path, raw in raws)
        return {
            path
            for path, anchors in targets
            if any(target in gone or not anchors[target].keys().isdisjoint(lost.get(target, ())) for target in anchors)
        }

    def settle(self, path: str, asked: Asked) -> set[str]:
        """Keep what is asked of a page that was rendered; the ids it had before and has no more."""
        before = self.asked(path)
        self._asked.put([(path, b"", packed(asked))])
        return split(before.ids) - split(asked.ids) if before else set()

    def keep(self, rows: Mapping[str, tuple[bytes, Row]]) -> None:
        """Keep how pages were built, with the hash of the source of each."""
        self._changed |= bool(rows)
        self.rows.update(rows)

    def build_again(self, paths: Iterable[str]) -> None:
        """Forget how pages were built."""
        for path in paths:
            self._changed |= self.rows.pop(path, None) is not None

    def close(self) -> None:
        """Keep all of this for the next build."""
        if self._changed:
            self._store.keep({BUILT: packed(self.rows)})

    def forget(self, paths: Collection[str]) -> None:
        """Forget pages that are no more."""
        self.build_again(paths)
        self._asked.drop(paths)
