"""The catalogue of this process."""

from functools import lru_cache

from core.settings import get_settings
from programmes.catalogue import Catalogue, CatalogueDoor


@lru_cache(maxsize=1)
def _door() -> CatalogueDoor:
    return CatalogueDoor(get_settings().catalogue_address)


def catalogue() -> Catalogue:
    """The newest catalogue. Blocks while it is read: call it in a thread.

    Raises:
        Unavailable: there is none yet.
    """
    return _door().catalogue()
