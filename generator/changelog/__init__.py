"""The difference of two states of a briefing, written: for a terminal, for a pull request, for programs."""

from generator.changelog.as_json import as_json
from generator.changelog.files import write
from generator.changelog.forms import FORMS, as_markdown, as_text
from generator.changelog.headline import headline

__all__ = ["FORMS", "as_json", "as_markdown", "as_text", "headline", "write"]
