"""What the worker does in the library."""

from django.db.models import Q
from django.utils import timezone

from articles import actions
from articles.actions.reactions import REMARKS_KEPT, today
from articles.actions.warning import to_be_warned_of
from articles.models import Article, Reaction, ReaderRemark, ReviewLink
from core import limits

# So many articles get their turn in one round.
AT_ONCE = 20
HOUR = 3600


def publish_scheduled() -> int:
    """Give readers what was to be given to them by now, each once however many workers there are. Returns how many
    were given or went back."""
    due = list(Article.objects.due().values_list("pk", flat=True)[:AT_ONCE])
    return sum(actions.publish_scheduled(article_id=pk) for pk in due)


def warn_of_checks() -> int:
    """Tell editors what has to be checked within 90 days, and again within 30. Looked for once an hour."""
    if not limits.allow("warn_of_checks", "", limit=1, seconds=HOUR):
        return 0
    near = Article.objects.filter(to_be_warned_of()).order_by("next_review_on").values_list("pk", flat=True)
    return sum(actions.warn_of_check(article_id=pk) for pk in list(near))


def forget_addresses() -> int:
    """The mail address of whom a review link was made for, once it has ended or was taken back. Looked for once an
    hour."""
    if not limits.allow("forget_review_addresses", "", limit=1, seconds=HOUR):
        return 0
    ended = Q(expires_at__lte=timezone.now()) | Q(revoked_at__isnull=False)
    return ReviewLink.objects.filter(ended).exclude(email="").update(email="")


def forget_readers() -> int:
    """What guests are known by goes after its day, what readers wrote after ninety. Returns how many rows went."""
    guests = Reaction.objects.filter(guest__isnull=False, day__lt=today()).delete()[0]
    return guests + ReaderRemark.objects.filter(written_at__lt=timezone.now() - REMARKS_KEPT).delete()[0]
