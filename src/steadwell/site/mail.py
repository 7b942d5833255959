"""Messages where no mail server is set up: kept in files, for whoever runs the server to hand on."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend


class KeptMail(EmailBackend):
    """One file a process and day of start, in a directory that only its owner can open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        where = Path(settings.EMAIL_FILE_PATH)
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        where.chmod(0o700)  # also where it was there before
        super().__init__(*args, **kwargs)
