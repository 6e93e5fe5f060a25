"""What people may type: cleaned first, then measured, and never lost when it does not fit."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import MarkdownxWidget

from core import markdown
from core.text import clean


class TextField(forms.CharField):
    """Several lines of text. Its length is that of the cleaned text."""

    widget: Any = forms.Textarea
    default_error_messages = {
        "required": _("Please fill this in."),
        "min_length": ngettext_lazy(
            "Please write at least %(limit_value)d character; you have %(show_value)d.",
            "Please write at least %(limit_value)d characters; you have %(show_value)d.",
            "limit_value",
        ),
        "max_length": ngettext_lazy(
            "Please keep this to %(limit_value)d character; you have %(show_value)d.",
            "Please keep this to %(limit_value)d characters; you have %(show_value)d.",
            "limit_value",
        ),
    }

    def tidy(self, text: str) -> str:
        return clean(text)

    def to_python(self, value: Any) -> Any:
        return super().to_python(self.tidy(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return self.tidy(value) if isinstance(value, str) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`: a browser would silently cut off the end of what is pasted."""
        return {}


class LineField(TextField):
    """One line of text; line breaks and runs of spaces become one space."""

    widget = forms.TextInput

    def tidy(self, text: str) -> str:
        return " ".join(clean(text).split())


class MarkdownEditor(MarkdownxWidget):  # type: ignore[misc]
    """markdownx's widget with our template and script. Its preview has `top` for its uppermost headings; a form that
    shows a preview of the whole page does without. `sends_for`: what its pictures are for, where that is no post."""

    class Media:
        extend = False
        js = (forms.Script("js/editor.js", type="module"),)

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, top: int = 2, has_preview: bool = True, sends_for: str = ""
    ) -> None:
        super().__init__(attrs)
        self.top = top
        self.has_preview = has_preview
        self.sends_for = sends_for

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"] |= {"preview": urlencode({"top": self.top}), "has_preview": self.has_preview}
        if self.sends_for:
            context["widget"]["attrs"]["data-markdownx-upload-urls-path"] += "?" + urlencode({"for": self.sends_for})
        return context


class MarkdownField(MarkdownxFormField, TextField):  # type: ignore[misc]
    """A text in Markdown, whose uppermost headings become `h{top}`."""

    def __init__(self, *, top: int = 2, **kwargs: Any) -> None:
        if not isinstance(kwargs.get("widget"), MarkdownEditor):
            kwargs["widget"] = MarkdownEditor(top=top)
        # A model field hands over None for "no maximum".
        kwargs["max_length"] = kwargs.get("max_length") or markdown.LIMIT
        super().__init__(**kwargs)
