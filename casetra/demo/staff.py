"""第6条: the accounts that work on invented consultations. Nobody can sign in with them."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User

from safeguards.choices import Role

# What the desk's services ask of whoever is assigned.
_WORKS = ("view_consultation", "open_envelope", "triage")


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
    group, made = Group.objects.get_or_create(name=member.role.value)
    if made:
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="intake", codename__in=_WORKS)
        )
    user.groups.add(group)
    return user
