"""Columns that are ciphertext at rest. Keys rotate: the first encrypts, all decrypt."""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from core.errors import Unavailable
from core.settings import get_settings


@lru_cache
def _fernet(keys: str) -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in keys.split(",")])


def cipher() -> MultiFernet:
    """The cipher of this installation.

    Raises:
        Unavailable: no key is set, so that nothing may be stored.
    """
    keys = get_settings().encryption_keys.get_secret_value()
    if not keys:
        raise Unavailable("There is no encryption key.", "Start with `make serve`, or set ENCRYPTION_KEYS.")
    return _fernet(keys)


class Encrypted(TypeDecorator[Any]):
    """Any JSON value, stored as Fernet ciphertext."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        return None if value is None else cipher().encrypt(json.dumps(value, ensure_ascii=False).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Decrypt on the way out."""
        return None if value is None else json.loads(cipher().decrypt(value))
