"""Being written."""

from django.http import Http404


def mine(request, **kwargs):
    raise Http404


def edit_question(request, **kwargs):
    raise Http404


def take_back_question(request, **kwargs):
    raise Http404


def edit_answer(request, **kwargs):
    raise Http404


def take_back_answer(request, **kwargs):
    raise Http404


def edit_comment(request, **kwargs):
    raise Http404


def take_back_comment(request, **kwargs):
    raise Http404
