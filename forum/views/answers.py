"""Being written."""

from django.http import Http404


def answer(request, **kwargs):
    raise Http404


def comment_question(request, **kwargs):
    raise Http404


def helpful(request, **kwargs):
    raise Http404


def helped(request, **kwargs):
    raise Http404


def comment_answer(request, **kwargs):
    raise Http404
