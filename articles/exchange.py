"""How articles come in from a folder of files and go out into one: `manage.py import_articles`, `export_articles`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.validators import validate_slug
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

import uploads.actions
from accounts.models import User
from articles import actions, files, links, rules
from articles.arriving import Arriving, in_turn
from articles.editing.sources import SourceForm
from articles.files import Problem, Unreadable
from articles.forms import ArticleForm
from articles.models import NONE, Article, ArticleAddress, Citation, Topic
from core import markdown
from core.rulings import Refused
from uploads.models import Upload
from uploads.pictures import MOST_BYTES, UploadRefused

PICTURES = "images"
# No article is longer; what is, is something else.
MOST_FILE_BYTES = markdown.LIMIT * 4 + 50_000
_LINK = re.compile(r"/articles/([\w-]+)", re.ASCII)
_PICTURE = re.compile(r"(?P<before>!\[[^\]]*\]\()(?P<path>(?!/|[a-z]+:)[^)\s]+)(?=[)\s])", re.IGNORECASE)
# Fields of the form under the names that files use; the others have the same.
NAMES = {
    "hero": "picture",
    "hero_alt": "picture_alt",
    "hero_focus": "picture_focus",
    "pins": "related",
    "correction_box": "correction",
}


@dataclass(frozen=True)
class Outcome:
    """What became of a file: `new`, `changed`, `unchanged` or `refused`, then with why."""

    path: Path
    verdict: str
    problems: Sequence[Problem] = ()


def article_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.md") if path.is_file())


def bring_in(
    folder: Path, paths: Sequence[Path], *, editor: User, reviewer: User | None = None, dry_run: bool = False
) -> Iterator[Outcome]:
    """Each article of `paths`, files in `folder`, as `editor`; known by its slug. Of a refused file nothing is kept.

    What a file calls published is handed to the reviewers; with `reviewer`, who vouches for it, it is published.
    """
    seen: dict[str, Path] = {}
    arriving = [_Import(folder, path, editor, reviewer) for path in paths]
    for one in arriving:
        one.read(seen)
    coming = {slug for one in arriving for slug in one.slugs}
    # Where nothing is kept, what came before is not there to be led to.
    came: set[str] = set()
    for group in in_turn(arriving):
        kept = yield from _without_refused(group, coming, came)
        public = came | {slug for one in kept if one.can_be_opened for slug in one.slugs}
        for one in kept:
            yield one.outcome(coming, public, keep=not dry_run)
        came = public if dry_run else came


def _without_refused(
    group: Sequence[_Import], coming: Collection[str], came: Collection[str]
) -> Generator[Outcome, None, list[_Import]]:
    """What is left of a group whose articles lead to each other once those are out, with an outcome each, that would be
    refused: so that none is published with a link to one of these. What has a successor comes after it."""
    left = sorted(group, key=lambda one: one.has_successor)
    while len(left) > 1 and any(one.can_be_opened for one in left):
        public = {*came, *(slug for one in left if one.can_be_opened for slug in one.slugs)}
        tried = [(one, one.outcome(coming, public, keep=False)) for one in left]
        yield from (outcome for _one, outcome in tried if outcome.verdict == "refused")
        kept = [one for one, outcome in tried if outcome.verdict != "refused"]
        if len(kept) == len(left):
            break
        left = kept
    return left


class _Import(Arriving):
    """One file on its way in. `slugs`: those by which the article will be known; `named`: slugs that it leads to."""

    def __init__(self, folder: Path, path: Path, editor: User, reviewer: User | None) -> None:
        self.folder, self.path, self.editor, self.reviewer = folder, path, editor, reviewer
        self.slugs: Sequence[str] = (path.stem,)
        self.named: frozenset[str] = frozenset()
        self.can_be_opened = self.has_successor = False
        self.unreadable: Unreadable | None = None

    def read(self, seen: dict[str, Path]) -> None:
        """Learn what the file says. `seen`: the files before it by their slugs."""
        try:
            written = self.written = files.read(self._text())
            said = written.said
            slug = said.setdefault("slug", self.path.stem)
            if (other := seen.setdefault(slug, self.path)) is not self.path:
                self._refuse("slug", _("%s has the same slug.") % other.relative_to(self.folder))
        except Unreadable as error:
            self.unreadable = error
            return
        self.slugs = (slug, *said.get("was", "").split())
        texts = [written.body, *said.values(), *(source["url"] for source in written.sources or ())]
        self.named = frozenset(_LINK.findall("\n".join(texts))) | {said.get("successor", "")}
        self.has_successor = said.get("state") == Article.State.ARCHIVED and "successor" in said
        self.can_be_opened = said.get("state") == Article.State.PUBLISHED and self.reviewer is not None
        self.can_be_opened |= self.has_successor

    def outcome(self, coming: Collection[str], public: Collection[str], *, keep: bool) -> Outcome:
        """`coming`: the slugs of all that comes in; `public`: of what leads readers somewhere by then."""
        self.coming, self.public, self.keep = coming, public, keep
        try:
            if self.unreadable:
                raise self.unreadable
            with transaction.atomic():
                verdict = self._come_in()
                transaction.set_rollback(not keep)
        except Unreadable as error:
            return Outcome(self.path, "refused", error.problems)
        return Outcome(self.path, verdict)

    def _come_in(self) -> str:
        said = self.written.said
        slug, state = said["slug"], said.get("state", Article.State.DRAFT)
        if state not in Article.State.values:
            self._refuse("state", _("The state is one of %(states)s.") % {"states": ", ".join(Article.State.values)})
        article = Article.objects.filter(slug=slug).first() or Article(slug=slug)
        before = article.latest_revision() if article.pk else None
        pictures = {path: self._picture(name, path) for path, name in self._pictures().items()}
        article = self._filled_in(article, before.number if before else 0)
        self._show(article, pictures)
        revision = actions.save(
            article=article, editor=self.editor, sources=self._citations(), note=_("From the file %s") % self.path.name
        )
        self._lead_here(article)
        self._move_on(article, state)
        if before is None:
            return "new"
        return "unchanged" if revision == before else "changed"

    def _text(self) -> str:
        if self.path.stat().st_size > MOST_FILE_BYTES:
            raise Unreadable(Problem(1, _("This file is too large for an article.")))
        content = self.path.read_bytes()
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise Unreadable(Problem(line, _("This is not UTF-8, the encoding that texts need."))) from None

    def _refuse(self, name: str, *reasons: str) -> NoReturn:
        raise Unreadable(*(Problem(self.written.line_of(name), reason) for reason in reasons))

    # The words

    def _filled_in(self, article: Article, based_on: int) -> Article:
        """The working copy with what the file says, by the rules that the editor's form has."""
        said = self.written.said
        topic = Topic.objects.at(said.get("topic", ""))
        if topic is None:
            self._refuse("topic", _("There is no topic with the slug “%s” yet.") % said.get("topic", ""))
        names = {name: NAMES.get(name, name) for name in ArticleForm.Meta.fields}
        fields = {name: getattr(article, name) for name in ("byline", "interests", "pins", "correction_box")} | {
            name: said[its] for name, its in names.items() if its in said
        }
        fields |= {"topic": topic.pk, "body": self.written.body, "based_on": based_on, "hero": ""}
        form = ArticleForm(fields, instance=article)
        form.editor, form.coming = self.editor, self.coming
        if not form.is_valid():
            raise Unreadable(
                *(
                    Problem(self.written.line_of(names.get(name, name)), f"{names.get(name, name)}: {message}")
                    for name, messages in form.errors.items()
                    for message in messages
                )
            )
        return form.save(commit=False)

    def _citations(self) -> list[Citation] | None:
        if self.written.sources is None:
            return None
        problems, citations = [], []
        for place, source in enumerate(self.written.sources):
            form = SourceForm(source)
            if form.is_valid():
                said = form.cleaned_data
                citations.append(Citation(title=said["title"], publisher=said["publisher"], url=said["url"]))
            line = self.written.line_of(f"sources {place}")
            problems += [
                Problem(line, f"{name}: {message}") for name, messages in form.errors.items() for message in messages
            ]
        if problems:
            raise Unreadable(*problems)
        return citations

    # The pictures

    def _pictures(self) -> dict[str, str]:
        """The path of each picture that the file wants, with where it is named."""
        hero = self.written.said.get("picture")
        named = {hero: "picture"} if hero else {}
        paths = (found["path"] for found in _PICTURE.finditer(self.written.body))
        return named | {path: named.get(path, "body") for path in paths}

    def _picture(self, name: str, path: str) -> Upload | None:
        """None if it would be a new one and nothing is kept."""
        if name == "body":
            before = self.written.body[: self.written.body.index(f"({path}")]
            self.written.lines[path] = self.written.line_of("body") + before.count("\n")
            name = path
        place = (self.path.parent / path).resolve()
        if not place.is_relative_to(self.folder.resolve()):
            self._refuse(name, _("The picture %s lies outside the folder.") % path)
        if not place.is_file():
            self._refuse(name, _("There is no picture %s.") % path)
        if place.stat().st_size > MOST_BYTES:
            self._refuse(
                name, _("The picture %(path)s is larger than %(most)d MB.") % {"path": path, "most": MOST_BYTES >> 20}
            )
        try:
            return uploads.actions.bring_in(owner=self.editor, content=place.read_bytes(), dry_run=not self.keep)
        except UploadRefused as refusal:
            self._refuse(name, f"{path}: {refusal}")

    def _show(self, article: Article, pictures: dict[str, Upload | None]) -> None:
        def address(path: str) -> str:
            upload = pictures.get(path)
            return upload.get_absolute_url() if upload else links.NOT_KEPT

        article.hero = pictures.get(self.written.said.get("picture", ""))
        article.body = _PICTURE.sub(lambda found: found["before"] + address(found["path"]), article.body)

    # Where it stands

    def _move_on(self, article: Article, state: str) -> None:
        latest = article.latest_revision()
        is_live = article.is_published and article.live_id == latest.pk
        if state == Article.State.DRAFT or (is_live and state != Article.State.ARCHIVED):
            return
        try:
            if state == Article.State.ARCHIVED:
                successor = self._successor(article) or article.successor
                actions.archive(article=article, editor=self.editor, successor=successor)
            elif state == Article.State.PUBLISHED and self.reviewer:
                actions.submit_for_review(article=article, editor=self.editor)
                actions.sign_off(revision=latest, reviewer=self.reviewer)
                actions.publish(
                    article=article,
                    editor=self.editor,
                    next_review_on=self._next_review(article),
                    together=self.public,
                )
            elif article.submitted_id != latest.pk:
                actions.submit_for_review(article=article, editor=self.editor)
        except actions.NotReady as lack:
            self._refuse("state", *lack.missing)
        except Refused as refusal:
            self._refuse("state", str(refusal))

    def _lead_here(self, article: Article) -> None:
        """The addresses that the article had on the site that it comes from."""
        for slug in self.slugs[1:]:
            try:
                validate_slug(slug)
                actions.lead_here(article=article, slug=slug)
            except ValidationError:
                self._refuse("was", _("“%s” is no end of an address.") % slug)
            except actions.AddressTaken:
                self._refuse("was", _("“%s” leads to another article.") % slug)

    def _successor(self, article: Article) -> Article | None:
        slug = self.written.said.get("successor", "")
        found = Article.objects.published().exclude(pk=article.pk).at(slug) if slug else None
        if slug and found is None and slug not in {*self.public} - {*self.slugs}:
            self._refuse("successor", _("Readers can open no other article with the slug “%s”.") % slug)
        return found

    def _next_review(self, article: Article) -> date:
        """As the file says, where that is still to come; else spread out, so that not all are due on one day."""
        today = timezone.localdate()
        try:
            said = parse_date(self.written.said.get("next_review", ""))
        except ValueError:
            said = None
        if "next_review" in self.written.said and said is None:
            self._refuse("next_review", _("Write the day as 2027-03-31."))
        if said and said > today:
            return said
        due = rules.next_check_after(today, article)
        earlier = int(hashlib.sha256(article.slug.encode()).hexdigest(), 16) % ((due - today).days * 3 // 4)
        return due - timedelta(days=earlier)


def take_out(folder: Path, *, over: Callable[[Sequence[Article]], Iterator[Article]] = iter) -> int:
    """Write every article into `folder`, a file each, and its pictures beside. Returns how many.

    It is the working copy; what differs from what readers have is called a draft.
    """
    articles = list(
        Article.objects.select_related("topic", "hero", "successor")
        .prefetch_related("sources", Prefetch("addresses", ArticleAddress.objects.order_by("pk")))
        .order_by("slug")
    )
    (folder / PICTURES).mkdir(parents=True, exist_ok=True)
    for article in over(articles):
        (folder / f"{article.slug}.md").write_text(_file_of(article, folder), newline="\n")
    return len(articles)


def _file_of(article: Article, folder: Path) -> str:
    body = article.body
    for path in {picture.path for picture in markdown.pictures(body)}:
        if upload := Upload.objects.shown().filter(path=path.removeprefix("/media/")).first():
            body = body.replace(f"]({path}", f"]({_write_picture(upload, folder)}")
    said = {
        name: getattr(article, name)
        for name in ("title", "slug", "standfirst", "byline", "interests")
        if getattr(article, name)
    }
    said |= {name: _listed(getattr(article, name)) for name in files.LISTS} | {"correction": article.correction_box}
    said |= {
        "related": article.pins.split(),
        "was": [address.slug for address in article.addresses.all() if address.slug != article.slug],
        "topic": article.topic.slug,
        "sources": [
            {"title": source.title, "publisher": source.publisher, "url": source.url}
            for source in article.sources.all()
        ],
        "state": _state_of(article),
    }
    if article.hero:
        said |= {"picture": _write_picture(article.hero, folder), "picture_alt": article.hero_alt}
        if article.hero_focus:
            said["picture_focus"] = article.hero_focus
    if article.state == Article.State.ARCHIVED and article.successor:
        said["successor"] = article.successor.slug
    if said["state"] == Article.State.PUBLISHED:
        said["next_review"] = article.next_review_on.isoformat()
    return files.write(said, body)


def _listed(text: str) -> str | list[str]:
    return text if text in ("", NONE) else text.split("\n")


def _state_of(article: Article) -> str:
    if article.is_published and article.live_id != article.latest_revision().pk:
        return Article.State.DRAFT.value
    return article.state


def _write_picture(upload: Upload, folder: Path) -> str:
    """Named by what it shows, so that it has the same name wherever it comes from."""
    with default_storage.open(upload.path) as file:
        content = file.read()
    path = f"{PICTURES}/{hashlib.sha256(content).hexdigest()[:16]}.webp"
    (folder / path).write_bytes(content)
    return path
