"""第6条: the keyring — key-encryption keys with ids, newest first, and a separate key for lookups.

Its JSON, as given in CASETRA_KEYRING or the file CASETRA_KEYRING_FILE:

    {"keys": [{"id": "2026-11", "key": "<32 bytes in base64>"}, …], "lookup": "<32 bytes in base64>"}
"""

import base64
import binascii
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

KEY_BYTES = 32  # AES-256
KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,50}")


class KeyringError(Exception):
    """The keyring cannot be used. The message names the fault, never any part of a key."""


class UnknownKey(Exception):
    """A data key was wrapped under a key-encryption key that is not in the keyring."""


@dataclass(frozen=True)
class Keyring:
    """The key-encryption keys by id, newest first, and the lookup key."""

    keys: dict[str, bytes] = field(repr=False)
    lookup_key: bytes = field(repr=False)

    @property
    def newest(self) -> str:
        """The id of the key that wraps new data keys."""
        return next(iter(self.keys))

    def key(self, key_id: str) -> bytes:
        """The key with exactly this id; no other is ever tried."""
        try:
            return self.keys[key_id]
        except KeyError:
            raise UnknownKey(f"key-encryption key {key_id!r} is not in the keyring") from None


def parse(text: str) -> Keyring:
    """The keyring of a JSON text; KeyringError says in one line what is wrong with it."""
    try:
        document = json.loads(text)
    except ValueError:
        raise KeyringError("is not JSON") from None
    if not isinstance(document, dict) or not isinstance(document.get("keys"), list) or not document["keys"]:
        raise KeyringError('must be {"keys": [{"id": …, "key": …}, …], "lookup": …}')
    keys: dict[str, bytes] = {}
    for entry in document["keys"]:
        key_id = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(key_id, str) or not KEY_ID.fullmatch(key_id):
            raise KeyringError("every key needs an id of letters, digits, '.', '_' and '-'")
        if key_id in keys:
            raise KeyringError(f"the id {key_id!r} stands twice")
        keys[key_id] = _decode(entry.get("key"), f"key {key_id!r}")
    lookup_key = _decode(document.get("lookup"), "the lookup key")
    if len({*keys.values(), lookup_key}) != len(keys) + 1:
        raise KeyringError("the same key material stands twice")
    return Keyring(keys, lookup_key)


def generate(old: str = "", *, key_id: str = "k1") -> str:
    """A keyring's JSON: fresh, or `old` with a new key put first (its lookup key must never change)."""
    document: dict[str, Any] = {"keys": [], "lookup": _fresh()}
    if old:
        parse(old)
        document = json.loads(old)
    document["keys"].insert(0, {"id": key_id, "key": _fresh()})
    text = json.dumps(document)
    parse(text)
    return text


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _decode(value: object, name: str) -> bytes:
    try:
        key = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyringError(f"{name} must be {KEY_BYTES} bytes in base64")
    return key
