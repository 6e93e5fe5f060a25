from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import privacy

        privacy.register("accounts", export=privacy.export, erase=privacy.erase)
