"""Make sure there is a Chromium for the browser tests, or say in one sentence what to install."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "The browser tests need Chromium. On Debian: apt-get install chromium. "
    "Or name one in STEADWELL_BROWSER. Without it: make test-fast"
)


def find() -> str | None:
    """The browser's path, or None."""
    chosen = os.environ.get("STEADWELL_BROWSER")
    if chosen:
        return shutil.which(chosen)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """With root's rights on Debian, install it; elsewhere there is nothing we may do."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(
            ["apt-get", *arguments], env=environment, stdout=subprocess.DEVNULL, check=False
        )


if __name__ == "__main__":
    if find() is None:
        install()
    path = find()
    if path is None:
        sys.exit(ADVICE)
    print(path)
