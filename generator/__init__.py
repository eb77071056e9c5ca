"""briefing: a generator of static briefing sites in which every statement leads to its words."""

__version__ = "0.1.0"
