from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from articles import actions, exchange, rules
from core.progress import Progress


class Command(BaseCommand):
    help = (
        "Bring in articles: Markdown files with YAML in front, known by their slug; the same again changes nothing. "
        "Names each file that is refused with the line and the reason, keeps nothing of it, and fails if there is one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--editor", metavar="MAIL", help="in whose name; the first editor there is if not given")
        parser.add_argument(
            "--signed-by",
            metavar="MAIL",
            help="a medical reviewer who read these texts and approves them: what a file calls published is published",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would come of it")

    def handle(self, *, folder: Path, editor: str, signed_by: str, dry_run: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        paths = exchange.article_files(folder)
        if not paths:
            raise CommandError(f"There is no file that ends in .md in {folder}.")
        by, reviewer = self._editor(editor), self._reviewer(signed_by)
        self.stdout.write(f"In the name of {by}." if not dry_run else "Only looking: nothing is kept.")
        found: Counter[str] = Counter()
        outcomes = exchange.bring_in(folder, paths, editor=by, reviewer=reviewer, dry_run=dry_run)
        for outcome in Progress(self.stderr).over(outcomes, total=len(paths), label="Articles"):
            found[outcome.verdict] += 1
            for problem in outcome.problems:
                self.stdout.write(f"{outcome.path.relative_to(folder)}:{problem.line}: {problem.reason}")
        self.stdout.write(f"{found['new']} new, {found['changed']} changed, {found['unchanged']} as they were.")
        if found["refused"]:
            raise CommandError(f"{found['refused']} of {len(paths)} files were refused; nothing of them is kept.")

    def _editor(self, mail: str | None) -> User:
        if mail:
            editor = _who(mail)
        else:
            editor = User.objects.filter(is_active=True, is_editor=True).order_by("pk").first()
            editor = editor or User.objects.filter(is_active=True, is_superuser=True).order_by("pk").first()
        if editor is None:
            raise CommandError("There is no editor yet: make one in the admin, or an administrator with createadmin.")
        if not (ruling := rules.may_edit(editor)):
            raise CommandError(f"{mail}: {ruling.sentence}")
        return editor

    def _reviewer(self, mail: str | None) -> User | None:
        if not mail:
            return None
        reviewer = _who(mail)
        if not reviewer.is_reviewer or actions.credential_of(reviewer) is None:
            raise CommandError(f"{mail} is no medical reviewer with a credential that is in force.")
        return reviewer


def _who(mail: str) -> User:
    try:
        return User.objects.get(email__iexact=mail, is_active=True)
    except User.DoesNotExist:
        raise CommandError(f"Nobody has an account with the address {mail}.") from None
