"""The numbered sources of an article in its form: rows that are moved, and replaced as one list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy

from articles.models import Article, Citation, Source
from core.forms import LineField

COLUMNS = ("title", "publisher", "url")
CELL = re.compile(r"sources-(\d{1,2})-(position|title|publisher|url)", re.ASCII)
# Behind every row that has a number.
LAST = 100


class PlaceField(forms.IntegerField):
    """Where a source stands. Alone it does not make a row a source."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SourceForm(forms.ModelForm):
    """A row of the table of sources; the heading of a column does not reach those who hear the page."""

    position = PlaceField(
        label=gettext_lazy("No."),
        min_value=1,
        max_value=99,
        required=False,
        widget=forms.NumberInput(attrs={"aria-label": gettext_lazy("Number of the source")}),
    )
    title = LineField(max_length=200, widget=forms.TextInput(attrs={"aria-label": gettext_lazy("Title of the source")}))
    publisher = LineField(
        max_length=120, widget=forms.TextInput(attrs={"aria-label": gettext_lazy("Publisher of the source")})
    )
    url = forms.URLField(
        label=gettext_lazy("Address"),
        widget=forms.URLInput(attrs={"aria-label": gettext_lazy("Address of the source")}),
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )

    class Meta:
        model = Source
        fields = ("position", "title", "publisher", "url")


class SourceFormSet(forms.BaseInlineFormSet):
    """The sources as one list that is replaced as a whole, so that rows somebody else removed do no harm."""

    def initial_form_count(self) -> int:
        return 0

    def show_again(self, citations: Sequence[Citation]) -> None:
        """Have these rows instead of those that were sent."""
        self.data = {name: value for name, value in self.data.items() if not CELL.fullmatch(name)} | cells_of(citations)
        for name in ("management_form", "forms"):
            self.__dict__.pop(name, None)

    def citations(self) -> list[Citation]:
        """In the order that the editor gave them; those without a number come last, as they stand."""
        rows = [form.cleaned_data for form in self.forms if form.has_changed() and not self._should_delete_form(form)]
        rows.sort(key=lambda row: row.get("position") or LAST)
        return [{"title": row["title"], "publisher": row["publisher"], "url": row["url"]} for row in rows]


def citations_in(typed: Mapping[str, str]) -> list[Citation]:
    """The sources in what a browser sent, complete or not, in the order of their numbers."""
    rows: dict[int, dict[str, str]] = {}
    for name, value in typed.items():
        if cell := CELL.fullmatch(name):
            rows.setdefault(int(cell[1]), {})[cell[2]] = value.strip()

    def place(number: int) -> tuple[int, int]:
        position = rows[number].get("position", "")
        return (int(position) if position.isascii() and position.isdigit() else LAST, number)

    filled = [rows[number] for number in sorted(rows, key=place)]
    return [
        {"title": row.get("title", ""), "publisher": row.get("publisher", ""), "url": row.get("url", "")}
        for row in filled
        if any(row.get(column) for column in COLUMNS)
    ]


def rows_of(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """The rows of the form for these sources; an empty one where there is none."""
    return [{"position": place, **one} for place, one in enumerate(citations, start=1)] or [{"position": 1}]


def cells_of(citations: Iterable[Citation]) -> dict[str, str]:
    """The same as a browser sends them."""
    rows = rows_of(citations)
    cells = {f"sources-{row}-{name}": str(value) for row, cell in enumerate(rows) for name, value in cell.items()}
    return cells | {"sources-TOTAL_FORMS": str(len(rows)), "sources-INITIAL_FORMS": "0"}


def cited(article: Article | None) -> list[Citation]:
    """The sources of the working copy, in order."""
    sources = article.sources.all() if article and article.pk else ()
    return [{"title": one.title, "publisher": one.publisher, "url": one.url} for one in sources]
