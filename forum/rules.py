"""Who may do what in the forum. Pure functions: no queries, the same for views and templates."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import accounts.rules
import articles.rules
from accounts import trust
from accounts.models import User
from articles.models import Article, Topic
from core.rulings import ALLOWED, Ruling, refused
from forum.models import Answer, Comment, Edit, Post, Question, Tag

Person = User | AnonymousUser

# Filled-in forms that one network address may park in an hour.
PARKED_AN_HOUR = 30
# Says nothing of who blocked whom.
KEPT_OFF = _("You cannot reply here.")
LOCKED = _("This thread is locked: nobody can write in it.")
# From the widest to the narrowest.
AUDIENCES: list[str] = [Question.Audience.PUBLIC, Question.Audience.UNLISTED, Question.Audience.MEMBERS]
FOLLOWS = 1_000
# How long after publication, or after they said so, whoever wants it is asked how it went; and how soon they may tell.
ASKED_AFTER, TOLD_AFTER = timedelta(days=14), timedelta(days=1)
# So long a change is no step of its own in the public history.
PUT_RIGHT_WITHIN = timedelta(minutes=5)


def may_post(user: Person) -> Ruling:
    if not user.is_authenticated:
        return refused(_("Please sign in first; what you wrote is kept."))
    return accounts.rules.may_write(user)


def may_link(user: User, links: int) -> Ruling:
    """`links`: how many in one post lead to sites that we do not know."""
    return Ruling(trust.too_many_links(user, links))


def may_start_article(user: Person, question: Question) -> Ruling:
    """Whether an editor may begin an article because of it."""
    if not user.is_authenticated or not articles.rules.may_edit(user):
        return refused(_("Only editors start articles."))
    if not question.shown_to_members:
        return refused(_("This question is not published, so no article leads to it."))
    return ALLOWED


def may_answer(user: Person, question: Question) -> Ruling:
    if question.status != Post.Status.PUBLISHED:
        return refused(_("This question is not published, so it cannot be answered."))
    if question.closed_at is not None or question.locked_at is not None:
        return refused(_("This question is closed: it takes no more answers."))
    if question.keeps_off:
        return refused(KEPT_OFF)
    return may_post(user)


def may_comment(user: Person, post: Question | Answer) -> Ruling:
    if post.status != Post.Status.PUBLISHED:
        return refused(_("This post is not published, so it cannot be commented on."))
    if post.keeps_off:
        return refused(KEPT_OFF)
    return _open_to_words(user, post.question)


def may_answer_as_clinician(user: Person) -> Ruling:
    if not (user.is_authenticated and user.is_clinician):
        return refused(_("Only verified clinicians answer as clinicians."))
    return ALLOWED


def may_edit(user: Person, post: Post) -> Ruling:
    if not user.is_authenticated or post.author_id != user.pk:
        return refused(_("Only its author can change this."))
    if post.status in (Post.Status.HIDDEN, Post.Status.REMOVED):
        return refused(_("This was taken down, so it cannot be changed."))
    if post.question.locked_at is not None:
        return refused(LOCKED)
    return may_post(user)


def is_same_step(before: Edit, after: Edit, *, at: datetime, was_noticed: bool) -> bool:
    """Whether a text that goes up `at` takes the place of `before` in the public history, rather than follow it.

    Whoever has just written something may put it right. `was_noticed`: whether others have answered, commented on,
    marked or reported the text before; then everybody can see what that was about.
    """
    if was_noticed or before.by_moderator or after.by_moderator or before.editor_id != after.editor_id:
        return False
    return before.listed_at is not None and at - before.listed_at < PUT_RIGHT_WITHIN


def may_take_back(user: Person, post: Post, *, others_wrote: bool) -> Ruling:
    """`others_wrote`: whether something by somebody else is published below it."""
    if not user.is_authenticated or post.author_id != user.pk:
        return refused(_("Only its author can take this back."))
    if not (post.is_held or post.status == Post.Status.PUBLISHED):
        return refused(_("This was taken down before."))
    return may_be_taken_down(others_wrote=others_wrote)


def may_put_back(user: Person, post: Post) -> Ruling:
    if not user.is_authenticated or post.author_id != user.pk:
        return refused(_("Only its author can put this back."))
    if post.put_back_until is None:
        return refused(_("This cannot be put back any more."))
    if post.question.locked_at is not None:
        return refused(LOCKED)
    return may_post(user)


def may_be_taken_down(*, others_wrote: bool) -> Ruling:
    if others_wrote:
        return refused(_("Others have written below it, and their work stays. Please ask us if it must go."))
    return ALLOWED


def may_take_name_off(user: User, question: Question, *, has_named: bool, is_clinician_here: bool) -> Ruling:
    """Whether somebody may go without their name in a thread; even in a locked one, and while they may not post.

    `has_named`: whether anything of theirs there has it; `is_clinician_here`: whether they answered as a clinician.
    """
    if not has_named:
        return refused(_("There is nothing here that has your name and could go without it."))
    if question.author_id == user.pk and is_clinician_here:
        return refused(_("You answered here as a clinician, and that answer would tell who asked. Please ask us."))
    return ALLOWED


def may_settle(user: Person, question: Question) -> Ruling:
    """Whether the person who asked may say that they need no more answers."""
    if (owned := _own_and_open(user, question)) and question.closed_at is not None:
        return refused(_("This question is closed already."))
    return owned


def may_reopen(user: Person, question: Question) -> Ruling:
    """What the moderators closed, they open again."""
    if (owned := _own_and_open(user, question)) and question.close_reason != Question.CloseReason.SETTLED:
        return refused(_("You have not closed this question, so you cannot open it again. Please ask us."))
    return owned


def may_be_asked_later(user: Person, question: Question, *, is_grave: bool) -> Ruling:
    """Whether the person who asked may wish to be asked how it went. `is_grave`: it speaks of a crisis or a loss."""
    if (owned := _own_and_open(user, question)) and is_grave:
        return refused(_("We do not ask about this one. You can tell how it went whenever you like."))
    return owned


def may_tell_outcome(user: Person, question: Question) -> Ruling:
    """Also where the question is closed: comments are welcome there."""
    owned = _own_and_open(user, question)
    is_early = question.published_at is None or timezone.now() < question.published_at + TOLD_AFTER
    if owned and is_early and not question.helped_count:
        return refused(_("You can tell how it went a day after asking, or as soon as an answer helped."))
    return owned


def may_stand_on_top(*, is_told: bool) -> Ruling:
    if is_told:
        return refused(_("You have told how it went since then. Take that back first, if you would rather have this."))
    return ALLOWED


def may_arrange(user: Person, question: Question) -> Ruling:
    """Who closes, locks, moves and joins threads: moderators, but not their own."""
    if not (user.is_authenticated and user.is_moderator):
        return refused(_("This page is for the moderators."))
    if question.author_id == user.pk:
        return refused(_("This is your own question, so another moderator decides about it."))
    if question.keeps_off:
        return refused(_("Whoever asked this keeps you at a distance, so another moderator decides about it."))
    return _shown(question)


def may_see_scores(user: Person) -> bool:
    """Who is told how alike two questions are: those who decide whether they are the same."""
    return bool(user.is_authenticated and user.is_moderator)


def may_redact(user: Person, post: Post, text: Edit) -> Ruling:
    """Who takes the words of an earlier text out for ever: moderators, but not in their own threads, nor those of
    whoever blocked them and wrote it under their name."""
    if not (user.is_authenticated and user.is_moderator):
        return refused(_("This page is for the moderators."))
    if user.pk in people_of(post):
        return refused(_("This is in your own thread, so another moderator decides about it."))
    if post.keeps_off:
        return refused(_("This is by somebody who keeps you at a distance, so another moderator decides about it."))
    if text.state == Edit.State.LIVE:
        return refused(
            _("This text is shown now. Ask its author for a change, or hide the post: once another is up, it can go.")
        )
    if text.state != Edit.State.SUPERSEDED or text.listed_at is None:
        return refused(_("This text is in no history, so there is nothing to take out of it."))
    return ALLOWED


def people_of(post: Post) -> set[int | None]:
    """Whose thread it is: the author, whoever asked, and whose answer was commented on."""
    answer = post.answer if isinstance(post, Comment) else None
    return {post.author_id, post.question.author_id, answer.author_id if answer else None} - {None}


def may_merge(question: Question, target: Question) -> Ruling:
    """Nobody's words become easier to find than they were where they were written."""
    if question.pk == target.pk:
        return refused(_("This is the question itself. Please choose another one."))
    if not question.shown_to_members or not target.shown_to_members:
        return refused(_("Only questions that are published can be joined."))
    if question.locked_at is not None or target.locked_at is not None:
        return refused(_("One of the two is locked, and nothing moves in a locked thread. Unlock it first."))
    if AUDIENCES.index(question.audience) > AUDIENCES.index(target.audience):
        return refused(_("This question was written for fewer readers than the other one, so it stays where it is."))
    return ALLOWED


