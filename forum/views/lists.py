"""Being written."""

from django.http import Http404


def questions(request, **kwargs):
    raise Http404
