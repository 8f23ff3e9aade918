"""第6条 (暗号化): the format of sealed data, version 1.

An envelope is `0x01 | data key id (16) | nonce (12) | AES-256-GCM ciphertext and tag`; its associated data
binds it to the table, the record and the data key, so that a blob moved elsewhere does not open. A wrapped
data key is `0x01 | nonce (12) | ciphertext and tag` under a key-encryption key, bound to the same and to the
id of that key.
"""

from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_ID_BYTES = 16
TAG_BYTES = 16


class SealError(Exception):
    """Sealed data does not open. No message of this family quotes content."""


class UnknownFormat(SealError):
    """The data is not in a format that this version reads."""


class TamperedEnvelope(SealError):
    """The data, or what it is bound to, was changed."""


class MisplacedEnvelope(SealError):
    """The envelope belongs to another record or table."""


class KeyDestroyed(SealError):
    """The data key is gone: nobody can read this envelope any more."""


@dataclass(frozen=True)
class Binding:
    """What sealed data is bound to: the table (`kind`), the record, the data key."""

    kind: str
    record_id: UUID
    key_id: UUID

    def associated_data(self, purpose: str) -> bytes:
        # No part can contain the separator: two are UUIDs, and kinds are Django model labels.
        return f"casetra {purpose} v1|{self.kind}|{self.record_id}|{self.key_id}".encode()


def seal(content: bytes, *, key: bytes, nonce: bytes, binding: Binding, part: UUID | None = None) -> bytes:
    """The envelope of `content` under a record's data key; of one of its parts (a note), where `part` names it."""
    ciphertext = AESGCM(key).encrypt(nonce, content, binding.associated_data(_purpose(part)))
    return VERSION + binding.key_id.bytes + nonce + ciphertext


def key_id(blob: bytes) -> UUID:
    """The id of the data key that an envelope names; UnknownFormat when it is no envelope."""
    if blob[:1] != VERSION or len(blob) < 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES:
        raise UnknownFormat("not an envelope of version 1")
    return UUID(bytes=bytes(blob[1 : 1 + KEY_ID_BYTES]))


def unseal(blob: bytes, *, key: bytes, binding: Binding, part: UUID | None = None) -> bytes:
    """What `seal` was given; TamperedEnvelope when the blob, or what it is bound to, was changed."""
    if key_id(blob) != binding.key_id:
        raise TamperedEnvelope("the envelope names another data key")
    body = blob[1 + KEY_ID_BYTES :]
    return _decrypt(body, key=key, associated_data=binding.associated_data(_purpose(part)))


def _purpose(part: UUID | None) -> str:
    return f"part {part}" if part else "envelope"


def wrap(data_key: bytes, *, kek: bytes, kek_id: str, nonce: bytes, binding: Binding) -> bytes:
    """`data_key` encrypted under the key-encryption key."""
    return VERSION + nonce + AESGCM(kek).encrypt(nonce, data_key, binding.associated_data(f"key {kek_id}"))


def unwrap(wrapped: bytes, *, kek: bytes, kek_id: str, binding: Binding) -> bytes:
    """The data key; TamperedEnvelope when the row was changed or moved."""
    if wrapped[:1] != VERSION or len(wrapped) < 1 + NONCE_BYTES + TAG_BYTES:
        raise UnknownFormat("not a wrapped key of version 1")
    return _decrypt(wrapped[1:], key=kek, associated_data=binding.associated_data(f"key {kek_id}"))


def _decrypt(body: bytes, *, key: bytes, associated_data: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], associated_data)
    except InvalidTag:
        raise TamperedEnvelope("the sealed data was changed or moved") from None
