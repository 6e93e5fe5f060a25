"""How a template prints HTML that was made when a text was written: `{{ post.body_html|rendered }}`."""

from django import template

from core import markdown

register = template.Library()
register.filter("rendered", markdown.stored)
