"""What is too much to hold in memory between two steps of a build: a file without a name that is gone with the process."""

from __future__ import annotations

import pickle
import tempfile
from typing import Any

SMALL = 1 << 20
"""Bytes that are held in memory all the same."""
Place = tuple[int, int]
"""Where a value begins, and its length in bytes."""


class Spool:
    """Values that are written once and read back, each by its place."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(SMALL)  # noqa: SIM115  # closed with the process, or when nobody knows it any more
        self._end = 0

    def put(self, value: object) -> Place:
        """Write a value."""
        raw = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._end)
        self._file.write(raw)
        place = self._end, len(raw)
        self._end += len(raw)
        return place

    def get(self, place: Place) -> Any:
        """Read it back."""
        self._file.seek(place[0])
        return pickle.loads(self._file.read(place[1]))
