"""What this room holds of a person: their reports, what was decided about them and their posts, their appeals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from forum.models.targets import POSTS
from moderation import care, desk
from moderation.models import (
    Decision,
    Handover,
    LetterMessage,
    LineRecord,
    Note,
    Print,
    Quarantine,
    ReviewItem,
    SavedReply,
    SupportLine,
    Words,
)


def export(user: User) -> Mapping[str, Any]:
    made = user.reports_made.order_by("pk")
    about = ("question", "answer", "comment", "member", "reason", "is_about_picture", "note", "contact")
    columns = (*about, "state", "created_at", "settled_at")
    return {
        "reports": list(made.values(*columns)),
        "duty_hours": list(user.duty_hours.order_by("weekday").values("weekday", "begins", "ends")),
        "support_lines_corrected": list(
            LineRecord.objects.filter(moderator=user).order_by("pk").values("line", "made_at")
        ),
        "notes_written_as_moderator": list(
            user.notes_written.order_by("pk").values("question", "answer", "comment", "member", "text", "made_at")
        ),
        "items_passed_on": list(
            Handover.objects.filter(moderator=user).order_by("pk").values("item", "to_seniors", "note", "made_at")
        ),
        "decisions_about_my_posts": [
            decision
            for decisions in Decision.objects.about_posts_of(user)
            for decision in decisions.order_by("pk").values(
                "target_kind", "target_id", "code", "rule", "made_at", "words__to_author"
            )
        ],
        "decisions_about_me": list(
            Decision.objects.about(user).order_by("pk").values("code", "rule", "made_at", "words__to_author")
        ),
        "letters": [
            {
                "about": [letter.question_id, letter.answer_id, letter.comment_id],
                "opened_at": letter.opened_at,
                "ends_at": letter.ends_at,
                # Not which moderator.
                "messages": list(letter.messages.values("is_from_moderators", "text", "sent_at")),
            }
            for letter in user.letters.order_by("pk")
        ],
        "letters_written_as_moderator": list(
            LetterMessage.objects.filter(is_from_moderators=True, writer=user).values("letter", "text", "sent_at")
        ),
        "sanctions": list(
            user.sanctions.order_by("pk").values(
                "kind", "rule", "days", "evidence", "made_at", "until", "acknowledged_at", "lifted_at"
            )
        ),
        "appeals": list(
            user.appeals.order_by("pk").values(
                "decision__target_kind",
                "decision__target_id",
                "decision__code",
                "text",
                "made_at",
                "outcome__code",
                "outcome__made_at",
            )
        ),
    }


def erase(user: User) -> None:
    """Their reports stay without their name and words, and the log as it is: it holds neither. What was done about them
    ends with them."""
    user.reports_made.update(reporter=None, note="", contact="")
    ReviewItem.objects.filter(claimed_by=user).update(claimed_by=None, claimed_until=None)
    desk.withdrawn(user)
    user.duty_hours.all().delete()
    user.spared.all().delete()
    care.come_back(moderator=user)
    SupportLine.objects.filter(checked_by=user).update(checked_by=None)
    LineRecord.objects.filter(moderator=user).update(moderator=None)
    Quarantine.objects.filter(moderator=user).update(moderator=None)
    SavedReply.objects.filter(changed_by=user).update(changed_by=None)
    Print.objects.filter(author=user).delete()
    user.about_reports.update(note="", contact="")
    for posts in POSTS:
        Handover.objects.filter(**{f"item__{posts}__author": user}).update(note="")
        Note.objects.filter(**{f"{posts}__author": user}).delete()
    Handover.objects.filter(item__member=user).update(note="")
    user.about_notes.all().delete()
    user.notes_written.all().delete()
    Handover.objects.filter(moderator=user).delete()
    user.letters.all().delete()
    LetterMessage.objects.filter(writer=user).update(writer=None)
    user.sanctions.all().delete()
    user.appeals.all().delete()
    for decisions in (*Decision.objects.about_posts_of(user), Decision.objects.about(user)):
        Words.objects.filter(decision__in=decisions.values("pk")).delete()
