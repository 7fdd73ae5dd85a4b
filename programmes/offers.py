"""Who offers what where, light enough to be held in memory; a row's details stay in the database."""

from collections.abc import Collection, Iterable

import numpy as np

type Known = tuple[str, str, str | None, str | None]
"""Programme, institution, municipality and mode of an offer."""


class OfferIndex:
    """All offers as four numbers each: 100,000 of them take 1.2 MB."""

    def __init__(self, offers: Iterable[Known]) -> None:
        self._codes: list[dict[str | None, int]] = [{}, {}, {}, {}]
        numbered = [[self._number(column, value) for column, value in enumerate(offer)] for offer in offers]
        self._rows = np.array(numbered, dtype=np.int32).reshape(-1, 4)
        self._names: list[list[str | None]] = [list(codes) for codes in self._codes]

    def _number(self, column: int, value: str | None) -> int:
        return self._codes[column].setdefault(value, len(self._codes[column]))

    def _among(self, column: int, values: Collection[str | None]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Which offers have one of some values."""
        wanted = np.zeros(len(self._names[column]), dtype=bool)
        wanted[[number for value in values if (number := self._codes[column].get(value)) is not None]] = True
        return wanted[self._rows[:, column]]

    def programmes_at(
        self, municipalities: Collection[str], *, without: Collection[str] = (), without_modes: Collection[str] = ()
    ) -> set[str]:
        """The programmes that somebody offers in one of these municipalities.

        Args:
            without: municipalities that were ruled out.
            without_modes: modes that were ruled out.
        """
        there = self._among(2, set(municipalities) - set(without)) & ~self._among(3, without_modes)
        return {str(self._names[0][number]) for number in np.unique(self._rows[there, 0])}

    def schools_of(self, programmes: Collection[str]) -> dict[str, list[str]]:
        """Institution -> those of these programmes that it gives, wherever that is, in their order."""
        found: dict[str, list[str]] = {}
        for programme, institution, _, _ in np.unique(self._rows[self._among(0, programmes)], axis=0):
            found.setdefault(str(self._names[1][institution]), []).append(str(self._names[0][programme]))
        order = {id: at for at, id in enumerate(programmes)}
        return {school: sorted(dict.fromkeys(given), key=order.__getitem__) for school, given in found.items()}
