"""What an editor may write about an article, and what is kept of it when it does not fit."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import uploads.actions
from accounts.models import User
from articles.editing.changes import said_of
from articles.editing.merging import MergingForm
from articles.editing.sources import citations_in
from articles.models import HELP_PARTS, Article, ArticleAddress, Focus, Topic, TopicAddress
from core.forms import LineField, MarkdownEditor, MarkdownField, TextField
from core.text import clean
from uploads.models import Upload
from uploads.pictures import UploadRefused
from uploads.views import LIBRARY

# Related articles that an editor chooses.
MOST_PINS = 5
# Characters of one of the short parts: key points, a help part, everyday words.
PART = 4_000
ONE_A_LINE_OR_NONE = gettext_lazy("One a line, or the word none.")


class PictureInput(forms.FileInput):
    """The picture that there is, a way to choose another, and a way to do without."""

    template_name = "articles/picture_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["picture"] = Upload.objects.filter(pk=value).first() if str(value).isdigit() else None
        return context

    def format_value(self, value: Any) -> None:
        """A file input is always empty."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return "" if data.get(f"{name}-remove") else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class PinsInput(forms.Textarea):
    """Addresses one a line, which the script of the form shows as titles that are found while one types."""

    template_name = "articles/pins_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        slugs = str(value or "").split()[:MOST_PINS]
        titles = dict(Article.objects.filter(slug__in=slugs).values_list("slug", "title")) if slugs else {}
        return context | {"titles": [(slug, titles[slug]) for slug in slugs if slug in titles], "most": MOST_PINS}


class TopicField(forms.ModelChoiceField):
    def label_from_instance(self, topic: Topic) -> str:
        return f"{topic.parent} › {topic}" if topic.parent else str(topic)


