"""A new version of the renderer reaches what was written before it."""

import pytest
from django.core.management import call_command

from articles.models import Revision
from core import markdown
from forum.models import Question

pytestmark = pytest.mark.django_db


def test_what_an_older_renderer_made_is_made_anew(question, article):
    made = {model: model.objects.values_list("body_html", flat=True).first() for model in (Question, Revision)}
    for model in made:
        model.objects.update(body_html="old", rendered_with=markdown.RENDERER_VERSION - 1)
    call_command("rerender")
    for model, html in made.items():
        assert model.objects.values_list("body_html", "rendered_with").first() == (html, markdown.RENDERER_VERSION)


def test_what_is_up_to_date_is_left_alone(question):
    Question.objects.update(body_html="as it is")
    call_command("rerender")
    assert Question.objects.get().body_html == "as it is"
