"""A profile waits for nobody: what others should not read is refused at once, with what to leave out."""

import pytest
from django.core.cache import cache

from moderation import watched
from moderation.models import WatchedTerm
from moderation.profiles import may_be_public

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ring me on 07700 900123.", "please leave out a phone number"),
        ("ann@example.org, 12 Acacia Avenue", "an e-mail address and a postal address"),
        ("my insta is @ann.b", "an account or a way to write to somebody elsewhere"),
        ("I'm 14 and tired", "“If you are under 16” at the foot of the page"),
        ("I want to kill myself", "deserves an answer"),
        ("Ask me about the Miracle Cure.", "Please leave this out here: “Miracle Cure”."),
    ],
)
def test_what_may_not_be_public_is_refused_with_what_to_do(text, sentence):
    watched.save(WatchedTerm(term="miracle cure", action=WatchedTerm.Action.HOLD))
    cache.delete(watched.KEY)
    assert sentence in str(may_be_public(text).sentence)


@pytest.mark.parametrize(
    "text", ["", "Two children, bad knees. On 2.5 mg since 2019.", "Born in 1985, sober for 14 years."]
)
def test_what_people_say_of_themselves_otherwise_stands(text):
    assert may_be_public(text)


def test_a_warning_is_for_posts():
    watched.save(WatchedTerm(term="vinegar", action=WatchedTerm.Action.WARN, to_author="Really?"))
    cache.delete(watched.KEY)
    assert may_be_public("I like vinegar.")


@pytest.mark.parametrize("field", ["display_name", "about"])
def test_a_refused_profile_stays_as_it_was_and_nothing_typed_is_lost(client, ben, field):
    client.force_login(ben)
    typed = {"display_name": "Ben", "handle": ben.handle, "about": "Runner.", "time_zone": "UTC"}
    response = client.post("/settings/profile/", typed | {field: "Ring 07700 900123"})
    assert response.status_code == 422
    assert "please leave out a phone number" in response.content.decode()
    assert "Ring 07700 900123" in response.content.decode()
    ben.refresh_from_db()
    assert (ben.display_name, ben.about) == ("", "")
