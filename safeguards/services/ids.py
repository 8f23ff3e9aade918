"""第9条: the ids of a batch, as PostgreSQL writes an array: from statement to statement, without a row in Python."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Ids:
    """Many ids, taken apart only for who asks. As a parameter: `%s::uuid[]` with `array`."""

    array: str
    number: int

    @classmethod
    def of(cls, ids: "list[UUID]") -> "Ids":
        return cls(f"{{{','.join(map(str, ids))}}}", len(ids))

    def __len__(self) -> int:
        return self.number

    def apart(self) -> list[UUID]:
        return [UUID(each) for each in self.array.strip("{}").split(",") if each]
