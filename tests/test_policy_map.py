"""Every article of the policy has code and a test that keep it, or is listed as not kept yet."""

import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from policy import services as policy

ROOT = Path(settings.BASE_DIR)
ARTICLES: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/policy_map.toml").read_text())["article"]


def numbers() -> list[str]:
    return [article["number"] for article in ARTICLES]


def test_the_table_has_the_articles_of_the_published_text() -> None:
    headings = re.findall(r"^#+\s*(?:第(\d+)条|(\d+-\d+))", policy.editions()[-1].text, re.MULTILINE)
    assert sorted(numbers()) == sorted(article or paragraph for article, paragraph in headings)
    assert len(set(numbers())) == len(numbers()) == 13


@pytest.mark.parametrize("article", ARTICLES, ids=numbers())
def test_what_an_article_names_exists_and_what_names_nothing_is_open(article: dict[str, Any]) -> None:
    for reference in article["code"]:
        module, name = reference.split(":")
        assert hasattr(import_module(module), name), reference
    for reference in article["tests"]:
        file, name = reference.split("::")
        pattern = r"def test_\w+" if name == "*" else rf"def {re.escape(name)}\("
        assert re.search(pattern, (ROOT / file).read_text()), reference
    assert bool(article["code"]) == bool(article["tests"])
    assert article["code"] or article["open"]


def test_the_readme_lists_just_what_is_not_kept_yet() -> None:
    listed = re.search(r"<!-- open -->\n(.*?)<!-- /open -->", (ROOT / "README.md").read_text(), re.DOTALL)
    assert listed
    expected = [f"- {article['number']}: {article['open']}" for article in ARTICLES if "open" in article]
    assert listed[1].strip().splitlines() == expected
