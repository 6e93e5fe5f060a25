from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "forum"

    def ready(self) -> None:
        # Models can be imported only now.
        from accounts.privacy import register as register_privacy
        from articles import publishing
        from forum import actions, documents, privacy, subjects
        from forum.models import Answer, Comment, Question
        from notifications.subjects import register as register_subjects
        from search import sources

        sources.register(
            documents.KIND,
            documents=documents.documents,
            readable=documents.readable,
            quotable=documents.quotable,
            welcome=documents.welcome,
        )
        for model in (Question, Answer, Comment):
            register_subjects(model.kind, find=subjects.finder(model))
        register_subjects(subjects.OUTCOME, find=subjects.find_outcomes)
        register_subjects(subjects.PROMPT, find=subjects.find_prompts)
        publishing.register(actions.article_published, actions.article_came_or_went)
        register_privacy("forum", export=privacy.export, erase=privacy.erase)
