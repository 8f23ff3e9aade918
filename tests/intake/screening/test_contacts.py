"""2-1: telephone numbers and e-mail addresses of people; general mailboxes and switchboards are none."""

import pytest

from intake.screening import Kind
from tests.intake.screening.found import found, passages


@pytest.mark.parametrize(
    "address",
    [
        "kawai.t@example.com",
        "koseki＠mail.example.ne.jp",
        "ｙｏｋｏ＠ｅｘａｍｐｌｅ．ｊｐ",
        "tsumura(at)example.com",
        "kita.e [at] example.com",
        "nishikawa アットマーク example.com",
        "ishida★example.co.jp",
        "ota@example（dot）com",
        "s.aoki+hr@example.net",
    ],
)
def test_an_address_is_found_however_the_at_is_written(address: str) -> None:
    assert passages(f"返信は{address}まで", Kind.EMAIL) == [address]


@pytest.mark.parametrize(
    "local", ["info", "soumu", "hr", "support", "info-tokyo", "jinji2", "no-reply", "SALES"]
)
def test_a_general_mailbox_is_none(local: str) -> None:
    assert found(f"{local}@example.jp へ送ってください") == []


def test_no_address_is_seen_in_a_mention_or_a_domain() -> None:
    assert found("@example.jp のドメインだけ許可、単価は@500.5です") == []


@pytest.mark.parametrize(
    "number",
    [
        "090-1234-5678",
        "09012345678",
        "０８０－１２３４－５６７８",
        "070 1234 5678",
        "+81-90-1234-5678",
        "080.1234.5678",
    ],
)
def test_a_mobile_number_is_always_found(number: str) -> None:
    assert passages(f"連絡は{number}へ", Kind.PHONE) == [number]


@pytest.mark.parametrize("number", ["06-6527-6906", "045(321)6543", "(03)1234-5678", "0466-12-3456"])
def test_a_landline_at_home_is_found(number: str) -> None:
    assert passages(f"自宅は{number}です", Kind.PHONE) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "代表電話03-1234-5678までお願いします",
        "電話は03-9876-5432（代表）です",
        "フリーダイヤル 0120-123-456",
        "サポート窓口 0570-000-123",
        "本社 06-1234-5678",
        "営業は 8:45-17:15",
        "期間は2025/4/1-2026/3/31",
        "問い合わせ番号 0987654321",
    ],
)
def test_switchboards_and_other_figures_are_none(text: str) -> None:
    assert passages(text, Kind.PHONE) == []
