"""Being written."""

from django.http import Http404


def ask(request, **kwargs):
    raise Http404


def suggestions(request, **kwargs):
    raise Http404


def forget(request, **kwargs):
    raise Http404
