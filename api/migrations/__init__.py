"""Brings the conversations database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import URL, make_url

HERE = Path(__file__).parent


def blocking_url(url: str) -> URL:
    """The same database through a driver that blocks, which is what Alembic speaks."""
    address = make_url(url)
    return address.set(drivername="sqlite") if address.get_backend_name() == "sqlite" else address


def configuration(url: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["url"] = blocking_url(url)
    return config


def upgrade(url: str) -> None:
    """Create or update all tables; does nothing when they are up to date. Replicas may call it at once."""
    command.upgrade(configuration(url), "head")


def downgrade(url: str, revision: str) -> None:
    """Go back to an earlier schema; `base` takes all tables away."""
    command.downgrade(configuration(url), revision)
