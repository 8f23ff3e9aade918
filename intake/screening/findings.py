"""2-1: what a finding is — where in the text as typed, of which kind, and why in a few words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a passage looks like; the order is the precedence where two passages overlap."""

    MY_NUMBER = "my_number"
    EMAIL = "email"
    INSURANCE_NUMBER = "insurance_number"
    OTHER_ID = "other_id"
    EMPLOYEE_NUMBER = "employee_number"
    PHONE = "phone"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    DIAGNOSIS = "diagnosis"
    PERSON_NAME = "person_name"

    @property
    def label(self) -> str:
        """What the thing is called on a page: 「氏名のように見える箇所」."""
        return _LABELS[self]


_LABELS = {
    Kind.MY_NUMBER: "マイナンバー",
    Kind.EMAIL: "個人のメールアドレス",
    Kind.INSURANCE_NUMBER: "保険や年金の番号",
    Kind.OTHER_ID: "証明書や口座の番号",
    Kind.EMPLOYEE_NUMBER: "社員番号",
    Kind.PHONE: "電話番号",
    Kind.BIRTH_DATE: "生年月日",
    Kind.ADDRESS: "住所",
    Kind.DIAGNOSIS: "特定の方の病名や健康の情報",
    Kind.PERSON_NAME: "氏名",
}


@dataclass(frozen=True)
class Finding:
    """One passage: `start` and `end` are code points of the text as typed."""

    start: int
    end: int
    kind: Kind

    @property
    def reason(self) -> str:
        """Why it is shown to the person, in a few words."""
        return f"{self.kind.label}のように見えます"


class Hit(NamedTuple):
    """A passage of the normalised text, before it is carried back to the text as typed; made by the hundred."""

    start: int
    end: int
    kind: Kind
