"""How a template prints HTML that was made when a text was written, `{{ post.body_html|rendered }}`, or its words."""

from django import template

from core import markdown, text

register = template.Library()
register.filter("rendered", markdown.stored)
register.filter("words", text.words)
