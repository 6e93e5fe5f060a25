from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "uploads"

    def ready(self) -> None:
        from accounts import privacy as people
        from uploads import privacy

        people.register("uploads", export=privacy.export, erase=privacy.erase)
