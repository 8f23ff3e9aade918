"""What judges a page: axe, the Nu HTML checker, and measuring of widths and targets."""

import json
import subprocess
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests import programs

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, a line an element."""
    page.evaluate(AXE)  # by the debugger's door, which no Content-Security-Policy closes
    # Without `preload`, which copies stylesheets with an @import into inline ones, for a rule that is off by default.
    found: list[dict[str, Any]] = page.evaluate(
        "(tags) => axe.run({runOnly: tags, resultTypes: ['violations'], preload: false}).then((r) => r.violations)",
        AXE_TAGS,
    )
    return [
        f"{violation['id']}: {violation['help']}: {node['html']}"
        for violation in found
        for node in violation["nodes"]
    ]


def nu(sources: Mapping[str, str], folder: Path) -> list[str]:
    """What the Nu checker says of the pages' HTML, errors and warnings, in one run of Java."""
    names = {}
    for number, (name, source) in enumerate(sources.items()):
        path = folder / f"{number}.html"
        path.write_text(source, encoding="utf-8")
        names[path.as_uri()] = name
    command = [programs.java(), "-jar", str(programs.vnu_jar()), "--format", "json", "--exit-zero-always"]
    paths = [str(folder / f"{number}.html") for number in range(len(sources))]
    run = subprocess.run([*command, *paths], capture_output=True, text=True, check=True, timeout=120)
    messages = json.loads(run.stderr)["messages"]
    return [
        f"{names.get(_uri(message['url']), message['url'])}: {message['message']}: {message.get('extract', '')}"
        for message in messages
    ]


def _uri(url: str) -> str:
    return Path(url.removeprefix("file:")).as_uri()


def sideways(page: Page) -> list[str]:
    """The elements that make the page scroll sideways; nothing where it does not."""
    return list(
        page.evaluate(
            """() => {
              const root = document.documentElement;
              if (root.scrollWidth <= window.innerWidth) return [];
              return [`page: ${root.scrollWidth} > ${window.innerWidth}`,
                ...[...document.querySelectorAll("body *")]
                  .filter((e) => e.getBoundingClientRect().right > window.innerWidth)
                  .slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
            }"""
        )
    )


def small_targets(page: Page) -> list[str]:
    """Form controls under 44 px high, other targets outside a sentence under 24 px, typed text under 16 px."""
    return list(
        page.evaluate(
            """() => {
              const faults = [];
              const say = (element, size) => faults.push(`${size}: ${element.outerHTML.slice(0, 120)}`);
              const visible = (e) => e.checkVisibility() && !e.closest(".skip-link, [aria-hidden=true]");
              const box = (e) => e.getBoundingClientRect();
              for (const e of document.querySelectorAll("button, input, select, textarea")) {
                if (e.type === "hidden" || !visible(e)) continue;
                const target = e.matches("[type=radio], [type=checkbox]") ? e.closest("label") : e;
                const {width, height} = box(target ?? e);
                if (width < 23.99 || height < 43.99) say(e, `${width} x ${height}`);
                const font = parseFloat(getComputedStyle(e).fontSize);
                if (font < 16) say(e, `font ${font}`);
              }
              for (const e of document.querySelectorAll("a[href], summary")) {
                if (!visible(e)) continue;
                const around = e.closest("p, li, dd, td, th")?.textContent.trim() ?? "";
                if (around.length > e.textContent.trim().length) continue;  // in a sentence
                const {width, height} = box(e);
                if (width < 23.99 || height < 23.99) say(e, `${width} x ${height}`);
              }
              return faults;
            }"""
        )
    )
