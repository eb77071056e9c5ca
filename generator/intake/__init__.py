"""Intake: articles from files, the web and feeds become seeds. `briefing add` is all of it; no build touches the net."""
