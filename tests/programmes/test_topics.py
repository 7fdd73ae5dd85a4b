"""What a sentence is about, by the names, bynames and themes that lie near to it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.encoder import DIMENSIONS, E5, USE
from programmes import topics
from programmes.meaning import Vectors
from programmes.topics import WISHING, Topic, TopicIndex, Voters

CARE, CARS = 0, 1


def direction(*axes: int) -> Vectors:
    row = np.zeros(DIMENSIONS, dtype=np.float32)
    for axis in axes:
        row[E5][axis] = row[USE][axis] = 1.0
    return row


MEANT = {"carer": direction(CARE), "mechanic": direction(CARS), "driver": direction(CARS, 2)} | {
    name: direction(axis) for axis, name in enumerate(("baker", "painter", "farmer"), start=3)
}


@pytest.fixture
def _vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    def kept(texts: Sequence[str], _cache: Path) -> Vectors:
        return np.stack([direction(9) if text in WISHING else MEANT[text] for text in texts])

    monkeypatch.setattr(topics, "kept_vectors", kept)


@pytest.mark.usefixtures("_vectors")
class TestTopicIndex:
    def test_what_lies_nearest_votes_for_its_programmes(self, tmp_path: Path) -> None:
        called = [
            Topic("carer", {"care": 1.0, "nursing": 0.5}),
            Topic("mechanic", {"cars": 1.0}),
            Topic("driver", {"lorries": 1.0}),
        ]
        about = TopicIndex([Voters(called, share=1.0)], cache=tmp_path).about(direction(CARE))

        assert about.shares["care"] == 1.0
        assert about.shares["care"] > about.shares["nursing"] > about.shares["cars"]
        assert about.nearest > 0.3

    def test_a_sharper_vote_leaves_less_to_the_second_nearest(self, tmp_path: Path) -> None:
        called = [Topic(name, {name: 1.0}) for name in MEANT]
        blunt, sharp = (
            TopicIndex([Voters(called, share=1.0, sharpness=power)], cache=tmp_path).about(direction(CARS))
            for power in (1, 8)
        )

        assert blunt.shares["mechanic"] == sharp.shares["mechanic"] == 1.0
        assert sharp.shares["driver"] < blunt.shares["driver"]

    def test_what_is_about_nothing_is_near_to_nothing(self, tmp_path: Path) -> None:
        called = [Topic(name, {name: 1.0}) for name in MEANT]

        assert TopicIndex([Voters(called, share=1.0)], cache=tmp_path).about(direction(9)).nearest < 0.1
