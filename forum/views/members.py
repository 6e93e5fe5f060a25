"""Being written."""

from django.http import Http404


def member(request, **kwargs):
    raise Http404
