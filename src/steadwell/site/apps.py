from django.apps import AppConfig
from django.urls import register_converter


class SiteConfig(AppConfig):
    name = "steadwell.site"
    label = "site"

    def ready(self) -> None:
        from steadwell.common.months import MonthConverter

        register_converter(MonthConverter, "month")
