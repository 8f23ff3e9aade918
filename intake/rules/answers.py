"""2-1: one submission's answers as plain values, and the part of them that is sealed."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class PersonalPart:
    """What the envelope holds: who the person is, and whatever they typed freely."""

    case_types_other: str = ""
    pain_points_other: str = ""
    position: str = ""
    contact_name: str = ""
    email: str = ""
    security: str = ""


@dataclass(frozen=True)
class Answers:
    """Every answer, in the policy's order; what was not answered is empty."""

    employee_count: str = ""
    location_count: str = ""
    doctor_status: str = ""
    visit_required: str = ""
    monthly_cases: str = ""
    case_types: tuple[str, ...] = ()
    case_types_other: str = ""
    pain_points: tuple[str, ...] = ()
    pain_points_other: str = ""
    deadline_pressure: str = ""
    scheduling_handler: str = ""
    scheduling_system: str = ""
    required_support: tuple[str, ...] = ()
    interview_ratio: str = ""
    decision_maker: str = ""
    company_name: str = ""
    position: str = ""
    contact_name: str = ""
    email: str = ""
    groupware: str = ""
    security: str = ""
    timeline: str = ""

    @property
    def personal(self) -> PersonalPart:
        """The part that is sealed."""
        return PersonalPart(**{name: getattr(self, name) for name in PERSONAL_FIELDS})

    @property
    def plain(self) -> dict[str, str | list[str]]:
        """The columns that are stored as they are: choices and the company's name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if name not in PERSONAL_FIELDS
        }


PERSONAL_FIELDS = frozenset(field.name for field in fields(PersonalPart))
