"""Fills in the interests of programmes that no occupation surely stands for, as a table that can be imported."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.clock import now
from core.settings import get_settings
from programmes.catalogue import Catalogue, open_catalogue
from programmes.interest_estimates import Estimator
from programmes.interests import INTERESTS
from programmes.models import ESTIMATED, InterestProfile

SOURCE = "onet-29-3"


def write_estimates(path: Path) -> int:
    """Write all interest profiles of the catalogue that serves, with an estimate for each programme without one.

    Earlier estimates are made anew.

    Returns:
        How many were estimated.
    """
    settings = get_settings()
    catalogue = open_catalogue(settings.catalogue_address)
    estimator = Estimator(catalogue, cache=settings.data_dir)
    known = [_known(row) for row in catalogue.interests.values() if not row.is_estimated]
    estimated = list(_estimated(catalogue, estimator))
    rows = sorted(known + estimated, key=lambda row: (row["kind"], row["of_id"]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(estimated)


def _known(row: InterestProfile) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "of_id": row.of_id,
        **{name: f"{getattr(row, name):g}" for name in INTERESTS},
        "occupations": "|".join(row.occupations),
        "joined_by": row.joined_by,
        "confidence": row.confidence,
        "source": row.source_id,
        "checked_on": row.checked_on,
        "verified": "yes" if row.is_verified else "no",
    }


def _estimated(catalogue: Catalogue, estimator: Estimator) -> Iterator[dict[str, Any]]:
    for id, programme in catalogue.programmes.items():
        profile = catalogue.interests.get(("programme", id))
        if profile is not None and not profile.is_estimated:
            continue
        guess = estimator.estimate(programme)
        if guess is not None:
            yield {
                "kind": "programme",
                "of_id": id,
                **{name: f"{value:g}" for name, value in zip(INTERESTS, guess.interests, strict=True)},
                "occupations": "|".join(guess.occupations),
                "joined_by": ESTIMATED,
                "confidence": 0,
                "source": SOURCE,
                "checked_on": now().date(),
                "verified": "no",
            }
