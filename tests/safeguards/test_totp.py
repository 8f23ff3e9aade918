"""第6条: one-time codes as RFC 6238 has them, recovery codes, and the picture that an app reads."""

from datetime import UTC, datetime, timedelta

import pytest
import segno

from safeguards.rules import qr, recovery, totp

SECRET = totp.secret(b"12345678901234567890")  # the RFC's own
AT = datetime(2026, 11, 22, 3, 0, 10, tzinfo=UTC)
NOW = totp.step(AT)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    assert totp.code(SECRET, step=totp.step(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize(("away", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off_and_no_more(away: int, accepted: bool) -> None:
    typed = totp.code(SECRET, step=NOW + away)
    assert totp.accepted_step(SECRET, typed, at=AT, after=None) == (NOW + away if accepted else None)


@pytest.mark.parametrize(("last", "accepted"), [(NOW - 1, True), (NOW, False), (NOW + 1, False)])
def test_a_code_counts_only_after_the_last_one(last: int, accepted: bool) -> None:
    typed = totp.code(SECRET, step=NOW)
    assert (totp.accepted_step(SECRET, typed, at=AT, after=last) is not None) is accepted


def test_a_step_is_half_a_minute() -> None:
    start = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert totp.step(start + timedelta(seconds=29.9)) == totp.step(start)
    assert totp.step(start + timedelta(seconds=30)) == totp.step(start) + 1


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}　{1}", "{0}-{1}", " {0}{1}\n", "{0}\u200b{1}"])
def test_a_pasted_code_is_read_with_spaces_and_in_full_width(typed: str) -> None:
    code = totp.code(SECRET, step=NOW)
    shown = typed.format(code[:3], code[3:])
    wide = shown.translate({digit: digit + 0xFEE0 for digit in range(0x30, 0x3A)})
    for text in (shown, wide):
        assert totp.accepted_step(SECRET, text, at=AT, after=None) == NOW


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "六桁の数字", "²²²²²²"])
def test_anything_else_is_refused_without_an_error(typed: str) -> None:
    assert totp.accepted_step(SECRET, typed, at=AT, after=None) is None


def test_the_uri_names_issuer_and_account() -> None:
    uri = totp.uri(SECRET, account="taro@example.jp")
    assert uri == f"otpauth://totp/Casetra:taro%40example.jp?secret={SECRET}&issuer=Casetra"
    assert totp.grouped(SECRET).replace(" ", "") == SECRET


def test_the_picture_has_the_dark_modules_of_the_qr_code_and_a_quiet_border() -> None:
    drawn, matrix = qr.draw("otpauth://totp/x"), segno.make_qr("otpauth://totp/x", error="m").matrix
    assert drawn.size == len(matrix) + 8
    assert drawn.path.count("M") == sum(sum(1 for module in row if module) for row in matrix)
    assert drawn.path.startswith("M4 4h1v1h-1z")


def test_recovery_codes_are_ten_different_ones_found_however_they_are_typed() -> None:
    codes = recovery.fresh()
    assert len(set(codes)) == recovery.COUNT
    assert {len(code) for code in codes} == {10}
    for place, code in enumerate(codes):
        for typed in (code, recovery.grouped(code), code.upper(), f" {code[:5]} {code[5:]} "):
            assert recovery.position(codes, typed) == place
    assert recovery.position(codes, "") is None
    assert recovery.position(codes, codes[0][:-1]) is None
