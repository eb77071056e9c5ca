"""What goes wrong on a page while a test uses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


@contextmanager
def heard(page: Page) -> Iterator[list[str]]:
    """A page emptied for the next test, and what goes wrong on it: at the end that must be nothing.

    Tests of a module share a page where they can, as making one takes longer than most of them.
    """
    wrong: list[str] = []
    listeners = {
        "console": lambda message: wrong.append(message.text),
        "pageerror": lambda error: wrong.append(str(error)),
    }
    page.goto("about:blank")
    page.emulate_media(media="null")
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    yield wrong
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    assert wrong == []
