"""The rules of the house, and who may do what with a text."""

import pytest

from moderation import house
from moderation.models import Decision, Report
from moderation.rules import may_become


@pytest.mark.django_db
def test_the_page_of_the_rules_says_the_same(client):
    page = client.get("/rules/").text
    assert [rule.code for rule in house.RULES if str(rule.text) not in page] == []


def test_the_most_harmful_comes_first():
    harms = [rule.harm for rule in house.REASONS.values()]
    assert harms == sorted(harms, reverse=True)


def test_every_rule_fits_into_its_column():
    longest = max(map(len, house.REASONS))
    assert longest <= Report._meta.get_field("reason").max_length
    assert longest <= Decision._meta.get_field("rule").max_length


OLD = "Call me on 0151 23456, or ask Dr Miller in Leeds about it."


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        "",
        "Call me, or ask about it.",
        "Call me on [phone number], or ask Dr [name] in […] about it.",
        "Call me on ***, or ask … in ███ about it.",
        "Call me on 0151,\n\nor ask Dr Miller about it.",
    ],
)
def test_words_may_be_taken_out_or_masked(new):
    assert may_become(OLD, new)


@pytest.mark.parametrize(
    "new",
    [
        OLD + " Do not worry.",
        "Call me on 0151 99999, or ask Dr Miller in Leeds about it.",
        "Do ask Dr Miller in Leeds, or call me.",
        f"Call me on [{'a very long remark of a moderator' * 2}].",
        "Call me on [a\nb].",
    ],
)
def test_words_may_not_be_put_in(new):
    assert not may_become(OLD, new)
