"""第6条 (暗号化): one envelope a record — its personal part, a dataclass of strings, sealed as one blob.

Opening an envelope for a person belongs in a service that leaves an audit entry; lists never open any.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from safeguards.rules import sealing
from safeguards.rules.keyring import UnknownKey
from safeguards.rules.sealing import (
    KeyDestroyed,
    MisplacedEnvelope,
    SealError,
    TamperedEnvelope,
    UnknownFormat,
)
from safeguards.services import keys, lookups

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = [
    "KeyDestroyed",
    "MisplacedEnvelope",
    "SealError",
    "TamperedEnvelope",
    "UnknownFormat",
    "UnknownKey",
    "destroy",
    "open",
    "open_many",
    "open_parts",
    "reseal",
    "seal",
    "seal_part",
]

Content = TypeVar("Content", bound="DataclassInstance")


def seal(
    content: "DataclassInstance", *, kind: str, record_id: UUID, at: datetime, lookup: str | None = None
) -> bytes:
    """The envelope of `content` under a new data key; `lookup`, an e-mail address, makes the record findable."""
    digest = None if lookup is None else lookups.digest(kind, lookup)
    # Last, since with a vault apart it is committed at once.
    data_key = keys.mint(kind=kind, record_id=record_id, at=at, lookup=digest)
    return _sealed(content, data_key, part=None)


def seal_part(
    content: "DataclassInstance", *, beside: bytes | memoryview, kind: str, record_id: UUID, part: UUID
) -> bytes:
    """An envelope for one of the record's parts (a note, `part` its id) under the key that `beside` is sealed with."""
    return _sealed(content, _key_of(beside, kind=kind, record_id=record_id), part=part)


def reseal(
    content: "DataclassInstance",
    parts: Mapping[UUID, "DataclassInstance"],
    *,
    kind: str,
    record_id: UUID,
    at: datetime,
    lookup: str | None,
) -> tuple[bytes, dict[UUID, bytes]]:
    """Record and parts anew under a new key, the old one destroyed: what was corrected dies in old backups too.

    For the caller to store in this very transaction. Every part must be there: what is missing is lost.
    """
    blob = seal(content, kind=kind, record_id=record_id, at=at, lookup=lookup)
    data_key = _key_of(blob, kind=kind, record_id=record_id)
    sealed = {part: _sealed(each, data_key, part=part) for part, each in parts.items()}
    keys.retire(kind=kind, record_id=record_id, keep=data_key.binding.key_id)
    return blob, sealed


def open(blob: bytes | memoryview, *, kind: str, record_id: UUID, into: type[Content]) -> Content:
    """What was sealed. A SealError (or UnknownKey) names why it does not open; no other key is ever tried."""
    return open_many({record_id: blob}, kind=kind, into=into)[record_id]


def open_many(
    blobs: Mapping[UUID, bytes | memoryview], *, kind: str, into: type[Content]
) -> dict[UUID, Content]:
    """What was sealed, by record id, with one query for all the keys."""
    key_ids = {record_id: sealing.key_id(bytes(blob)) for record_id, blob in blobs.items()}
    found = keys.fetch(key_ids.values())
    opened: dict[UUID, Content] = {}
    for record_id, blob in blobs.items():
        data_key = _own(found.get(key_ids[record_id]), kind=kind, record_id=record_id)
        content = sealing.unseal(bytes(blob), key=data_key.key, binding=data_key.binding)
        opened[record_id] = into(**json.loads(content))
    return opened


def open_parts(
    blobs: Mapping[UUID, bytes | memoryview], *, kind: str, record_id: UUID, into: type[Content]
) -> dict[UUID, Content]:
    """What was sealed by `seal_part`, by the parts' ids, with one query. Errors as `open`."""
    found = keys.fetch({sealing.key_id(bytes(blob)) for blob in blobs.values()})
    opened: dict[UUID, Content] = {}
    for part, blob in blobs.items():
        data_key = _own(found.get(sealing.key_id(bytes(blob))), kind=kind, record_id=record_id)
        content = sealing.unseal(bytes(blob), key=data_key.key, binding=data_key.binding, part=part)
        opened[part] = into(**json.loads(content))
    return opened


def destroy(*, kind: str, record_ids: Iterable[UUID]) -> int:
    """Make the records' envelopes unreadable, in every copy, by destroying their keys. Idempotent."""
    return keys.destroy(kind=kind, record_ids=record_ids)


def _sealed(content: "DataclassInstance", data_key: keys.DataKey, *, part: UUID | None) -> bytes:
    text = json.dumps(asdict(content), ensure_ascii=False, separators=(",", ":")).encode()
    nonce = os.urandom(sealing.NONCE_BYTES)
    return sealing.seal(text, key=data_key.key, nonce=nonce, binding=data_key.binding, part=part)


def _key_of(blob: bytes | memoryview, *, kind: str, record_id: UUID) -> keys.DataKey:
    key_id = sealing.key_id(bytes(blob))
    return _own(keys.fetch([key_id]).get(key_id), kind=kind, record_id=record_id)


def _own(data_key: keys.DataKey | None, *, kind: str, record_id: UUID) -> keys.DataKey:
    if data_key is None:
        raise KeyDestroyed("the data key of this envelope is gone")
    if (data_key.binding.kind, data_key.binding.record_id) != (kind, record_id):
        raise MisplacedEnvelope("the envelope belongs to another record")
    return data_key
