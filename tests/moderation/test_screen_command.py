"""`manage.py screen`: anyone measures what the screeners hold."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def screen(file) -> list[dict]:
    out = io.StringIO()
    call_command("screen", str(file), stdout=out, stderr=io.StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_texts_come_back_in_order_with_what_was_found(tmp_path):
    file = tmp_path / "texts.jsonl"
    texts = [
        {"kind": "question", "title": "Tonight", "body": "I want to die.", "trust": "basic", "id": 7},
        {"kind": "answer", "body": "If you ever feel like ending your life, ring 116 123.", "trust": "basic"},
        {"title": "Does it pass?", "body": "My foot itches."},
    ]
    file.write_text("\n\n".join(map(json.dumps, texts)))
    grave, kind, first = screen(file)
    assert grave == texts[0] | {
        "decision": "hold",
        "findings": [{"rule": "self_harm", "level": 5, "spans": [[10, 21]]}],
    }
    assert kind == texts[1] | {"decision": "publish", "findings": []}
    assert first["decision"] == "hold" and [one["rule"] for one in first["findings"]] == ["first_post"]


def test_what_is_piped_in_is_read(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO('{"body": "I can not breathe", "trust": "trusted"}\n'))
    assert [found["rule"] for found in screen("-")[0]["findings"]] == ["emergency"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "it is no JSON"),
        ("[]", "it is no object such as"),
        ('{"body": 3}', '"body" is no text.'),
        ('{"kind": "poem"}', '"kind" is one of question, answer, comment.'),
        ('{"trust": "great"}', '"trust" is one of new, basic, trusted.'),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_screened(tmp_path, line, sentence):
    file = tmp_path / "texts.jsonl"
    file.write_text(f'{{"body": "It itches."}}\n{line}\n{{"body": "It hurts."}}\n')
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="1 of the lines could not be read"):
        call_command("screen", str(file), stdout=out, stderr=err)
    assert f"Line 2: {sentence}" in err.getvalue()
    assert len(out.getvalue().splitlines()) == 2


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        screen(tmp_path / "nothing.jsonl")
