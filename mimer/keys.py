"""Secrets of an installation: taken from the environment, or made once in the data folder, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def read_or_make_key(data_dir: Path, name: str, variable: str) -> str:
    """The secret `name`: the environment's `variable` if set, else the file `keys/<name>.key`, made on first use."""
    if value := os.environ.get(variable):
        return value
    folder = data_dir / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{name}.key"
    fresh = folder / f".{name}.{os.getpid()}"
    if not path.exists():
        fresh.write_text(secrets.token_urlsafe(48))
        fresh.chmod(0o600)
        try:
            os.link(fresh, path)  # the first of two processes wins, the other reads its key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
