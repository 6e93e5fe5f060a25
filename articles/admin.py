"""The library in the admin: editors write articles here, and every Save is a revision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import actions, rules
from articles.editing import correcting, history, lists, pictures, readers, reviewing, steps, typed, writing
from articles.editing.pages import number_in
from articles.editing.sources import SourceForm, SourceFormSet, rows_of
from articles.forms import ArticleForm, TopicForm
from articles.models import Article, Source, StandingPage, Topic
from articles.standing_admin import StandingPageAdmin
from core.admin import answered
from core.http import redirect_see_other

# Where each button of the form leads once the text is saved.
AFTER_SAVING = {
    "_preview": "admin:articles_article_preview",
    "_submit": "admin:articles_article_submit",
    "_publish": "admin:articles_article_publish",
}

admin.site.register(StandingPage, StandingPageAdmin)


class LibraryAdmin(admin.ModelAdmin):
    """Open to editors, by the rules of the library and not by rows of permissions. Nothing is deleted here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(rules.may_read_drafts(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(rules.may_edit(request.user))

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(rules.may_edit(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class SourceInline(admin.StackedInline):
    """Editors get the list as new rows, filled in: it is replaced as a whole. See `SourceFormSet`."""

    model = Source
    form = SourceForm
    formset = SourceFormSet
    template = "admin/articles/article/_sources.html"
    max_num = 99
    can_delete = False
    verbose_name_plural = gettext_lazy("Sources, numbered as the text refers to them")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).none()

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        return len(rows_of(typed.sources_of(obj, taken(request, obj))))

    def has_add_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return bool(rules.may_edit(request.user))

    has_view_permission = has_change_permission = has_add_permission


@admin.register(Article)
class ArticleAdmin(LibraryAdmin):
    form = ArticleForm
    inlines = (SourceInline,)
    list_display = ("picture", "title", "standing", "topic", "next_check", "saved")
    list_display_links = ("title",)
    list_filter = ("state", lists.WaitingForReview, lists.NextCheck, "topic", lists.WorkedOnBy)
    list_select_related = ("topic",)
    search_fields = ("title", "slug", "lay_words")
    fieldsets = (
        (None, {"fields": ("title", "slug", "topic", "standfirst", "key_points")}),
        (gettext_lazy("Text"), {"fields": ("body",)}),
        (
            gettext_lazy("When to get help"),
            {
                "fields": ("help_emergency", "help_soon", "help_visit"),
                "description": gettext_lazy("Each is filled in, or holds the word none. A blank one is undecided."),
            },
        ),
        (gettext_lazy("Picture at the top"), {"fields": ("hero", "hero_alt", "hero_focus")}),
        (
            gettext_lazy("Finding and naming"),
            {"fields": ("lay_words", "pins", "byline", "interests", "correction_box")},
        ),
    )

    actions = ("submit_for_review", "publish_ready", "archive", "find_still_right")

    # The list

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        # The columns need the room.
        return super().changelist_view(request, {"is_nav_sidebar_enabled": False} | (extra_context or {}))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return lists.with_last_save(super().get_queryset(request))

    @admin.display(description=gettext_lazy("picture"), empty_value="")
    def picture(self, article: Article) -> str | None:
        if article.hero_id is None:
            return None
        return render_to_string(
            "admin/articles/article/_small.html", {"picture": article.hero_id, "alt": article.hero_alt}
        )

    @admin.display(description=gettext_lazy("next check"), ordering="next_review_on")
    def next_check(self, article: Article) -> str:
        if not article.is_published or article.next_review_on is None:
            return ""
        day = date_format(article.next_review_on, "j F Y")
        return _("overdue since %s") % day if article.is_overdue else day

    @admin.display(description=gettext_lazy("last saved"), ordering="saved_at")
    def saved(self, article: Any) -> str:
        day = date_format(timezone.localtime(article.saved_at), "j M Y, H:i")
        return f"{day}, {article.saved_by or _('a former editor')}"

    def has_review_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_reviewer)

    @admin.action(description=gettext_lazy("Submit for review"), permissions=["change"])
    def submit_for_review(self, request: HttpRequest, articles: models.QuerySet) -> None:
        lists.submit(request, articles)

    @admin.action(description=gettext_lazy("Publish those that are ready"), permissions=["change"])
    def publish_ready(self, request: HttpRequest, articles: models.QuerySet) -> None:
        lists.publish(request, articles)

    @admin.action(description=gettext_lazy("Archive"), permissions=["change"])
    def archive(self, request: HttpRequest, articles: models.QuerySet) -> HttpResponse | None:
        return lists.archive(request, articles)

    @admin.action(description=gettext_lazy("Reviewed, still right"), permissions=["review"])
    def find_still_right(self, request: HttpRequest, articles: models.QuerySet) -> HttpResponse | None:
        return lists.find_still_right(request, articles)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, article: Article) -> str:
        if article.submitted_id and article.is_published:
            return _("%(state)s; a new text waits for a reviewer") % {"state": article.get_state_display()}
        return article.get_state_display()

    # The form

    def get_form(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"editor": request.user, "taken": taken(request, obj)})

    def get_formset_kwargs(self, request: HttpRequest, obj: Article, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method != "POST":
            kwargs["initial"] = rows_of(typed.sources_of(obj, taken(request, obj)))
        return kwargs

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Sequence[Any], inline_instances: Sequence[Any], obj: Article | None = None
    ) -> Any:
        """The rows come back with the sources that the form found to go on with, where these are not what was sent."""
        for formset in formsets:
            if (instead := getattr(formset.instance, "sources_instead", None)) is not None:
                formset.show_again(instead)
        return super().get_inline_formsets(request, formsets, inline_instances, obj)

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm, change: bool) -> None:
        """An article is saved with its sources, as one revision: see `save_related`."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Sequence[Any], change: bool) -> None:
        (rows,) = formsets
        instead = getattr(form.instance, "sources_instead", None)
        before = form.instance.latest_revision() if change else None
        address, was_scheduled = form.initial.get("slug"), form.instance.scheduled_id is not None
        revision = actions.save(
            article=form.instance,
            editor=request.user,
            sources=rows.citations() if instead is None else instead,
            note=form.cleaned_data["note"],
        )
        typed.forget(request.user.pk, request.path)
        if change and address != form.instance.slug:
            messages.success(request, _("Its address has changed. Whoever comes for the old one is led there."))
        if revision == before:
            messages.info(request, _("Nothing had changed, so there is no new revision."))
        else:
            messages.success(request, _("Saved as revision %d. Readers do not see it yet.") % revision.number)
        if was_scheduled and form.instance.scheduled_id is None:
            messages.warning(request, _("It is off the schedule: the text that was to be published has changed."))

    def construct_change_message(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[Any], add: bool = False
    ) -> str:
        return _("Revision %d") % form.instance.latest_revision().number

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        pressed = next((button for button in AFTER_SAVING if button in request.POST), None)
        return redirect_see_other(AFTER_SAVING.get(pressed, "admin:articles_article_change"), obj.pk)

    # The pages

    def get_urls(self) -> list[Any]:
        def page(route: str, view: Any, name: str) -> Any:
            return path(f"<int:article_id>/{route}/", self.admin_site.admin_view(view), name=f"articles_article_{name}")

        def aid(route: str, view: Any) -> Any:
            return path(f"{route}/", self.admin_site.admin_view(view), name=f"articles_article_{route}")

        return [
            aid("keep", writing.keep),
            aid("drop", writing.drop),
            aid("look", writing.look),
            aid("source", writing.source),
            aid("find", writing.find),
            aid("pictures", pictures.library),
            path("pictures/add/", self.admin_site.admin_view(pictures.add), name="articles_article_add_picture"),
            path(
                "pictures/<int:picture_id>/",
                self.admin_site.admin_view(pictures.picture),
                name="articles_article_picture",
            ),
            path(
                "pictures/<int:picture_id>/small/",
                self.admin_site.admin_view(pictures.small, cacheable=True),
                name="articles_article_small_picture",
            ),
            page("present", writing.be_present, "present"),
            page("preview", history.preview, "preview"),
            page("preview/<int:number>", history.preview, "revision"),
            page("history", history.history, "history"),
            page("differences", history.differences, "differences"),
            page("submit", steps.submit, "submit"),
            page("sign-off", reviewing.sign_off, "sign_off"),
            page("review", reviewing.review, "review"),
            page("review/links/<int:link_id>/revoke", reviewing.revoke, "revoke"),
            page("review/remarks/<int:remark_id>/dealt-with", reviewing.deal_with, "deal_with"),
            page("review/<int:number>/remark", reviewing.remark, "remark"),
            page("still-right", reviewing.still_right, "still_right"),
            page("correct-form", correcting.correct_form, "correct_form"),
            page("correct-urgently", correcting.correct_urgently, "correct_urgently"),
            page("call-off", steps.call_off, "call_off"),
            page("publish", steps.publish, "publish"),
            page("archive", steps.archive, "archive"),
            page("readers", readers.readers, "readers"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Editors get the form; reviewers the text, as readers will have it."""
        if object_id and not rules.may_edit(request.user) and rules.may_read_drafts(request.user):
            return redirect_see_other("admin:articles_article_preview", number_in(object_id) or 0)
        return answered(request, super().changeform_view(request, object_id, form_url, extra_context))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Article | None = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None:
            context |= steps.where_it_stands(obj)
        context |= {
            "path": typed.form_of(obj),
            "kept": typed.keep(request, obj) if request.method == "POST" else typed.kept(request.user.pk, obj),
            "is_taken": request.method == "POST" or request.GET.get("draft") == "take",
            "may_correct_urgently": rules.may_correct_urgently(request.user),
            # The page needs the room.
            "is_nav_sidebar_enabled": False,
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def taken(request: HttpRequest, article: Article | None) -> dict[str, str] | None:
    """With what the form begins instead of what is saved, as a browser sends it: what was kept while the editor wrote,
    or an older revision."""
    if request.method != "GET":
        return None
    if request.GET.get("draft") == "take" and (draft := typed.kept(request.user.pk, article)):
        return typed.decided(draft.fields, article)
    number = number_in(request.GET.get("restore"))
    revision = article.revisions.filter(number=number).first() if article and number is not None else None
    return typed.fields_of(revision) if revision else None


@admin.register(Topic)
class TopicAdmin(LibraryAdmin):
    list_display = ("name", "parent", "position", "is_sensitive")
    list_select_related = ("parent",)
    search_fields = ("name",)
    fields = ("name", "slug", "parent", "description", "is_sensitive", "position")
    form = TopicForm

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ("name",)}

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = Topic.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Topic, form: ModelForm, change: bool) -> None:
        actions.save_topic(topic=obj)
