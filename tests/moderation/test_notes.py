"""Moderators keep notes for each other: beside what they are about, never in a way that tells who is nameless."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from moderation import actions, notes, privacy, sweeps
from moderation.models import Handover, Note
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db

TEXT = "Asks kindly when told what is wrong."


def test_a_note_on_a_post_is_read_beside_it_with_who_wrote_it(held, mia, mo):
    path = f"/review/{item_of(held).pk}/"
    assert sign_in(mia).post(f"{path}note/", {"text": TEXT})["Location"] == path
    page = sign_in(mo).get(path).text
    assert TEXT in page
    assert "mia" in page
    assert "Withdraw this note" not in page
    assert TEXT not in sign_in(mo).get(f"/review/members/{held.author.handle}/").text


def test_a_note_on_a_member_is_on_their_page_and_beside_what_has_their_name_on_it(held, mia, mo, newt):
    path = "/review/members/newt/"
    assert sign_in(mia).post(f"{path}note/", {"text": TEXT})["Location"] == path
    nameless = factories.make_question(newt, anonymous=True)
    desk = sign_in(mo)
    assert TEXT in desk.get(path).text
    beside = desk.get(f"/review/{item_of(held).pk}/").text
    assert "About the member, by mia" in " ".join(beside.split())
    assert TEXT in beside
    assert TEXT not in desk.get(f"/review/{item_of(nameless).pk}/").text


def test_a_note_says_something_and_what_was_typed_is_kept(held, mia, newt):
    desk = sign_in(mia)
    for path in (f"/review/{item_of(held).pk}/note/", "/review/members/newt/note/"):
        empty = desk.post(path, {"text": "  "})
        assert (empty.status_code, "Please write what the others should know." in empty.text) == (422, True)
        long = desk.post(path, {"text": "word " * 250})
        assert (long.status_code, "word word" in long.text) == (422, True)
    assert not Note.objects.exists()
    for wrong in ({"member": newt, "text": ""}, {"text": TEXT}, {"member": newt, "question": held, "text": TEXT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Note.objects.create(writer=mia, **wrong)


def test_a_note_sent_twice_is_one(mia, newt):
    for _ in range(2):
        notes.write(thing=newt, writer=mia, text=TEXT)
    assert Note.objects.count() == 1


def test_only_whoever_wrote_a_note_withdraws_it(held, mia, mo, newt):
    for thing, path in ((held, f"/review/{item_of(held).pk}/"), (newt, "/review/members/newt/")):
        notes.write(thing=thing, writer=mia, text=TEXT)
        address = f"/review/notes/{Note.objects.get().pk}/withdraw/"
        refused = sign_in(mo).post(address)
        assert (refused.status_code, "Only whoever wrote a note can withdraw it." in refused.text) == (403, True)
        assert sign_in(newt).post(address).status_code == 403
        desk = sign_in(mia)
        assert address in desk.get(path).text
        assert desk.post(address)["Location"] == path
        assert not Note.objects.exists()


def test_nobody_writes_notes_where_they_may_not_look(mia, held):
    own = factories.make_question(mia, anonymous=True)
    actions.report(thing=own, reporter=None, reason="unkind", note="", contact="", submission_key=uuid.uuid4())
    desk = sign_in(mia)
    assert desk.post(f"/review/{item_of(own).pk}/note/", {"text": TEXT}).status_code == 403
    assert desk.post("/review/members/mia/note/", {"text": TEXT}).status_code == 403
    assert not Note.objects.exists()


def test_notes_are_kept_for_180_days(held, mia, newt):
    for thing in (held, newt):
        notes.write(thing=thing, writer=mia, text=TEXT)
    assert sweeps.forget_words() == 0
    Note.objects.filter(member=newt).update(made_at=timezone.now() - timedelta(days=181))
    assert sweeps.forget_words() == 1
    assert Note.objects.get().question == held


def test_notes_are_in_the_data_of_whoever_wrote_them_and_of_nobody_else(held, mia, mo, newt):
    notes.write(thing=newt, writer=mia, text=TEXT)
    actions.pass_on(item=item_of(held), moderator=mia, note="Not for me.")
    mine = privacy.export(mia)
    assert mine["notes_written_as_moderator"][0]["text"] == TEXT
    assert mine["items_passed_on"][0]["note"] == "Not for me."
    for other in (mo, newt):
        assert not {"notes_written_as_moderator", "items_passed_on"} & {
            k for k, v in privacy.export(other).items() if v
        }


def test_notes_go_with_whom_they_are_about_and_with_who_wrote_them(held, mia, mo, newt, ben):
    for writer in (mia, mo):
        for thing in (held, newt, ben):
            notes.write(thing=thing, writer=writer, text=TEXT)
    actions.report(thing=newt, reporter=None, reason="unkind", note="", contact="", submission_key=uuid.uuid4())
    actions.pass_on(item=item_of(newt), moderator=mia, note="I know her.")
    privacy.erase(newt)
    assert Handover.objects.get().note == ""
    assert {note.member for note in Note.objects.all()} == {ben}
    privacy.erase(mia)
    assert Note.objects.get().writer == mo
