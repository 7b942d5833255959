"""Whether a folder lies on an encrypted volume, as far as Linux lets an ordinary user see it."""

import os
from pathlib import Path

SYSTEM = Path("/sys")


def device_encryption(folder: Path, *, system: Path = SYSTEM) -> bool:
    """True where the device below `folder`, or one that it is made of, is a dm-crypt mapping.

    False also where it cannot be seen (a container's overlay, a network share): what nobody has
    seen is not promised.
    """
    device = os.stat(folder).st_dev
    return _is_encrypted(system / "dev" / "block" / f"{os.major(device)}:{os.minor(device)}")


def _is_encrypted(block: Path) -> bool:
    uuid = block / "dm" / "uuid"
    if uuid.exists() and uuid.read_text().startswith("CRYPT-"):
        return True
    below = block / "slaves"
    return below.is_dir() and any(_is_encrypted(each) for each in below.iterdir())
