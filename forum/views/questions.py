"""Being written."""

from django.http import Http404


def short(request, **kwargs):
    raise Http404


def same(request, **kwargs):
    raise Http404


def question(request, **kwargs):
    raise Http404
