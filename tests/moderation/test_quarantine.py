"""Suspected pictures of abuse: one button takes them out of reach of everybody, and only administrators know of it."""

import io
import stat
import tarfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile

import forum.actions
import moderation.actions
import moderation.quarantine
from accounts.privacy import rooms
from core import backup
from forum.models import Answer
from moderation.models import Decision, Quarantine
from notifications.models import Notification
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import sign_in
from tests.moderation.test_at_once import report
from tests.uploads import samples
from uploads.actions import receive
from uploads.models import Upload

pytestmark = pytest.mark.django_db
BUTTON = "The pictures may show abuse: quarantine them"


@pytest.fixture
def picture(ben) -> Upload:
    return receive(owner=ben, file=SimpleUploadedFile("a.png", samples.picture()))


@pytest.fixture
def shown(mia, ben, mo, question, picture) -> Answer:
    """A published answer with a picture in it."""
    answer = factories.make_answer(ben, question, f"This is how it looks: ![my arm]({picture.get_absolute_url()})")
    factories.approve(answer, mo)
    answer.refresh_from_db()
    assert answer.shown_to_all
    return answer


@pytest.fixture
def nora(db):
    return factories.make_user("nora")


@pytest.fixture
def press(django_capture_on_commit_callbacks):
    """Presses the button beside an item as `moderator` sees it."""

    def press(moderator, post, **fields):
        item = item_of(post)
        with django_capture_on_commit_callbacks(execute=True):
            return sign_in(moderator).post(f"/review/{item.pk}/quarantine/", {"version": item.version} | fields)

    return press


def test_one_button_takes_the_picture_out_of_reach_and_hides_the_post(client, shown, picture, ben, eve, mia, press):
    report(shown, eve, "abuse")
    item = item_of(shown)
    moderation.actions.claim(item=item, moderator=mia)
    assert BUTTON in sign_in(mia).get(f"/review/{item.pk}/").text
    assert client.get(picture.get_absolute_url()).status_code == 200
    assert press(mia, shown).status_code == 303
    shown.refresh_from_db()
    made = Decision.objects.about(shown).latest("id")
    assert (shown.status, made.code, made.rule) == ("hidden", "hidden", "abuse")
    for who in (client, *map(sign_in, (ben, eve, mia))):
        assert who.get(picture.get_absolute_url()).status_code == 404
    assert not default_storage.exists(picture.path)
    kept = Path(storages["quarantine"].path(picture.path))
    assert len(kept.read_bytes()) == picture.bytes
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_it_is_in_no_backup(shown, eve, mia, press, picture, tmp_path, monkeypatch):
    report(shown, eve, "abuse")
    press(mia, shown)
    monkeypatch.setattr(backup, "copy_database", lambda copy: copy.write_bytes(b""))
    backup.take(tmp_path / "all.tar.gz")
    with tarfile.open(tmp_path / "all.tar.gz") as whole:
        assert not [name for name in whole.getnames() if Path(picture.path).name in name]


def test_a_post_that_waits_goes_back_to_its_author_without_it(newt, mia, question, press, picture):
    answer = factories.make_answer(newt, question, f"Look: ![it]({picture.get_absolute_url()})")
    assert press(mia, answer).status_code == 303
    answer.refresh_from_db()
    picture.refresh_from_db()
    assert (answer.status, picture.quarantined_at is None) == ("returned", False)


def test_pictures_of_a_change_that_waits_and_of_earlier_texts_go_too(ben, mia, mo, eve, shown, press, picture):
    other = receive(owner=ben, file=SimpleUploadedFile("b.png", samples.picture()))
    forum.actions.edit(post=shown, editor=ben, title="", body=f"Now it is so: ![it]({other.get_absolute_url()})")
    press(mia, shown)
    assert set(Quarantine.objects.values_list("upload", flat=True)) == {picture.pk, other.pk}
    shown.refresh_from_db()
    assert shown.status == "hidden"


