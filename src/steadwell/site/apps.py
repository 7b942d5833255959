from django.apps import AppConfig
from django.urls import register_converter


class SiteConfig(AppConfig):
    name = "steadwell.site"
    label = "site"

    def ready(self) -> None:
        from steadwell.common.months import MonthConverter
        from steadwell.site.sign_ins import listen

        register_converter(MonthConverter, "month")
        listen()
