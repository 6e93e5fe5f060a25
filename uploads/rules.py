"""Who may send pictures, and for what."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts import trust
from accounts.models import User
from core.rulings import ALLOWED, Ruling, refused


def may_upload(user: User | AnonymousUser) -> Ruling:
    if not isinstance(user, User):
        return refused(_("Please sign in to add a picture."))
    if user.is_silenced() or user.must_acknowledge:
        return refused(_("You cannot add pictures while your posting is paused."))
    if not trust.allowance(user).has_pictures and not (user.is_staff or user.is_editor or user.is_moderator):
        return refused(
            _(
                "New members cannot add pictures yet. You can from the fourth day on, "
                "once three of your posts are published. Until then, please describe it in words."
            )
        )
    return ALLOWED


def may_add_to_library(user: User | AnonymousUser) -> Ruling:
    ruling = may_upload(user)
    if isinstance(user, User) and ruling and not (user.is_editor or user.is_superuser):
        return refused(_("Only editors add pictures to the library."))
    return ruling