def test_only_administrators_know_that_it_is_there(shown, eve, ben, mia, boss, mo, press, picture, mailoutbox):
    report(shown, eve, "abuse")
    press(mia, shown)
    told = Notification.objects.filter(subject_kind="quarantine")
    assert [one.recipient for one in told] == [boss]
    for who in (ben, eve, mia, mo):
        page = sign_in(who).get("/review/quarantine/")
        assert page.status_code == 403 and picture.path not in page.text
        assert sign_in(who).post(f"/review/quarantine/{Quarantine.objects.get().pk}/release/").status_code == 403
        assert "/review/quarantine/" not in sign_in(who).get("/notifications/").text
    page = sign_in(boss).get("/review/quarantine/").text
    assert all(word in page for word in (picture.path, "sent by ben", "put here by mia"))
    assert "<img" not in page
    assert sign_in(boss).get(told.get().get_absolute_url())["Location"] == "/review/quarantine/"
    assert moderation.quarantine.find([Quarantine.objects.get().pk], mia) == {}
    listed = next(room for room in rooms() if room.name == "uploads").export(ben)["pictures"]
    assert listed == []


def test_whose_it_is_that_has_no_name_on_it_is_not_said(nora, mia, boss, question, press):
    picture = receive(owner=nora, file=SimpleUploadedFile("a.png", samples.picture()))
    answer = factories.make_answer(nora, question, f"Look: ![it]({picture.get_absolute_url()})", anonymous=True)
    press(mia, answer)
    page = sign_in(boss).get("/review/quarantine/").text
    assert picture.path in page and "nora" not in page
    assert "in a post without a name on it" in page


def test_who_leaves_does_not_take_it_along(shown, eve, ben, mia, press, picture):
    report(shown, eve, "abuse")
    press(mia, shown)
    next(room for room in rooms() if room.name == "uploads").erase(ben)
    picture.refresh_from_db()
    assert (picture.owner, storages["quarantine"].exists(picture.path)) == (None, True)


def test_an_administrator_puts_back_what_was_a_mistake(
    client, shown, eve, mia, boss, press, picture, django_capture_on_commit_callbacks
):
    report(shown, eve, "abuse")
    press(mia, shown)
    with django_capture_on_commit_callbacks(execute=True):
        path = f"/review/quarantine/{Quarantine.objects.get().pk}/release/"
        assert sign_in(boss).post(path).status_code == 303
    assert client.get(picture.get_absolute_url()).status_code == 200
    assert not storages["quarantine"].exists(picture.path)
    assert not Quarantine.objects.exists()
    shown.refresh_from_db()
    assert shown.status == "hidden"


def test_who_comes_too_late_takes_nothing_away(shown, eve, mia, mo, press, picture):
    report(shown, eve, "abuse")
    assert press(mia, shown, version=0).status_code == 409
    moderation.actions.claim(item=item_of(shown), moderator=mo)
    assert press(mia, shown).status_code == 409
    assert press(eve, shown).status_code == 403
    picture.refresh_from_db()
    assert picture.quarantined_at is None


def test_where_there_is_no_picture_there_is_no_button(answer, eve, mia, press):
    report(answer, eve)
    item = item_of(answer)
    moderation.actions.claim(item=item, moderator=mia)
    assert BUTTON not in sign_in(mia).get(f"/review/{item.pk}/").text
    assert press(mia, answer).status_code == 404
    report(eve, mia)
    assert press(mia, eve).status_code in (403, 404)


def test_the_log_of_the_site_names_numbers_only(shown, eve, mia, press, picture, monkeypatch):
    said = io.StringIO()
    monkeypatch.setattr(moderation.quarantine.log, "warning", lambda event, **more: said.write(f"{event} {more}"))
    report(shown, eve, "abuse")
    press(mia, shown)
    assert "picture quarantined" in said.getvalue()
    assert picture.path not in said.getvalue() and "arm" not in said.getvalue()
