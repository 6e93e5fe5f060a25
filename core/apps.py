from django.apps import AppConfig
from django.core.checks import register

from core import checks


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        register(checks.sweeps_exist)
        register(checks.fit_for_the_public, deploy=True)
