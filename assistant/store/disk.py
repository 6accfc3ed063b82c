"""Files that are on the disk when the call returns."""

import os
from pathlib import Path


def write_durably(path: Path, data: bytes) -> None:
    """All or nothing, readable by the owner alone.

    The name appears after the content is on disk, and is itself on disk when this returns. Raises `OSError`.
    """
    unfinished = path.with_suffix(".part")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
