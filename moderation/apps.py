from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from accounts import privacy as people
        from moderation import alerts, checks, letters, privacy, quarantine, reports, statements, triggers
        from notifications.subjects import register as register_subjects

        register_subjects("decision", find=statements.subjects)
        people.register("moderation", export=privacy.export, erase=privacy.erase)
        register_subjects(reports.SUBJECT, find=reports.find)
        register_subjects(quarantine.SUBJECT, find=quarantine.find)
        register_subjects(letters.SUBJECT, find=letters.find)
        register_subjects(alerts.SUBJECT, find=alerts.find)
        register(checks.support_lines_are_checked)
        post_migrate.connect(triggers.guard_the_log, sender=self, dispatch_uid="moderation.guard_the_log")
