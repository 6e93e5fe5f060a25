"""How a template prints what it says to machines: `{{ structured|structured_data }}`."""

from django import template

from core import structured

register = template.Library()
register.filter("structured_data", structured.block)
