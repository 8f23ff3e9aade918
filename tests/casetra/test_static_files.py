"""Templates and static files: every name resolves, nothing inline, nothing from elsewhere."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from tests.casetra.production import CHECKOUT

TEMPLATES = sorted(
    path
    for folder in ("templates", "*/templates")
    for path in CHECKOUT.glob(f"{folder}/**/*")
    if path.is_file()
)
STATIC = sorted(path for path in (CHECKOUT / "static").rglob("*") if path.suffix in {".css", ".js", ".svg"})
NAME = re.compile(r"""\{%\s*static\s+(['"])(.+?)\1""")
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "an inline style": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"""<[^>]*\sstyle\s*=""", re.IGNORECASE),
    "an event handler": re.compile(r"""<[^>]*\son[a-z]+\s*=""", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    # Links that a person follows may lead elsewhere; what a browser loads by itself may not.
    "a third party": re.compile(
        r"""(?<!<a\ href=")(?<!xmlns=")(?<!xmlns:xlink=")(?:https?:|["'(]\s*)//(?!\s)""", re.IGNORECASE
    ),
}


def relative(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def test_there_is_something_to_look_at() -> None:
    assert len(TEMPLATES) > 10
    assert {path.suffix for path in STATIC} == {".css", ".js", ".svg"}


def test_every_static_name_in_a_template_is_in_the_manifest(image: Path) -> None:
    manifest = json.loads((image / "staticfiles" / "staticfiles.json").read_text())["paths"]
    found = [
        (relative(path), name)
        for path in TEMPLATES
        for _, name in NAME.findall(path.read_text(encoding="utf-8"))
    ]
    assert found
    assert [pair for pair in found if pair[1] not in manifest] == []


@pytest.mark.parametrize("path", [*TEMPLATES, *STATIC], ids=relative)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(content)] == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<script>alert(1)</script>", "an inline script"),
        ('<script type="module">x</script>', "an inline script"),
        ("<style>p {}</style>", "an inline style"),
        ('<p class="a" style="color: red">', "a style attribute"),
        ("<button\n  onclick='x()'>", "an event handler"),
        ('<a href="javascript:x()">', "a javascript: address"),
        ('<img src="https://cdn.example/a.png">', "a third party"),
        ('<link rel="stylesheet" href="//cdn.example/a.css">', "a third party"),
        ("@import url(https://cdn.example/a.css);", "a third party"),
        ("p { background: url(//cdn.example/a.png) }", "a third party"),
    ],
)
def test_these_faults_would_be_seen(content: str, fault: str) -> None:
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(content)] == [fault]


@pytest.mark.parametrize(
    "content",
    [
        "<script src=\"{% static 'js/site.js' %}\" defer></script>",
        '<a href="https://www.example.jp/">',
        '<svg xmlns="http://www.w3.org/2000/svg">',
        '<p class="style">one = on = style</p>',
        "  // a comment in a script",
    ],
)
def test_these_are_fine(content: str) -> None:
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(content)] == []


def test_the_icons_usual_address_leads_to_the_icon(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"] == "/static/img/favicon.svg"


@pytest.mark.parametrize(
    "path", [path for path in STATIC if path.suffix == ".css"], ids=lambda path: path.name
)
def test_a_stylesheet_closes_what_it_opens(path: Path) -> None:
    """Browsers say nothing: what follows an unclosed `@media print` simply is for paper only."""
    rules = re.sub(r"/\*.*?\*/|\"[^\"\n]*\"", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert rules.count("{") == rules.count("}")