def _own_and_open(user: Person, question: Question) -> Ruling:
    if not user.is_authenticated or question.author_id != user.pk:
        return refused(_("Only the person who asked can do this."))
    return _open_to_words(user, question)


def _open_to_words(user: Person, question: Question) -> Ruling:
    if question.status != Post.Status.PUBLISHED:
        return refused(_("This question is not published."))
    if question.locked_at is not None:
        return refused(LOCKED)
    return may_post(user)


def may_mark_same(user: Person, question: Question) -> Ruling:
    if not user.is_authenticated:
        return refused(_("Please sign in to say that you have this too."))
    if question.author_id == user.pk:
        return refused(_("This is your own question."))
    return _shown(question)


def may_keep(user: Person, question: Question) -> Ruling:
    """Who saves a question, and of whom it is remembered that they looked at it."""
    if not user.is_authenticated:
        return refused(_("Please sign in to save this."))
    return _shown(question)


def may_follow(user: Person, thing: Question | Topic | Tag | Article | User) -> Ruling:
    if not user.is_authenticated:
        return refused(_("Please sign in to follow this."))
    if isinstance(thing, User) and thing.pk == user.pk:
        return refused(_("This is you."))
    if isinstance(thing, User) and getattr(thing, "keeps_off", False):
        return refused(_("You cannot follow this member."))
    if isinstance(thing, Question):
        if thing.author_id == user.pk:
            return refused(_("This is your own question: you are told of its answers anyway."))
        return _shown(thing)
    return ALLOWED


