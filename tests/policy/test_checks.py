"""Every start-up check finds the fault planted for it, and the shipped edition has none."""

import shutil
from collections.abc import Callable
from datetime import date

import pytest
from django.core import checks as django_checks

from policy import checks, services
from tests.policy.conftest import FIRST, Clock, Editions, found, only

KEY = '[[form]]\nkey = "timeline"'
CORRECTION = 'article = "法34条1項"\nfee_yen = 0'
DISCLOSURE = 'article = "法33条1項"\nfee_yen = 0'


def test_the_shipped_edition_is_sound() -> None:
    assert found() == []


def test_the_checks_are_registered_with_django() -> None:
    registered = django_checks.registry.registry
    assert checks.editions_are_sound in registered.get_checks()
    assert checks.no_draft_is_published not in registered.get_checks()
    assert checks.no_draft_is_published in registered.get_checks(include_deployment_checks=True)


@pytest.mark.parametrize(
    ("replacement", "words"),
    [
        (('title = "Casetra', 'title = "Casetra" "'), "not TOML"),
        (('status = "draft"', 'status = "final"'), "status must be draft or confirmed"),
        (("years = 2", "years = 0"), "retention.consultation.years must be a whole number"),
        (("years = 2", "years = true"), "retention.consultation.years must be a whole number"),
        (("years = 2", "year = 2"), "retention.consultation.year is not a known key"),
        (("days = 30", "days = 0"), "retention.technical.days must be a whole number"),
        (("guide = true", "guide = 1"), "retention.entrusted.guide must be true or false"),
        (("effective_on = 2026-01-02", 'effective_on = "2026-01-02"'), "effective_on must be a date"),
        (("effective_on = 2026-01-02", "effective_on = 2026-01-02T00:00:00"), "effective_on must be a date"),
        (('key = "erasure"', 'key = "deletion"'), "request_kinds names a kind twice"),
        (('key = "erasure"', 'key = "forgetting"'), "request_kinds[7].key must be"),
        (('article = "法33条5項"', 'article = "法32条2項"'), "the article of provision_records"),
        (('key = "employeeCount"', 'key = "従業員"'), "form[0].key must be an input name"),
        (('label = "従業員規模"', 'label = " "'), "form[0].label must be text that is not empty"),
        (("[[form]]", "[[forms]]"), "form is empty"),
        (("[controller]\n", "[[controller]]\n"), "controller must be a table"),
        (('measures = ["従業者', 'measures = [1, "従業者'), "safeguards[1].measures must be a list of texts"),
    ],
)
def test_facts_of_the_wrong_shape_are_named(
    editions: Editions, replacement: tuple[str, str], words: str
) -> None:
    editions.change("facts.toml", replacement)
    first = found()[0]
    assert first.id == "policy.E001"
    assert any(words in finding.msg for finding in found())
    with pytest.raises(services.EditionsUnreadable):
        services.in_force(date(2026, 11, 22))


def remove_text(editions: Editions) -> None:
    (editions.folder / FIRST / "text.md").unlink()


def remove_facts(editions: Editions) -> None:
    (editions.folder / FIRST / "facts.toml").unlink()


def write_shift_jis(editions: Editions) -> None:
    (editions.folder / FIRST / "text.md").write_bytes("第1条".encode("shift_jis"))


def name_it_loosely(editions: Editions) -> None:
    (editions.folder / FIRST).rename(editions.folder / "20260102")


def name_it_in_words(editions: Editions) -> None:
    (editions.folder / FIRST).rename(editions.folder / "初版")


def remove_everything(editions: Editions) -> None:
    shutil.rmtree(editions.folder)


@pytest.mark.parametrize(
    "plant",
    [remove_text, remove_facts, write_shift_jis, name_it_loosely, name_it_in_words, remove_everything],
)
def test_an_edition_that_cannot_be_read_stops_the_start(
    editions: Editions, plant: Callable[[Editions], None]
) -> None:
    plant(editions)
    services.clear_cache()
    assert [finding.id for finding in found()] == ["policy.E001", "policy.E006"]
    assert all(finding.msg.isascii() for finding in found())


def test_a_readme_and_a_hidden_folder_are_nobodys_edition(editions: Editions) -> None:
    (editions.folder / "README.md").write_text("x")
    (editions.folder / "..data").mkdir()
    services.clear_cache()
    assert found() == []


def test_a_folder_named_after_another_day_is_found(editions: Editions) -> None:
    (editions.folder / FIRST).rename(editions.folder / "2026-01-03")
    services.clear_cache()
    only("policy.E002")


@pytest.mark.parametrize(
    "blank",
    [
        "[例:開示1件あたり1,000円(税込)]",
        "[90日]",
        "［未定］",
        "【　】",
        "【例：窓口】",
        "〇〇",
        "●●部",
        "＿＿＿",
        "（　）",
        "TBD",
        "ppc.go.jp",
        "詳しくは www.ppc.go.jp へ",
    ],
)
def test_an_unfilled_place_in_the_text_is_found(editions: Editions, blank: str) -> None:
    editions.change("text.md", ("を「本サービス」といいます", f"を「本サービス」といいます。{blank}"))
    assert "text.md line 17" in only("policy.E003").msg


@pytest.mark.parametrize(
    "whole",
    [
        "[個人情報保護委員会](https://www.ppc.go.jp/)",
        "<https://www.ppc.go.jp/>",
        "https://www.ppc.go.jp/ をご覧ください",
        "privacy@example.co.jp",
        "【重要】",
        "○をつける",
    ],
)
def test_a_link_an_address_and_a_plain_bracket_are_no_unfilled_places(editions: Editions, whole: str) -> None:
    editions.change("text.md", ("を「本サービス」といいます", f"を「本サービス」といいます。{whole}"))
    assert found() == []


