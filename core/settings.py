"""Settings, read once from the environment; secrets come from the file that the first run generates."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: code, shipped data and texts are found from here, not from the working directory."""

DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / "var")
"""Known before the settings are read, because the secrets among them lie there."""


class Settings(BaseSettings):
    """All that an operator can set. Each is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(env_file=(DATA_DIR / "secrets.env", ROOT / ".env"), extra="ignore")

    data_dir: Path = Field(DATA_DIR, description="Where databases, secrets, journal and gazetteer live")
    database_url: str = Field("", description="Conversations; empty means SQLite in DATA_DIR")
    catalogue_url: str = Field("", description="Catalogue; empty means SQLite in DATA_DIR")
    tracker_url: str = Field("", description="Rasa's tracker; empty means SQLite in DATA_DIR")
    host: str = Field("127.0.0.1", description="Address that the public door binds")
    port: int = Field(8000, ge=1024, le=65000, description="Public port; three more follow it, on loopback")
    public_url: str = Field("", description="Address that visitors see; empty means http://HOST:PORT")
    sites_file: Path = Field(ROOT / "api" / "sites" / "sites.yml", description="The schools")
    rasa_urls: Annotated[list[str], NoDecode] = Field([], description="Rasa replicas, comma-separated")
    rasa_timeout_s: float = Field(3.0, gt=0, description="Seconds of silence after which the visitor is told")
    encryption_keys: SecretStr = Field(SecretStr(""), description="Fernet keys, comma-separated, newest first")
    internal_secret: SecretStr = Field(SecretStr(""), description="Shared by api, rasa and actions on loopback")
    cookie_secure: bool = Field(False, description="True behind HTTPS: the coach's cookie then never travels in clear")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("rasa_urls", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @property
    def operations_port(self) -> int:
        """Loopback only: health of each dependency and metrics."""
        return self.port + 1

    @property
    def rasa_port(self) -> int:
        """Loopback only: the Rasa process."""
        return self.port + 2

    @property
    def actions_port(self) -> int:
        """Loopback only: the action server."""
        return self.port + 3

    @property
    def conversations_url(self) -> str:
        """SQLAlchemy address of the conversations database, with its async driver."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'conversations.db'}"

    @property
    def catalogue_address(self) -> str:
        """SQLAlchemy address of the catalogue, with its blocking driver."""
        return self.catalogue_url or f"sqlite:///{self.data_dir / 'catalogue.db'}"

    @property
    def tracker_address(self) -> str:
        """SQLAlchemy 1.4 address of Rasa's tracker store."""
        return self.tracker_url or f"sqlite:///{self.data_dir / 'tracker.db'}"

    @property
    def rasa_addresses(self) -> list[str]:
        """Base addresses of the Rasa replicas."""
        return self.rasa_urls or [f"http://127.0.0.1:{self.rasa_port}"]

    @property
    def address(self) -> str:
        """What a visitor types."""
        return self.public_url or f"http://{self.host}:{self.port}"


@lru_cache
def get_settings() -> Settings:
    """The settings of this process."""
    return Settings()
