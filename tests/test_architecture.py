"""The rules of the house that a reader of one file cannot see. `make lint` adds: rooms import only downwards."""

import ast
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.test import RequestFactory

from accounts.models import User

ROOT = Path(settings.BASE_DIR)
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
HEIGHT = {room: height for height, layer in enumerate(reversed(CONTRACT["layers"])) for room in layer.split(" | ")}
LONGEST_MODULE = 420
WORDS_THAT_STAY = {"Askwell", "ask", "well"}


def modules() -> Iterator[tuple[str, str]]:
    """(path, text) of every module of ours, migrations aside."""
    for room in HEIGHT:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()


def templates() -> Iterator[tuple[str, str]]:
    for folder in (ROOT / "templates", *(ROOT / room / "templates" for room in HEIGHT)):
        for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")]):
            yield str(path.relative_to(ROOT)), re.sub(r"(?s){#.*?#}|{% comment.*?endcomment %}", "", path.read_text())


def lines_with(pattern: str, texts: Iterator[tuple[str, str]], *, but_for: str = "$.^") -> list[str]:
    return [
        f"{path}:{number}: {line.strip()}"
        for path, text in texts
        if not re.search(but_for, path)
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(pattern, line)
    ]


# Rooms


def test_keys_point_to_the_same_room_or_a_lower_one():
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if (room := model._meta.app_label) in HEIGHT
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if (other := field.related_model._meta.app_label) in HEIGHT
        if other != room and HEIGHT[other] >= HEIGHT[room]
    ]
    assert not upwards


def test_the_lowest_room_keeps_no_keys_at_all():
    keys = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("core").get_models()
        for field in model._meta.get_fields()
        if field.is_relation
    ]
    assert not keys


def test_every_port_is_in_the_list_of_ports():
    page = (ROOT / "docs" / "where-things-live.md").read_text()
    listed = set(
        re.findall(r"^\| `(\w+\.\w+)` \|", page.partition("## The ports")[2].partition("\n## ")[0], re.MULTILINE)
    )
    built = {
        path.removesuffix(".py").replace("/", ".")
        for path, text in modules()
        if not path.endswith("/actions.py")
        for node in ast.parse(text).body
        if is_port(node)
    }
    assert built == listed


def is_port(node: ast.stmt) -> bool:
    """A protocol that an upper room keeps, or the place where it registers."""
    if isinstance(node, ast.ClassDef):
        return any(ast.unparse(base) == "Protocol" for base in node.bases)
    return isinstance(node, ast.FunctionDef) and node.name == "register"


def test_no_module_is_a_drawer_for_everything():
    drawers = ("utils", "helpers", "services", "mixins", "managers", "misc", "common")
    assert [path for path, _ in modules() if Path(path).stem in drawers] == []


def test_no_module_is_longer_than_a_newcomer_reads():
    assert [path for path, text in modules() if text.count("\n") > LONGEST_MODULE] == []


def test_only_config_reads_the_environment():
    assert lines_with(r"\benviron\b|\bgetenv\b", modules(), but_for=r"^config/") == []


def test_nothing_happens_behind_a_saved_row():
    assert lines_with(r"\b(pre|post)_(save|delete|init)\b|\bm2m_changed\b", modules()) == []


# Markup


def test_only_markdown_and_structured_data_mark_html_as_safe():
    marks = r"\bmark_safe\b|\bSafe(String|Text)\(|\bformat_html(_join)?\b|\.__html__\b"
    assert lines_with(marks, modules(), but_for=r"^core/(markdown|structured)\.py$") == []


def test_no_template_switches_escaping_off():
    assert lines_with(r"\|\s*safe(seq)?\b|autoescape\s+off", templates(), but_for=r"\.txt$") == []


def test_no_template_needs_more_than_the_content_policy_grants():
    inline = (
        r"<style\b|\sstyle=|\son[a-z]+=(?!=)|\shx-on|javascript:|<script\b(?![^>]*\bsrc=)(?![^>]*application/ld\+json)"
    )
    assert lines_with(inline, templates(), but_for=r"templates/emails/") == []


def test_authors_of_posts_are_printed_only_through_their_byline():
    assert lines_with(r"\.author\b", templates()) == []


class BareWords(HTMLParser):
    """Collects the words of a template that no translator will ever see."""

    SPOKEN = ("alt", "title", "placeholder", "aria-label", "aria-description", "content")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        for name, value in attrs:
            if name in self.SPOKEN and not (tag == "meta" and self.is_for_machines(dict(attrs))):
                self.look_at(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, text: str) -> None:
        if not self.silent:
            self.look_at(text)

    def is_for_machines(self, attributes: dict[str, str | None]) -> bool:
        return attributes.get("name") != "description"

    def look_at(self, text: str) -> None:
        self.found += [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in WORDS_THAT_STAY]


def bare_words(template: str) -> list[str]:
    template = re.sub(r"(?s){% blocktrans(late)?\b.*?{% endblocktrans(late)? %}", "", template)
    template = re.sub(r"(?s){% block \w+_(kind|class) %}.*?{% endblock.*?%}", "", template)
    parser = BareWords()
    parser.feed(re.sub(r"(?s){%.*?%}|{{.*?}}", "", template))
    parser.close()
    return parser.found


def test_bare_words_are_found_where_they_hide():
    assert (
        bare_words('<p title="{% translate "Yes" %}">{{ a }} · 5 {% blocktranslate %}b c{% endblocktranslate %}') == []
    )
    assert bare_words('<p title="Hello">{% if a %}there{% endif %}') == ["Hello", "there"]


def test_every_word_of_the_interface_can_be_translated():
    assert {path: words for path, text in templates() if (words := bare_words(text))} == {}


# Data


@pytest.mark.django_db
def test_no_migration_is_waiting_to_be_written():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_migration_can_be_taken_back():
    def parts(operation: Operation) -> Iterator[Operation]:
        yield operation
        for name in ("database_operations", "state_operations"):
            for part in getattr(operation, name, []):
                yield from parts(part)

    one_way = [
        f"{app}.{name}: {part.describe()}"
        for (app, name), migration in MigrationLoader(None, load=True).disk_migrations.items()
        if app in HEIGHT
        for operation in migration.operations
        for part in parts(operation)
        if not part.reversible
    ]
    assert not one_way


# Admin

# What an editor may really throw away: nothing that readers or the log still point to.
MAY_BE_DELETED: set[str] = set()


def our_admins() -> list[admin.ModelAdmin]:
    return [one for model, one in admin.site._registry.items() if model._meta.app_label in HEIGHT]


@pytest.mark.django_db
def test_nobody_deletes_content_in_the_admin():
    request = RequestFactory().get("/admin/")
    request.user = User(is_active=True, is_staff=True, is_superuser=True)
    deletable = {one.model._meta.label for one in our_admins() if one.has_delete_permission(request)}
    assert deletable <= MAY_BE_DELETED


def test_no_list_in_the_admin_writes_past_the_actions():
    assert [one.model._meta.label for one in our_admins() if one.list_editable] == []