def test_an_unfilled_place_in_the_facts_is_found(editions: Editions) -> None:
    editions.change("facts.toml", ("従業者と秘密保持を約束し", "[要確認]従業者と秘密保持を約束し"))
    assert "facts.toml safeguards[1].measures[0]" in only("policy.E003").msg


def cut(editions: Editions, start: str, end: str) -> None:
    """Take a part out of the facts file, from `start` up to `end`."""
    source = (editions.folder / FIRST / "facts.toml").read_text(encoding="utf-8")
    begin = source.index(start)
    editions.change("facts.toml", (source[begin : source.index(end, begin)], ""))


@pytest.mark.parametrize(
    ("start", "end", "named"),
    [
        ("name = ", "service = ", "name of the operator"),
        ("address = ", "representative = ", "address of the operator"),
        ("representative = ", "email = ", "representative of the operator"),
        ("[[request_kinds]]", "# 第8条: identity", "request procedure and fee for notice_of_purpose"),
        ("[complaints]", "# 第9条", "contact for complaints"),
    ],
)
def test_a_missing_publication_item_is_named(editions: Editions, start: str, end: str, named: str) -> None:
    cut(editions, start, end)
    assert f"the law wants these published: {named}" in only("policy.E004").msg


def test_missing_safeguards_are_named(editions: Editions) -> None:
    source = (editions.folder / FIRST / "facts.toml").read_text(encoding="utf-8")
    editions.change("facts.toml", (source[source.index("[[safeguards]]") :], ""))
    assert "safeguards taken" in only("policy.E004").msg


def test_missing_publication_items_stand_in_one_message(editions: Editions) -> None:
    editions.change("facts.toml", ('representative = "宮部 大輔"\n', ""))
    cut(editions, '[[request_kinds]]\nkey = "provision_records"', '[[request_kinds]]\nkey = "correction"')
    message = only("policy.E004").msg
    assert "representative of the operator" in message
    assert "request procedure and fee for provision_records" in message


def test_missing_purposes_are_named(editions: Editions) -> None:
    cut(editions, "purposes = [", "# 認定")
    assert [finding.id for finding in found()] == ["policy.E004", "policy.E008"]


def test_a_fee_for_a_correction_is_refused(editions: Editions) -> None:
    editions.change("facts.toml", (CORRECTION, CORRECTION.replace("0", "500")))
    editions.change("text.md", ("いただきません（無料）", "500円です"))
    assert "correction, addition, deletion" in only("policy.E005").msg


def test_a_fee_for_a_disclosure_is_allowed_when_the_text_states_it(editions: Editions) -> None:
    editions.change("facts.toml", (DISCLOSURE, DISCLOSURE.replace("0", "1000")))
    editions.change("text.md", ("どの請求についてもいただきません（無料）", "開示1件につき1,000円です"))
    assert found() == []


def test_an_announced_edition_alone_is_not_in_force(editions: Editions) -> None:
    assert list(checks.folder_faults(date(2026, 1, 2))) == []
    assert [fault.id for fault in checks.folder_faults(date(2026, 1, 1))] == ["policy.E006"]


@pytest.mark.parametrize(
    ("replacement", "words"),
    [
        (("## 第5条", "## 付則"), "article 5 is missing"),
        (("### 2-2", "### その他"), "article 2-2 is missing"),
        (("## 第5条", "## 第4条"), "article 4 stands twice"),
        (("## 第7条", "## 第七条"), "article 7 is missing"),
    ],
)
def test_a_missing_article_is_named(editions: Editions, replacement: tuple[str, str], words: str) -> None:
    editions.change("text.md", replacement)
    assert words in only("policy.E007").msg


def test_articles_out_of_order_are_found(editions: Editions) -> None:
    editions.change("text.md", ("## 第4条", "## 第0条"), ("## 第5条", "## 第4条"), ("## 第0条", "## 第5条"))
    assert "out of order" in only("policy.E007").msg


def test_counsels_way_of_numbering_is_understood(editions: Editions) -> None:
    editions.change("text.md", ("## 第5条 ", "## ５．"), ("### 2-2 ", "### ２－２．"))
    assert found() == []


def test_a_form_key_declared_twice_is_found(editions: Editions) -> None:
    again = '[[form]]\nkey = "timeline"\nlabel = "導入希望時期"\nrequired = false\nfree_text = false\n\n'
    editions.change("facts.toml", (KEY, again + KEY))
    twice = [finding for finding in found() if finding.id == "policy.E009"]
    assert len(twice) == 1
    assert "timeline" in twice[0].msg


def test_a_draft_in_force_is_refused_in_production() -> None:
    (refusal,) = checks.no_draft_is_published(None)
    assert refusal.id == "policy.E010"
    assert refusal.hint


def test_a_confirmed_edition_is_published_in_production(editions: Editions) -> None:
    editions.confirm()
    assert checks.no_draft_is_published(None) == []


def test_every_draft_is_refused_whether_past_in_force_or_announced(editions: Editions) -> None:
    editions.add("2026-07-01")
    editions.add("2027-04-01")
    refusals = checks.no_draft_is_published(None)
    assert {refusal.id for refusal in refusals} == {"policy.E010"}
    assert [refusal.msg[:18] for refusal in refusals] == [
        "Edition 2026-01-02",
        "Edition 2026-07-01",
        "Edition 2027-04-01",
    ]


def test_a_past_draft_alone_is_refused(editions: Editions, clock: Clock) -> None:
    editions.add("2026-07-01")
    editions.confirm("2026-07-01")
    clock.set("2026-11-22 12:00:00")
    (refusal,) = checks.no_draft_is_published(None)
    assert refusal.msg.startswith("Edition 2026-01-02")
