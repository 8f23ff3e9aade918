"""2-1: how surely a sentence speaks of one person."""

from enum import IntEnum


class Person(IntEnum):
    """From nobody to somebody by name; the values are points of evidence."""

    NOBODY = 0
    OBJECT = 1  # 「社員に」
    KIND = 2  # 「社員が」: one or many
    ONE = 3  # 「部下が」「課長は」
    DEFINITE = 4  # 「40代の男性」「ある社員」「私」
    NAMED = 5  # by name or initial