def may_follow_more(followed: int) -> Ruling:
    """`followed`: how many things somebody follows now."""
    if followed >= FOLLOWS:
        return refused(
            _("You follow 1,000 things, and more cannot be kept. Stop following some under Settings, Following.")
        )
    return ALLOWED


def may_mark_helpful(user: Person, answer: Answer) -> Ruling:
    if not user.is_authenticated:
        return refused(_("Please sign in to say that this helped you."))
    if answer.author_id == user.pk:
        return refused(_("This is your own answer."))
    return _markable(answer)


def may_mark_outdated(user: Person, answer: Answer) -> Ruling:
    if not user.is_authenticated:
        return refused(_("Please sign in to say that this is out of date."))
    if answer.author_id == user.pk:
        return refused(_("This is your own answer: you can change it."))
    return _markable(answer)


def may_mark_helped(user: Person, answer: Answer) -> Ruling:
    if not user.is_authenticated or answer.question.author_id != user.pk:
        return refused(_("Only the person who asked can say what helped them."))
    if answer.author_id == user.pk:
        return refused(_("This is your own answer."))
    return _markable(answer)


def _markable(answer: Answer) -> Ruling:
    if not answer.counts:
        return refused(_("Kind words are not counted."))
    return _shown(answer)


def _shown(post: Question | Answer | Comment) -> Ruling:
    if not post.shown_to_members:
        return refused(_("This is not published."))
    return ALLOWED
