from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = gettext_lazy("Library")

    def ready(self) -> None:
        from accounts.privacy import register
        from articles import documents, privacy
        from search import sources

        sources.register(
            documents.KIND,
            documents=documents.documents,
            readable=documents.readable,
            topic_now=documents.topic_now,
        )
        register("articles", export=privacy.export, erase=privacy.erase)
