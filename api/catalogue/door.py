"""The catalogue of this process: opened once for each address, and again after an import."""

from functools import cache

from programmes.catalogue import Catalogue, CatalogueDoor


def catalogue_at(url: str) -> Catalogue:
    """The newest release. Blocks while it is read: call it in a thread.

    Raises:
        Unavailable: there is none yet.
    """
    return _door(url).catalogue()


@cache
def _door(url: str) -> CatalogueDoor:
    return CatalogueDoor(url)
