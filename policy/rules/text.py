"""Reads an edition's Markdown text: its articles, and what must not stand in it."""

import re
from dataclasses import dataclass

from policy.rules import law

# Counsel's file may write 「## 第8条 …」 or 「## 8. …」; `\d` and int() take full-width digits too.
_ARTICLE = re.compile(r"^##\s+(?:第\s*(\d+)\s*条|(\d+)\s*[.．])\s*\S")
_SUBARTICLE = re.compile(r"^###\s+(\d+)\s*[-－−‐\u2013]\s*(\d+)[.．]?\s*\S")


@dataclass(frozen=True)
class Article:
    """One numbered article; `line` counts from 0, `body` ends where the next article begins."""

    number: str
    heading: str
    line: int
    body: str

    @property
    def anchor(self) -> str:
        """The heading's id on the page, as `article-8` or `article-2-1`."""
        return f"article-{self.number}"

    @property
    def is_sub(self) -> bool:
        """Whether it stands inside another article (2-1)."""
        return "-" in self.number


def articles(text: str) -> tuple[Article, ...]:
    """Every numbered article, in the order of the text."""
    lines = text.split("\n")
    begins = [(index, number) for index, line in enumerate(lines) if (number := _number(line))]
    ends = [*(index for index, _ in begins), len(lines)][1:]
    return tuple(
        Article(number, lines[begin].lstrip("# ").strip(), begin, "\n".join(lines[begin + 1 : end]))
        for (begin, number), end in zip(begins, ends, strict=True)
    )


def _number(line: str) -> str:
    if match := _ARTICLE.match(line):
        return str(int(match[1] or match[2]))
    if match := _SUBARTICLE.match(line):
        return f"{int(match[1])}-{int(match[2])}"
    return ""


def article_faults(text: str) -> tuple[str, ...]:
    """Articles of the policy that the text lacks, has twice or has out of order."""
    numbers = [article.number for article in articles(text)]
    missing = [number for number in law.ARTICLES if number not in numbers]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    faults = [f"article {number} is missing" for number in missing]
    faults += [f"article {number} stands twice" for number in twice]
    known = [number for number in numbers if number in law.ARTICLES]
    if not faults and known != list(law.ARTICLES):
        faults.append("the articles are out of order")
    return tuple(faults)


# What a draft leaves behind. A Markdown link's own brackets are taken out before this is asked.
_PLACEHOLDERS = {
    "square brackets": re.compile(r"\[[^\]\n]*\]|\uff3b[^\uff3d\n]*\uff3d"),
    "an empty or example bracket": re.compile(
        r"【[\s\u3000]*】|【\s*(?:例|要|未)[^】\n]*】|（[\s\u3000]*）|\([\s\u3000]*\)"
    ),
    "a row of blanks": re.compile(r"[\u3007○●△□◯]{2,}|[×✕]{2,}|[_\uff3f]{3,}"),
    "a note to oneself": re.compile(r"(?<![A-Za-z])(?:TBD|TBC|FIXME|XXX)(?![A-Za-z])|設定するなら"),
    "a host name outside a link": re.compile(
        r"(?<![A-Za-z0-9@./_-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![A-Za-z0-9@-])", re.IGNORECASE
    ),
}
_LINKS = re.compile(
    r"(?<!!)\[[^\]\n]+\]\([^)\s]+\)"  # [words](address)
    r"|<[a-z][a-z0-9+.-]*:[^>\s]+>|<[^>\s@]+@[^>\s]+>"  # <https://…>, <mail address>
    r"|https?://[^\s）)」]+"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+",
    re.IGNORECASE,
)


def placeholders(text: str) -> tuple[tuple[int, str], ...]:
    """Unfilled places in a text: the line's number (from 1) and what stands there."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        plain = _LINKS.sub("…", line)
        found += [(number, name) for name, pattern in _PLACEHOLDERS.items() if pattern.search(plain)]
    return tuple(found)
