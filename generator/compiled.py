"""Templates as they were compiled, so that a run compiles none that was not changed."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from generator.store import Store, digest

STAGE = "templates"


class Compiled(BytecodeCache):
    """What Jinja made of templates, in a store; a template that reads otherwise has another checksum, and is compiled anew.

    Jinja keeps its environments for as long as the process lives, so the store may be closed, or another's, by now; then nothing is kept.
    """

    def __init__(self, store: Store) -> None:
        self._stage = store.stage(STAGE)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if there is something for it."""
        with suppress(sqlite3.Error):
            kept = self._stage.get(bucket.key, digest(bucket.checksum))
            if kept is not None:
                bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        with suppress(sqlite3.Error):
            self._stage.put([(bucket.key, digest(bucket.checksum), bucket.bytecode_to_string())])
