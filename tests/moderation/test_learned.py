"""What was learned from texts: it finds what no rule does, drops what rules only hint at, and can be done without."""

from importlib.util import find_spec

import numpy as np
import pytest

from accounts.models import User
from forum.desk import Submission
from moderation import learned, tuned
from moderation.distress import found_in, rule_set
from moderation.rule_set import LEARNED, How, Kind
from moderation.screeners import crisis

pytestmark = pytest.mark.django_db
RULES = rule_set()
WITHOUT = rule_set(switched_off=LEARNED)
# Ours, and learned from by nobody. No rule finds the first; the second names what a rule looks for.
HINTED = (
    "Every night he stands outside our bedroom door and listens. Since the wedding I may not see my sister, and he "
    "waits in the car when I visit the doctor. My hands shake when I hear his key. What helps for shaking?"
)
HARMLESS = (
    "For our first aid course at school I am making a poster about overdoses: whom to ring, and what naloxone is. "
    "Which charity has good free pictures that we may print?"
)


def test_what_no_rule_finds_is_found_by_how_it_reads():
    assert WITHOUT.found_in(HINTED) == []
    [found] = found_in(HINTED, rules=RULES)
    assert (found.kind, found.phrase, found.how) == (Kind.ABUSE, LEARNED, How.LEARNED)
    assert HINTED[slice(*found.span)].startswith("Since the wedding I may not see")


def test_moderators_are_told_that_no_rule_found_it():
    submission = Submission("question", User(trust=User.Trust.BASIC), "", HINTED)
    [finding] = crisis.screen(submission)
    assert finding.for_moderator == "Reads like texts of people in danger: abuse"
    assert finding.holds


def test_what_only_names_a_danger_is_dropped_where_the_text_reads_harmless():
    assert found_in(HARMLESS, rules=WITHOUT)
    assert not found_in(HARMLESS, rules=RULES)


def test_in_a_few_words_a_name_is_enough_and_nothing_else():
    assert found_in("overdose what now", rules=RULES)
    assert not found_in("She is not walking into the fog.", rules=RULES)


def test_what_a_rule_says_plainly_or_a_site_added_is_never_dropped():
    plain = HARMLESS + " I want to die."
    assert any(found.how == How.RULE for found in found_in(plain, rules=RULES))
    ours = rule_set(added="self_harm: poster about")
    assert [found.how for found in found_in(HARMLESS, rules=ours)].count(How.SITE) == 1


def test_switched_off_rules_decide_alone():
    assert found_in(HINTED, rules=WITHOUT) == []
    assert rule_set(switched_off=LEARNED).problems == []


def test_no_word_can_be_read_from_the_weights():
    for path in (learned.WEIGHTS, tuned.WEIGHTS):
        with np.load(path, allow_pickle=False) as stored:
            assert all(stored[name].dtype.kind in "fi" for name in stored.files)


def test_a_missing_embedder_leaves_it_to_words(settings):
    settings.SEARCH_EMBEDDER = ""
    assert tuned.tuned() is None
    settings.SEARCH_EMBEDDER = "tests.search.toy.Toy"
    assert tuned.tuned() is None


@pytest.mark.skipif(not find_spec("onnxruntime"), reason="the embedder is not installed")
def test_the_tuned_embedder_tells_danger_from_what_is_not(settings):
    settings.SEARCH_EMBEDDER = tuned.EMBEDDER
    reader = tuned.tuned()
    said, other = (reader.read(text, (0, len(text)), is_reply=False) for text in (HINTED, HARMLESS))
    assert said.kind == Kind.ABUSE and said.odds > 0 > other.odds
    assert 0 <= said.place < len(HINTED)
    assert found_in(HINTED, rules=RULES) and not found_in(HARMLESS, rules=RULES)
