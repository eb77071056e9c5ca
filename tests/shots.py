"""A contact sheet of the site: every kind of page at two widths, light and dark, and what it weighs.

python tests/shots.py [FOLDER] [--larger]     pictures, and an index.html that holds them all
python tests/shots.py --weights               the weights alone, of the shipped and the larger site
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from html import escape
from pathlib import Path

sys.path.insert(1, str(Path(__file__).parent / "browser"))

from briefings import ADDRESS, larger, shipped
from conftest import browser as installed
from flags import FLAGS
from kinds import heaviest, kinds
from playwright.sync_api import Browser, sync_playwright
from serving import serving
from weights import table, weigh

WIDTHS = {360: 640, 1280: 800}
SCHEMES = ("light", "dark")
TALLEST = 2400
STYLE = """body{margin:1rem;font:14px sans-serif;background:#777;color:#fff}figure{display:inline-block;margin:0 .5rem 1rem 0;
vertical-align:top}img{display:block;border:1px solid #333;height:auto}a{color:inherit}h2{margin:.5rem 0}"""


def shoot(browser: Browser, address: str, pages: dict[str, str], folder: Path) -> dict[str, list[Path]]:
    """A picture of each page at each width in each scheme, by kind."""
    shot: dict[str, list[Path]] = {kind: [] for kind in pages}
    for width, height in WIDTHS.items():
        for scheme in SCHEMES:
            size = {"width": width, "height": height}
            context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            page = context.new_page()
            for kind, name in pages.items():
                page.goto(address + name)
                path = folder / f"{name.removesuffix('.html').replace('/', '-')}-{width}-{scheme}.png"
                tall = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
                page.screenshot(
                    path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": max(height, tall)}
                )
                shot[kind].append(path)
            context.close()
    return shot


def sheet(shot: dict[str, list[Path]], names: dict[str, str], weights: str) -> str:
    """The pictures on one page, in reading size with links to the whole."""
    rows = []
    for kind, paths in shot.items():
        pictures = "".join(
            f'<figure><a href="{escape(p.name)}"><img src="{escape(p.name)}" width="{180 if "-360-" in p.name else 480}" alt=""></a></figure>'
            for p in paths
        )
        rows.append(f"<h2>{escape(kind)}: {escape(names[kind])}</h2>{pictures}")
    head = f"<!DOCTYPE html><meta charset=utf-8><title>Contact sheet</title><style>{STYLE}</style>"
    return f"{head}<pre>{escape(weights)}</pre>{''.join(rows)}"


def main() -> None:
    """Build, shoot, weigh."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", nargs="?", type=Path, default=Path("shots"))
    asked.add_argument("--larger", action="store_true", help="of the larger briefing that the tests build")
    asked.add_argument("--weights", action="store_true", help="print what pages weigh, and take no picture")
    given = asked.parse_args()
    chromium = installed()
    if chromium is None:
        sys.exit("no Chromium on this machine; install one, e.g. apt-get install chromium")
    builders = {"shipped": lambda root: shipped(root, ADDRESS), "larger": larger}
    which = list(builders) if given.weights else ["larger" if given.larger else "shipped"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as made:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name in which:
            (Path(made) / name).mkdir()
            site = builders[name](Path(made) / name)
            with serving(site) as address:
                pages = heaviest(site)
                context = browser.new_context()
                weights = table(list(zip(pages, weigh(context, address, pages.values()), strict=True)))
                context.close()
                print(
                    f"{name}: {sum(map(len, kinds(site).values()))} pages, {len(pages)} kinds; KB on the wire\n{weights}\n"
                )
                if not given.weights:
                    given.folder.mkdir(parents=True, exist_ok=True)
                    shot = shoot(browser, address, pages, given.folder)
                    (given.folder / "index.html").write_text(sheet(shot, pages, weights), encoding="utf-8")
                    print(given.folder / "index.html")
        browser.close()


if __name__ == "__main__":
    main()
