from django.apps import AppConfig


class TimekeepingConfig(AppConfig):
    name = "steadwell.timekeeping"
