"""What the preview accepts."""

from django import forms

from core import markdown
from core.forms import TextField


class PreviewForm(forms.Form):
    """`content` is markdownx's name; `top` is what `MarkdownField` knows about the text."""

    content = TextField(required=False, max_length=markdown.LIMIT)
    top = forms.IntegerField(required=False, min_value=2, max_value=6)
