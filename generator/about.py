"""What this program calls itself, wherever it signs something."""

from __future__ import annotations

from generator import __version__

NAME = "briefing"
VERSION = __version__
GENERATOR = f"{NAME} {VERSION}"
"""For `<meta name="generator">`, feeds and `--version`."""
