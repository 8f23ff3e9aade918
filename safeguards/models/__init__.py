"""第6条, 第9条: what stands lowest — keys, audit, counters, staff's accounts, holds and the ledger of erasures."""

from safeguards.models.erasure import Erasure, Hold
from safeguards.models.records import AuditEntry, RateCount, RecordKey
from safeguards.models.staff import FACTOR, Factor, Staff

__all__ = ["FACTOR", "AuditEntry", "Erasure", "Factor", "Hold", "RateCount", "RecordKey", "Staff"]
