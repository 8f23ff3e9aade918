"""第6条 (暗号化): the sealed formats, without Django or a database."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguards.rules import sealing

KEY, OTHER_KEY, NONCE = b"k" * 32, b"o" * 32, b"n" * 12
BINDING = sealing.Binding("intake.consultation", UUID(int=1), UUID(int=2))
BLOB = sealing.seal("試験 太郎".encode(), key=KEY, nonce=NONCE, binding=BINDING)


@given(content=st.binary(max_size=2000), nonce=st.binary(min_size=12, max_size=12))
def test_what_is_sealed_opens_as_it_was(content: bytes, nonce: bytes) -> None:
    blob = sealing.seal(content, key=KEY, nonce=nonce, binding=BINDING)
    assert sealing.unseal(blob, key=KEY, binding=BINDING) == content


def test_the_blob_names_its_version_and_data_key_and_shows_nothing_else() -> None:
    assert BLOB[:1] == b"\x01"
    assert sealing.key_id(BLOB) == BINDING.key_id
    assert "試験".encode() not in BLOB


@given(position=st.integers(1, len(BLOB) - 1), flip=st.integers(1, 255))
def test_a_changed_byte_anywhere_is_a_named_error(position: int, flip: int) -> None:
    changed = bytearray(BLOB)
    changed[position] ^= flip
    with pytest.raises(sealing.TamperedEnvelope):
        sealing.unseal(bytes(changed), key=KEY, binding=BINDING)


@pytest.mark.parametrize(
    "binding",
    [
        sealing.Binding("rights_requests.rightsrequest", BINDING.record_id, BINDING.key_id),
        sealing.Binding(BINDING.kind, uuid4(), BINDING.key_id),
        sealing.Binding(BINDING.kind, BINDING.record_id, uuid4()),
    ],
    ids=["another table", "another record", "another data key"],
)
def test_a_blob_bound_elsewhere_does_not_open(binding: sealing.Binding) -> None:
    with pytest.raises(sealing.TamperedEnvelope):
        sealing.unseal(BLOB, key=KEY, binding=binding)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(sealing.TamperedEnvelope):
        sealing.unseal(BLOB, key=OTHER_KEY, binding=BINDING)


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x02" + BLOB[1:], BLOB[:44], b"{}"])
def test_what_is_no_envelope_of_this_version_is_said_to_be_none(blob: bytes) -> None:
    with pytest.raises(sealing.UnknownFormat):
        sealing.unseal(blob, key=KEY, binding=BINDING)


def test_a_wrapped_key_opens_only_under_its_own_key_and_its_id() -> None:
    wrapped = sealing.wrap(b"d" * 32, kek=KEY, kek_id="2026", nonce=NONCE, binding=BINDING)
    assert sealing.unwrap(wrapped, kek=KEY, kek_id="2026", binding=BINDING) == b"d" * 32
    for kek, kek_id in ((OTHER_KEY, "2026"), (KEY, "2025")):
        with pytest.raises(sealing.TamperedEnvelope):
            sealing.unwrap(wrapped, kek=kek, kek_id=kek_id, binding=BINDING)
    with pytest.raises(sealing.UnknownFormat):
        sealing.unwrap(b"\x01short", kek=KEY, kek_id="2026", binding=BINDING)
