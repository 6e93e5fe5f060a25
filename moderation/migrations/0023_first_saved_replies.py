"""Some replies to begin with; senior moderators change them on the site."""

from django.db import migrations

# title, where it is offered, for which rule only, words
REPLIES = [
    (
        "Leave out what could tell who somebody is",
        ["changes", "letter"],
        "",
        "Hello {handle}, thank you for writing. There is something in it by which you, or somebody else, could be "
        "recognised. Please take out names, numbers, addresses and exact dates, and send it again: we then put it up.",
    ),
    (
        "One question at a time",
        ["changes"],
        "",
        "Hello {handle}, there are several questions in this one. Please keep the one that matters most to you and ask "
        "the others in threads of their own. People then find it more easily and answer it more fully.",
    ),
    (
        "Say a little more",
        ["changes"],
        "",
        "Hello {handle}, so that others can help, please add a few words: since when it is so, what makes it better or "
        "worse, and what you have tried. A few sentences are enough.",
    ),
    (
        "Where does it come from?",
        ["changes"],
        "",
        "Hello {handle}, please say what this stands on: your own experience, or a source with a link to it. Without "
        "either, readers cannot tell how far they can trust it.",
    ),
    (
        "No advice on medicines",
        ["changes", "reject", "hide"],
        "medicine",
        "Hello {handle}, your text tells somebody what they have, or what to do with a medicine. From here nobody can "
        "see enough of them for that. Our rule is: “{rule}” You can say what it was like for you, and what your "
        "doctor or pharmacist told you to ask.",
    ),
    (
        "Kinder, please",
        ["changes", "reject", "hide", "sanction"],
        "unkind",
        "Hello {handle}, you may well be right in what you say. The way it is said hurts somebody who came here for "
        "help. Our rule is: “{rule}” Please say it again without the part that is about the person.",
    ),
    (
        "Goes against a rule, and how to appeal",
        ["reject", "hide"],
        "",
        "Hello {handle}, we cannot show this, because it goes against one of our rules: “{rule}” If you think that we "
        "are wrong, you can appeal, and a moderator who did not decide this looks at it again: {appeal}",
    ),
    (
        "Posting paused, until when",
        ["sanction"],
        "",
        "Hello {handle}, what you posted goes against one of our rules: “{rule}” We had to act on it. This lasts until "
        "{until} and ends by itself. If you think that we are wrong, you can appeal: {appeal}",
    ),
    (
        "How are you?",
        ["letter"],
        "",
        "Hello {handle}, we read what you wrote in “{title}”, and wanted to ask how you are. You need not answer. If "
        "you do, only the moderators of {site} read it. If it is more than you can carry just now, “Help now”, on top "
        "of every page, has people whom you can talk to at once.",
    ),
]


def add(apps, schema_editor):
    replies = apps.get_model("moderation", "SavedReply").objects
    for title, uses, rule, words in REPLIES:
        replies.get_or_create(title=title, defaults={"uses": uses, "rule": rule, "words": words})


def take_away(apps, schema_editor):
    """Those that are still as they came."""
    replies = apps.get_model("moderation", "SavedReply").objects
    for title, _uses, _rule, words in REPLIES:
        replies.filter(title=title, words=words, changed_by=None).delete()


class Migration(migrations.Migration):
    dependencies = [("moderation", "0022_saved_replies")]

    operations = [migrations.RunPython(add, take_away)]
