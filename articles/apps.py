from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from articles import documents
        from search import sources

        sources.register(documents.KIND, documents=documents.documents, readable=documents.readable)
