"""Secrets: made on the first run, kept in the data directory, readable by its owner only."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from core.settings import get_settings


def ensure_secrets(data_dir: Path) -> bool:
    """Make the encryption key and the internal secret if they are not set; True when something was made."""
    settings = get_settings()
    missing = {}
    if not settings.encryption_keys.get_secret_value():
        missing["ENCRYPTION_KEYS"] = Fernet.generate_key().decode()
    if not settings.internal_secret.get_secret_value():
        missing["INTERNAL_SECRET"] = secrets.token_urlsafe(32)
    if not missing:
        return False
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "secrets.env"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a") as file:
        file.writelines(f"{name}={value}\n" for name, value in missing.items())
    get_settings.cache_clear()
    return True
