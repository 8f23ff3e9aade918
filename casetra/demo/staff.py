"""第6条: the accounts that work on invented consultations. Nobody can sign in with them."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User

from safeguards.choices import Role


@dataclass(frozen=True)
class _Member:
    username: str
    surname: str
    given: str
    role: Role


_MEMBERS = (
    _Member("demo-uketsuke", "見本", "桜子", Role.RECEPTION),
    _Member("demo-uketsuke2", "例示", "次郎", Role.RECEPTION),
    _Member("demo-kanri", "架空", "夏美", Role.PRIVACY_OFFICER),
)


def members() -> list[User]:
    """The demo accounts, each in the group of its role; made where they are missing."""
    return [_found(member) for member in _MEMBERS]


def _found(member: _Member) -> User:
    user, made = User.objects.get_or_create(
        username=member.username,
        defaults={"last_name": member.surname, "first_name": member.given, "is_staff": True},
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    user.groups.add(Group.objects.get(name=member.role.value))  # `casetra.roles` made it
    return user
