"""What tells of somebody in danger, and what does not. The cases are ours; the rules are in moderation/rules_data."""

import re

import pytest

from accounts.models import User
from forum.desk import Submission
from moderation import distress, reading
from moderation.distress import Kind
from moderation.phrases import Refused
from moderation.rule_set import RuleSet
from moderation.screeners import crisis, emergency
from tests import factories

SELF_HARM, ABUSE, CHILD, HARM, EMERGENCY = Kind
RULES = distress.rule_set()


def kinds(text, *, is_reply=False) -> set[Kind]:
    return {found.kind for found in RULES.found_in(text, is_reply=is_reply)}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        # Said plainly, and round about
        (SELF_HARM, "I want to die."),
        (SELF_HARM, "I have been thinking about suicide since the winter."),
        (SELF_HARM, "everyone would be better off without me"),
        (SELF_HARM, "I have the pills lined up"),
        (SELF_HARM, "I don't want to wake up tomorrow"),
        (SELF_HARM, "Is there a painless way to go?"),
        (SELF_HARM, "I stood on the bridge again. The letters are written and the dog is with my sister."),
        (SELF_HARM, "I can't stop thinking about killing myself."),
        (ABUSE, "he locks me in and takes my phone"),
        (ABUSE, "My husband slapped me again last night"),
        (ABUSE, "I was raped"),
        (ABUSE, "My son takes my pension and shoves me when I ask for it back."),
        (CHILD, "my uncle touches me at night"),
        (CHILD, "My partner shook the baby because she would not stop crying."),
        (CHILD, "im 13 and my stepdad hits me with a belt"),
        (HARM, "I keep thinking about stabbing my neighbour"),
        (HARM, "I am going to kill him tonight"),
        (HARM, "The voices tell me to hurt my mother"),
        (EMERGENCY, "crushing chest pain down my left arm right now"),
        (EMERGENCY, "my baby is blue and floppy"),
        (EMERGENCY, "face drooping since ten minutes"),
        (EMERGENCY, "I took 40 paracetamol an hour ago"),
        (EMERGENCY, "throat closing up after peanuts"),
        (EMERGENCY, "Can't breathe"),
        (EMERGENCY, "My husband collapsed and won't wake up"),
        (EMERGENCY, "he swallowed a button battery just now"),
        # Slang, misspelling, disguise
        (SELF_HARM, "honestly gonna kms"),
        (SELF_HARM, "i want to unalive myself"),
        (SELF_HARM, "thinking of sewerslide"),
        (SELF_HARM, "feeling sucidal"),
        (SELF_HARM, "i am suicdal"),
        (SELF_HARM, "su!cide is all i think of"),
        (SELF_HARM, "su*cide is all i think of"),
        (SELF_HARM, "I want to DIEEEE"),
        (EMERGENCY, "cant breath"),
        (EMERGENCY, "he has a siezure for ten minutes now and it wont stop"),
        # About somebody else
        (SELF_HARM, "my friend says she will end it"),
        (SELF_HARM, "My daughter has been cutting herself again"),
        (SELF_HARM, "he texted me goodbye and his phone is off"),
        (ABUSE, "my sister's boyfriend beats her"),
        (HARM, "My brother says he will shoot everyone at his school"),
        (EMERGENCY, "mum is slurring and can't lift her arm"),
    ],
)
def test_distress_is_noticed(kind, text):
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        # Taken back
        "I am not suicidal.",
        "I don't have any thoughts of suicide, I am only tired.",
        "I would never hurt myself.",
        "No chest pain, no shortness of breath.",
        "She denies wanting to die.",
        # Idioms
        "this cough is killing me",
        "I am dying to know",
        "shoot me an email",
        "My mum is going to kill me if I miss the bus.",
        "The cream kills the bacteria.",
        "I nearly died of embarrassment.",
        "I have a stabbing headache.",
        "He hit me with a good question.",
        # Past, chronic, in general
        "I had chest pain last year, what tests should I ask for?",
        "I used to cut myself as a teenager. Do the scars fade?",
        "For three years I have had palpitations and my tests were normal.",
        "Can sertraline cause suicidal thoughts?",
        "What are the signs of a stroke?",
        "If someone has a seizure, what should one do?",
        "I cut myself shaving this morning.",
        "Which first aid course teaches choking?",
        # Ordinary questions with words of ours
        "I took 500 mg of paracetamol an hour ago, may I take more?",
        "My husband has bruises on his shins and takes warfarin.",
        "My daughter is 12 and has a rash on her arm.",
        "I want to stop my tablets because they make me tired.",
        "",
    ],
)
def test_what_is_no_distress_is_left_alone(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Call 112 if the pain spreads to your arm or you cannot breathe.",
        "If you ever feel like ending your life, ring 116 123. They are kind.",
        "Crushing chest pain, a drooping face, slurred speech: these are warning signs. Don't wait, call an ambulance.",
        "You are not a burden. What you say about wanting to die is something your doctor hears often.",
        "I tried to take my own life ten years ago. I am glad I am still here, and therapy helped me.",
        "What he does to you is abuse. The domestic abuse helpline is free, and they believe you.",
        "Ask her straight out: “Are you thinking of suicide?” It does not put the idea into her head.",
        "> I want to die\n\nI am so sorry. Please talk to someone tonight.",
        "When my son was small he had a fit that would not stop. He is fine now.",
    ],
)
def test_helpers_may_name_crises_warning_signs_and_helplines(text):
    assert kinds(text, is_reply=True) == set()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (SELF_HARM, "Same here. I have the pills lined up for tonight."),
        (SELF_HARM, "You are kind, but I want to die."),
        (ABUSE, "Mine hits me too. I tell people I fell."),
        (EMERGENCY, "She is still not breathing and her lips are blue."),
    ],
)
def test_whoever_tells_of_themselves_in_a_reply_is_noticed(kind, text):
    assert kind in kinds(text, is_reply=True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I want to kill myself tonight, please help me", {SELF_HARM}),
        ("I am going to kill myself in her bed", {SELF_HARM}),
        ("I want to kill myself and my kids", {SELF_HARM, HARM}),
        ("I want to kill my wife and myself", {SELF_HARM, HARM}),
        ("I will kill my wife and then myself", {SELF_HARM, HARM}),
        ("Years ago I tried to kill my father and then myself", {HARM}),
        ("These stairs are killing my husband and myself", {HARM}),
        ("Shooting pains in my mother and myself, is it hereditary?", set()),
    ],
)
def test_whoever_means_themselves_is_taken_to_mean_others_only_if_they_say_so(text, told):
    assert kinds(text) == told


