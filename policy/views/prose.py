"""Renders an edition's Markdown to HTML, with an id on every article's heading."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from policy.rules.text import Article, articles

# html=False: tags in the text are shown, not run. Images would be requests to third parties.
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def _table_open(*_: object) -> str:
    """A wide table scrolls in its own frame, which the keyboard can reach."""
    return '<div class="table-scroll" tabindex="0" role="group" aria-label="表">\n<table class="table">\n'


def _table_close(*_: object) -> str:
    return "</table>\n</div>\n"


_markdown.add_render_rule("table_open", _table_open)
_markdown.add_render_rule("table_close", _table_close)


@dataclass(frozen=True)
class Entry:
    """One line of the table of contents, with the articles inside it."""

    article: Article
    inside: tuple[Article, ...]


@lru_cache(maxsize=32)
def render(text: str) -> SafeString:
    """The text as HTML; its own title is left out, since the page shows it."""
    anchors = {article.line: article.anchor for article in articles(text)}
    tokens = _markdown.parse(text)
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        tokens = tokens[3:]
    for token in tokens:
        # A table cell's alignment would be an inline style, which the CSP forbids.
        token.attrs.pop("style", None)
        if anchor := _anchor(token, anchors):
            token.attrSet("id", anchor)
    html: str = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(html)  # noqa: S308  markdown-it escapes everything: html=False, links checked


def _anchor(token: Token, anchors: dict[int, str]) -> str:
    return anchors.get(token.map[0], "") if token.type == "heading_open" and token.map else ""


def contents(text: str) -> tuple[Entry, ...]:
    """The table of contents: articles, each with those inside it."""
    found = articles(text)
    return tuple(
        Entry(article, tuple(sub for sub in found if sub.number.startswith(f"{article.number}-")))
        for article in found
        if not article.is_sub
    )
