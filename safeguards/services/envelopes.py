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
    "seal",
]

Content = TypeVar("Content", bound="DataclassInstance")


def seal(
    content: "DataclassInstance", *, kind: str, record_id: UUID, at: datetime, lookup: str | None = None
) -> bytes:
    """The envelope of `content` under a new data key; `lookup`, an e-mail address, makes the record findable."""
    text = json.dumps(asdict(content), ensure_ascii=False, separators=(",", ":")).encode()
    digest = None if lookup is None else lookups.digest(kind, lookup)
    # Last, since with a vault apart it is committed at once.
    data_key = keys.mint(kind=kind, record_id=record_id, at=at, lookup=digest)
    nonce = os.urandom(sealing.NONCE_BYTES)
    return sealing.seal(text, key=data_key.key, nonce=nonce, binding=data_key.binding)


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
        data_key = found.get(key_ids[record_id])
        if data_key is None:
            raise KeyDestroyed("the data key of this envelope is gone")
        if (data_key.binding.kind, data_key.binding.record_id) != (kind, record_id):
            raise MisplacedEnvelope("the envelope belongs to another record")
        content = sealing.unseal(bytes(blob), key=data_key.key, binding=data_key.binding)
        opened[record_id] = into(**json.loads(content))
    return opened


def destroy(*, kind: str, record_ids: Iterable[UUID]) -> int:
    """Make the records' envelopes unreadable, in every copy, by destroying their keys. Idempotent."""
    return keys.destroy(kind=kind, record_ids=record_ids)