def test_what_was_found_is_shown_where_it_stands():
    text = "It’s late.\nI — well — don’t want to live any more. I’ve got 2.5 mg left."
    [span] = {found.span for found in RULES.found_in(text) if found.phrase.startswith("(not | no longer) (want*")}
    assert text[slice(*span)] == "don’t want to live"


# What becomes of it


def submission(title="", body="", kind="question"):
    return Submission(kind=kind, author=User(is_moderator=True), title=title, body=body)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("screen", "body", "rule", "level", "words"),
    [
        (crisis.screen, "I want to die.", "self_harm", 5, "Possible self-harm"),
        (crisis.screen, "My husband slapped me again.", "abuse", 4, "Possible abuse"),
        (crisis.screen, "My stepdad touches my little sister.", "child", 5, "A child may be in danger"),
        (crisis.screen, "I am going to kill him.", "harm_to_others", 4, "Possible harm to others"),
        (emergency.screen, "I can't breathe.", "emergency", 5, "Emergency happening now"),
    ],
)
def test_a_finding_says_what_it_is_how_grave_and_where(screen, body, rule, level, words):
    finding = next(finding for finding in screen(submission("A title", body)) if finding.rule == rule)
    assert (finding.level, finding.for_moderator) == (level, words)
    assert all(f"A title\n{body}"[slice(*span)] in body for span in finding.spans)
    assert not re.search("detect|flag|suspic|violat", finding.for_author, re.IGNORECASE)


@pytest.mark.django_db
def test_the_title_is_read_too_and_each_screener_keeps_to_its_kinds():
    assert [finding.rule for finding in emergency.screen(submission("Can't breathe"))] == ["emergency"]
    assert not crisis.screen(submission("Can't breathe"))
    assert not emergency.screen(submission("I want to die"))


@pytest.mark.django_db
def test_a_post_that_tells_of_distress_waits_before_all_others(ben, ana):
    question = factories.make_question(ben, "How can one go on?", "I want to die and I have the pills lined up.")
    assert question.status == "pending"
    assert factories.item_of(question).harm == 5


# The reading


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("I can’t, won't & don't", "i can not will not do not"),
        ("I'M soooo tired", "i am so tired"),
        ("s.o.s. now", "sos now"),
        ("1,000 mg at 38.5", "1000 mg at 38"),
        ("k1ll mys3lf", "kill myself"),
        ("café", "cafe"),
    ],
)
def test_a_text_is_read_in_plain_words(written, read):
    [sentence] = reading.sentences(written, RULES._plain)
    assert sentence.text.strip() == read


@pytest.mark.parametrize("word", ["skill", "skills", "scared", "breeding", "choosing", "banging", "sacred", "forces"])
def test_right_words_are_not_corrected(word):
    assert RULES._plain(word) == [word]


# Time


def steps(text) -> int:
    """How many patterns are looked for in how many words."""
    return sum(
        len(sentence.words) * len(RULES._finder_of_rules.numbers(sentence))
        for sentence in reading.sentences(text, RULES._plain)
    )


@pytest.mark.parametrize(
    "piece",
    [
        "i want to die ", "a", "a.", "'", "i'", "*", "k*", "@", "1.", "1,", "not ", "he hits me ", "- ", "\n", "é", "“",
        "> ", "suicde ", "my uncle and my son and i will kill him and her and them ",
    ],
)  # fmt: skip
def test_hostile_texts_cost_in_proportion_to_their_length(piece):
    """A sentence is read in pieces of bounded length and a phrase has bounded gaps: twice the text, twice the work."""
    short, long = ((piece * 20_000)[:length] for length in (10_000, 20_000))
    assert steps(long) <= 2.2 * steps(short) + 10_000
    assert all(len(sentence.words) <= reading.AT_MOST for sentence in reading.sentences(long, RULES._plain))
    RULES.found_in(long)


def test_no_pattern_repeats_without_a_bound():
    """Beside the rest of one word, which is a run of one class, nothing repeats more often than the gaps allow."""
    for part in RULES.language.parts.values():
        rest = part.node.pattern.replace("[^ ]* ", "").replace("[^ ]+ ", "")
        assert not re.search(r"(?<!\\)[+*]", rest), part.source
        assert part.node.gaps <= 3


def test_the_file_names_its_version_and_every_kind_has_rules_and_signs():
    assert RULES.version >= 1
    assert set(RULES.enough) == {rule.kind for rule in RULES.rules if rule.weight is None} == set(Kind)


def test_a_fault_in_the_file_is_named_with_its_line():
    with pytest.raises(Refused, match="2: a rope"):
        RuleSet("{self_harm}\na rope & (")
