from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from accounts import privacy as people
        from notifications import privacy

        people.register("notifications", export=privacy.export, erase=privacy.erase)
