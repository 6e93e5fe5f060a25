from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from accounts import privacy as people
        from moderation import privacy, triggers

        people.register("moderation", export=privacy.export, erase=privacy.erase)
        post_migrate.connect(triggers.guard_the_log, sender=self, dispatch_uid="moderation.guard_the_log")
