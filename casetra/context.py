"""What every page shows: who publishes the site and how to reach them."""

from django.http import HttpRequest
from django.utils import timezone

from policy import services as policy


def site(request: HttpRequest) -> dict[str, object]:
    """`edition`: the policy edition in force, from which footers and error pages take the contact.

    None where no edition can be read, so that the error page about it still shows.
    """
    try:
        return {"edition": policy.in_force(timezone.localdate())}
    except (policy.NoEdition, policy.EditionsUnreadable):
        return {"edition": None}
