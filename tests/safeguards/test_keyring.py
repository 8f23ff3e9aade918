"""第6条: the keyring's JSON, good and bad."""

import base64
import json

import pytest

from safeguards.rules import keyring, lookup


def _b64(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


def _text(*keys: object, lookup_key: object = _b64("l")) -> str:
    return json.dumps({"keys": list(keys), "lookup": lookup_key})


def test_the_first_key_is_the_newest_and_each_is_found_by_its_id() -> None:
    ring = keyring.parse(_text({"id": "b", "key": _b64("b")}, {"id": "a", "key": _b64("a")}))
    assert ring.newest == "b"
    assert (ring.key("a"), ring.key("b"), ring.lookup_key) == (b"a" * 32, b"b" * 32, b"l" * 32)


def test_an_unknown_id_is_named_and_no_other_key_is_given() -> None:
    with pytest.raises(keyring.UnknownKey, match="'c'"):
        keyring.parse(_text({"id": "a", "key": _b64("a")})).key("c")


def test_a_keyring_never_shows_its_keys() -> None:
    shown = repr(keyring.parse(keyring.generate()))
    assert shown == "Keyring()"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "not JSON"),
        ("[]", "must be"),
        ('{"keys": []}', "must be"),
        (_text("a"), "needs an id"),
        (_text({"id": "a b", "key": _b64("a")}), "needs an id"),
        (_text({"id": "a", "key": _b64("a")}, {"id": "a", "key": _b64("b")}), "stands twice"),
        (_text({"id": "a", "key": _b64("a")}, {"id": "b", "key": _b64("a")}), "material stands twice"),
        (_text({"id": "a", "key": _b64("a")}, lookup_key=_b64("a")), "material stands twice"),
        (_text({"id": "a", "key": base64.b64encode(b"short").decode()}), "32 bytes"),
        (_text({"id": "a", "key": "not base64!"}), "32 bytes"),
        (_text({"id": "a", "key": _b64("a")}, lookup_key=None), "lookup key"),
    ],
)
def test_a_bad_keyring_is_refused_with_its_fault_and_without_its_keys(text: str, fault: str) -> None:
    with pytest.raises(keyring.KeyringError, match=fault) as refused:
        keyring.parse(text)
    assert _b64("a") not in str(refused.value)


def test_a_new_key_goes_first_and_the_lookup_key_stays() -> None:
    old = keyring.generate(key_id="k1")
    ring = keyring.parse(keyring.generate(old, key_id="k2"))
    assert list(ring.keys) == ["k2", "k1"]
    assert ring.lookup_key == keyring.parse(old).lookup_key
    assert ring.key("k1") == keyring.parse(old).key("k1")


def test_a_lookup_is_the_same_however_the_address_was_typed_and_differs_by_kind_and_key() -> None:
    digest = lookup.digest("a", "taro@example.jp", key=b"l" * 32)
    for typed in (
        "Taro@Example.JP",
        "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ",
        " taro@example.jp　",
        "taro@exam\u200bple.jp\u00ad",
    ):
        assert lookup.digest("a", typed, key=b"l" * 32) == digest
    assert lookup.digest("b", "taro@example.jp", key=b"l" * 32) != digest
    assert lookup.digest("a", "taro@example.jp", key=b"m" * 32) != digest
    assert lookup.digest("a", "jiro@example.jp", key=b"l" * 32) != digest