class TopicChoice(forms.ModelChoiceField):
    """A topic by its slug, also by one that it had while the form or the address was made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Topic.objects.all(), to_field_name="slug", **kwargs)

    def to_python(self, value: Any) -> Topic | None:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            if moved := Topic.objects.at(clean(str(value))):
                return moved
            raise


class TopicForm(forms.ModelForm):
    slug = forms.SlugField(
        max_length=60,
        help_text=gettext_lazy(
            "The end of its address. Readers and feeds are led from an old one to the new one, at once and for ever."
        ),
    )

    class Meta:
        model = Topic
        fields = ("name", "slug", "parent", "description", "is_sensitive", "position")

    def clean_slug(self) -> str:
        """One that no other topic has or had."""
        slug: str = self.cleaned_data["slug"]
        if TopicAddress.objects.filter(slug=slug).exclude(topic=self.instance.pk).exists():
            raise forms.ValidationError(_("Another topic has this address, or had it once."))
        return slug


class ArticleForm(MergingForm, forms.ModelForm):
    """The working copy. `editor` is set by the admin."""

    title = LineField(max_length=150)
    # With what the editor began with, so that a form that was open meanwhile does not take a new address back.
    slug = forms.SlugField(
        max_length=80,
        required=False,
        show_hidden_initial=True,
        help_text=gettext_lazy("The end of its address. Made from the title if empty."),
    )
    topic = TopicField(queryset=Topic.objects.in_order())
    standfirst = TextField(
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two sentences under the title; also shown by search engines."),
    )
    key_points = TextField(max_length=PART, required=False, help_text=gettext_lazy("One a line."))
    body = MarkdownField(
        label=gettext_lazy("Text"),
        required=False,
        widget=MarkdownEditor(has_preview=False, sends_for=LIBRARY),
        help_text=gettext_lazy("Markdown. Sections begin with ##. [^1] refers to the first source."),
    )
    help_emergency = TextField(
        label=HELP_PARTS["help_emergency"], max_length=PART, required=False, help_text=ONE_A_LINE_OR_NONE
    )
    help_soon = TextField(label=HELP_PARTS["help_soon"], max_length=PART, required=False, help_text=ONE_A_LINE_OR_NONE)
    help_visit = TextField(
        label=HELP_PARTS["help_visit"], max_length=PART, required=False, help_text=ONE_A_LINE_OR_NONE
    )
    lay_words = TextField(
        label=gettext_lazy("Everyday words"),
        max_length=PART,
        required=False,
        help_text=gettext_lazy("What people type who look for this. One a line."),
    )
    pins = TextField(
        label=gettext_lazy("Related articles"),
        max_length=PART,
        required=False,
        widget=PinsInput(attrs={"rows": 3}),
        help_text=gettext_lazy("At most 5. Readers see them in this order, before those that we find."),
    )
    byline = LineField(
        label=gettext_lazy("Written by"),
        max_length=120,
        initial=Article._meta.get_field("byline").default,
        help_text=gettext_lazy("As readers see it."),
    )
    interests = LineField(
        label=gettext_lazy("Funding and interests"),
        max_length=400,
        required=False,
        help_text=gettext_lazy(
            "Who paid for this article, and what its writers and its reviewer have to gain. Where it is empty, readers "
            "are told what holds for all articles."
        ),
    )
    hero = forms.ModelChoiceField(
        label=gettext_lazy("Picture"), queryset=Upload.objects.of_the_library(), widget=PictureInput, required=False
    )
    hero_alt = LineField(
        label=gettext_lazy("Picture in words"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("What somebody who cannot see it should know."),
    )
    hero_focus = forms.ChoiceField(
        label=gettext_lazy("What stays in sight"),
        choices=Focus,
        required=False,
        help_text=gettext_lazy("Readers see it 16 wide and 9 high; what is higher is cut."),
    )
    correction_box = TextField(
        label=gettext_lazy("Correction"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "In a box above the text: what readers must know was wrong here, and what holds. Empty it once nobody "
            "needs to be told any more."
        ),
    )
    note = LineField(
        label=gettext_lazy("What did you change?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For the history; readers do not see it."),
    )
    # The number of the revision that the editor started from; 0 for none.
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    editor: User
    # What was kept while the editor wrote, if the form begins with that: as a browser sent it.
    taken: Mapping[str, str] | None = None
    # Slugs of articles that come in with this one.
    coming: Collection[str] = ()
    overtaken = gettext_lazy(
        "%(name)s saved this article while you were writing (revision %(number)s, %(time)s). Nothing of yours is saved "
        "yet, and all of it is still here. Look at what they changed, then save again."
    )

    class Meta:
        model = Article
        fields = (
            "title",
            "slug",
            "topic",
            "standfirst",
            "key_points",
            "body",
            "help_emergency",
            "help_soon",
            "help_visit",
            "lay_words",
            "pins",
            "hero",
            "hero_alt",
            "hero_focus",
            "byline",
            "interests",
            "correction_box",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = self.instance.latest_revision() if self.instance.pk else None
        self.fields["based_on"].initial = latest.number if latest else 0
        # Also the one that there is, whoever sent it.
        self.fields["hero"].queryset |= Upload.objects.filter(pk=self.instance.hero_id)
        if self.taken is not None:
            self.initial |= {name: value for name, value in self.taken.items() if name in self.fields}
        if self.instance.published_at:
            self.fields["slug"].help_text = _(
                "The end of its address. Readers are led from the old one to a new one, at once and for ever."
            )

    def clean_slug(self) -> str:
        """One that no other article has or had."""
        slug: str = self.cleaned_data["slug"]
        if self.instance.pk and (not slug or "slug" not in self.changed_data):
            return Article.objects.values_list("slug", flat=True).get(pk=self.instance.pk)
        if ArticleAddress.objects.filter(slug=slug).exclude(article=self.instance.pk).exists():
            raise forms.ValidationError(_("Another article has this address, or had it once."))
        return slug

    def clean_pins(self) -> str:
        """Slugs, each article once, of others that there are."""
        named = dict.fromkeys(slug_of(line) for line in self.cleaned_data["pins"].splitlines() if line.strip())
        if len(named) > MOST_PINS:
            raise forms.ValidationError(_("Please choose at most %d.") % MOST_PINS)
        others = ArticleAddress.objects.filter(slug__in=named).exclude(article=self.instance.pk)
        known = dict(others.values_list("slug", "article"))
        if unknown := [name for name in named if name not in {*known, *self.coming}]:
            raise forms.ValidationError(_("There is no other article at: %s") % ", ".join(unknown))
        once = {known.get(name, name): name for name in reversed(named)}
        return "\n".join(reversed(once.values()))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        self._receive_picture(said)
        if self.instance.pk:
            self._look_for_others(said)
        return said

    def _receive_picture(self, said: dict[str, Any]) -> None:
        """Keep a new picture at once: a file that was chosen is gone when the form comes back."""
        file = self.files.get("hero-file")
        if file is None:
            return
        try:
            said["hero"] = uploads.actions.receive(owner=self.editor, file=file, for_library=True)
        except UploadRefused as refusal:
            self.add_error("hero", str(refusal))
        else:
            self.show_again("hero", said["hero"].pk)

    def _look_for_others(self, said: dict[str, Any]) -> None:
        Article.objects.select_for_update().get(pk=self.instance.pk)
        latest = self.instance.latest_revision()
        assert latest is not None
        based_on = said.get("based_on") or 0
        said["sources"] = citations_in(self.data)
        began = latest if latest.number == based_on else self.instance.revisions.filter(number=based_on).first()
        self.merge(said, {name: label for name, (label, _words) in said_of(latest).items()}, began=began, latest=latest)

    def go_on_with(self, said: dict[str, Any], name: str, value: Any) -> None:
        if value == said[name]:
            return
        if name == "sources":
            said[name] = self.instance.sources_instead = value
            return
        super().go_on_with(said, name, value)
        if name == "pins" and name in said:
            try:
                said[name] = self.clean_pins()
            except forms.ValidationError as error:
                self.add_error(name, error)


def slug_of(line: str) -> str:
    """The last part of an address, without what may follow it."""
    return re.split("[?#]", line.strip())[0].rstrip("/").rpartition("/")[2]


class PublishForm(forms.Form):
    next_review_on = forms.DateField(
        label=gettext_lazy("Next check"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Say when the article is checked next.")},
        help_text=gettext_lazy("By then somebody reads it again. 24 months is usual, 12 where medicines are named."),
    )

    for_readers = LineField(
        label=gettext_lazy("What changed, for readers"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Stands in the public history of the article, above the words that came and went."),
    )

    at = forms.DateTimeField(
        label=gettext_lazy("When"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy(
            "Empty: now. Otherwise readers get it then, by your clock, if nothing is missing at that moment; a change "
            "of the text takes it off the schedule."
        ),
    )

    def clean_next_review_on(self) -> Any:
        day = self.cleaned_data["next_review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day


class ArchiveForm(forms.Form):
    successor = LineField(
        label=gettext_lazy("What takes its place"),
        max_length=400,
        required=False,
        help_text=gettext_lazy(
            "The address of another article. Readers who come for this one are led there; without one they are told "
            "that it was taken down, and led to its topic."
        ),
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article

    def clean_successor(self) -> Article | None:
        """An article that readers may open."""
        said = self.cleaned_data["successor"]
        if not said:
            return None
        successor = Article.objects.published().exclude(pk=self.article.pk).at(slug_of(said))
        if successor is None:
            raise forms.ValidationError(_("Readers can open no other article at this address."))
        return successor


class SignOffForm(forms.Form):
    """Which text was read, and that it was."""

    number = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), gettext_lazy("It is not clear which text you read. Please open this page again.")
        ),
    )
    approves = forms.BooleanField(
        label=gettext_lazy("I have read this text and approve it."),
        error_messages={"required": gettext_lazy("Tick this if you have read the text and approve it.")},
    )
