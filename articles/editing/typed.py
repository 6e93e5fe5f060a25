"""What is typed in the form of an article and not saved: kept for its editor, and shown as readers would see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.editing.merging import SETTLE, THEIRS, as_typed, settled
from articles.editing.pages import number_in
from articles.editing.sources import CELL, cells_of, citations_in, cited
from articles.forms import ArticleForm
from articles.models import Article, Citation, Revision, Topic
from articles.rendering import html_of
from core import drafts
from core.models import Draft
from core.text import clean
from uploads.models import Upload

# Of all fields together, in characters: several times what may be saved.
LONGEST = 300_000
ROWS = "sources-TOTAL_FORMS"
# What says nothing of the words.
ASIDE = ("based_on", "note", ROWS)


def form_of(article: Article | None) -> str:
    """The name under which the form is kept: its path."""
    if article is None or article.pk is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[article.pk])


def fields_in(posted: Mapping[str, str]) -> dict[str, str]:
    """What a browser sent of the fields that are kept."""
    known = {*ArticleForm.base_fields, ROWS, *(SETTLE + name for name in (*_COLUMNS, "sources"))}
    return {name: clean(value) for name, value in posted.items() if name in known or CELL.fullmatch(name)}


def kept(editor_id: int, article: Article | None) -> Draft | None:
    """What was kept while this editor wrote, if it says anything that is not saved."""
    draft = drafts.of_member(editor_id).filter(form=form_of(article)).first()
    return draft if draft is not None and not is_saved(draft.fields, article, editor_id) else None


def keep(request: HttpRequest, article: Article | None) -> Draft | None:
    """Keep a form that was sent and comes back: whoever goes on writing in it goes on with this."""
    fields = fields_in(request.POST.dict())
    if sum(map(len, fields.values())) <= LONGEST:
        drafts.save(owner_id=request.user.pk, form=form_of(article), fields=fields)
    return drafts.kept(request, form=form_of(article))


def forget(editor_id: int, form: str) -> None:
    drafts.of_member(editor_id).filter(form=form).delete()


def is_saved(fields: Mapping[str, str], article: Article | None, editor_id: int) -> bool:
    """Whether a revision says the same already: what a page sends as it is left may come after its Save."""
    if article is not None and article.pk:
        revision = article.latest_revision()
    else:
        revision = Revision.objects.filter(author=editor_id, number=1).order_by("-pk").first()
    if revision is None:
        return not any(
            value for name, value in fields.items() if _is_of_words(name) and name not in ("topic", "byline")
        )
    words = {name: value for name, value in fields.items() if name in _COLUMNS and _is_of_words(name)}
    return citations_in(fields) == revision.sources and all(
        _tidy(name, value) == _saved(revision, name) for name, value in words.items()
    )


def text_of(fields: Mapping[str, str], article: Article) -> Revision:
    """An unsaved revision that says what is typed, rendered as a saved one is. Raises markdown.TooLong."""
    words: dict[str, Any] = {name: _tidy(name, fields.get(name, "")) for name in _COLUMNS if name not in _CHOSEN}
    sources: list[Citation] = citations_in(fields)
    pictures = Upload.objects.of_the_library() | Upload.objects.filter(pk=article.hero_id)
    text = Revision(
        article=article,
        topic=_chosen(Topic.objects.select_related("parent"), fields.get("topic", "")),
        hero=_chosen(pictures, fields.get("hero", "")),
        sources=sources,
        **words,
    )
    for name, value in html_of(text, sources=len(sources)).items():
        setattr(text, name, value)
    return text


def fields_of(revision: Revision) -> dict[str, str]:
    """A saved text as a browser would send it, to go on with on top of the current one."""
    words = {name: _saved(revision, name) for name in _COLUMNS}
    note = _("Revision %d restored") % revision.number
    return words | {"note": note} | cells_of(revision.sources)


def decided(fields: Mapping[str, str], article: Article | None) -> dict[str, str]:
    """What was kept, with what was chosen in it where two texts clashed."""
    chosen = {name.removeprefix(SETTLE): choice for name, choice in fields.items() if name.startswith(SETTLE)}
    began = number_in(fields.get("based_on"))
    theirs = article.revisions.filter(number=began).first() if article and chosen and began is not None else None
    said = dict(fields)
    if theirs is None:
        return said
    if chosen.pop("sources", "") == THEIRS:
        said = {name: value for name, value in said.items() if not CELL.fullmatch(name)} | cells_of(theirs.sources)
    for name, choice in chosen.items():
        said[name] = as_typed(settled(name, choice, theirs=theirs, mine=said.get(name, "")))
    return said


def sources_of(article: Article | None, taken: Mapping[str, str] | None) -> list[Citation]:
    return cited(article) if taken is None else citations_in(taken)


_COLUMNS = [name for name in ArticleForm.base_fields if name not in ("slug", *ASIDE)]
_CHOSEN = ("topic", "hero")


def _is_of_words(name: str) -> bool:
    return name not in ASIDE and not name.endswith("-position")


def _tidy(name: str, value: str) -> str:
    field = ArticleForm.base_fields[name]
    return field.tidy(value) if hasattr(field, "tidy") else value.strip()


def _saved(revision: Revision, name: str) -> str:
    value = getattr(revision, f"{name}_id" if name in _CHOSEN else name)
    return "" if value is None else str(value)


def _chosen(choices: Any, key: str) -> Any:
    return choices.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
