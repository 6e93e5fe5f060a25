from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = gettext_lazy("Library")

    def ready(self) -> None:
        from accounts.privacy import register
        from articles import documents, privacy, subjects, triggers
        from articles.actions.publishing import SUBJECT
        from notifications.subjects import register as register_subjects
        from search import sources

        sources.register(
            documents.KIND,
            documents=documents.documents,
            readable=documents.readable,
            topic_now=documents.topic_now,
        )
        register("articles", export=privacy.export, erase=privacy.erase)
        post_migrate.connect(triggers.guard_what_readers_have, sender=self, dispatch_uid="articles.guard")
        register_subjects(SUBJECT, find=subjects.find)
