"""The second detector, and how both vote: on a small model of invented vectors, so that every number is in sight."""

import numpy as np
import pytest

from bot.encoder import DIMENSIONS
from bot.signals import classifier, examples, screening, training
from bot.signals.classifier import Classifier, Reading, fit
from bot.signals.examples import Labelled
from bot.signals.signal import Signal
from bot.signals.voting import ENOUGH, UNLIKE, vote

RISK = (("suicide_acute", "acute", "self"),)
FRIEND = (("bullying", "concern", "friend"),)


def vectors(count: int, towards: int) -> np.ndarray:
    """Vectors that lie near one direction."""
    rng = np.random.default_rng(towards)
    rows = rng.normal(0, 0.02, size=(count, DIMENSIONS)).astype(np.float32)
    rows[:, towards] += 1
    rows[:, 400 + towards] += 1
    return rows


@pytest.fixture(scope="module")
def small() -> Classifier:
    """Ten acute messages, ten about a friend, and ten ordinary ones."""
    labelled = [
        *(Labelled(f"acute {n}", RISK) for n in range(10)),
        *(Labelled(f"friend {n}", FRIEND) for n in range(10)),
        *(Labelled(f"ordinary {n}") for n in range(10)),
    ]
    return fit(np.vstack([vectors(10, 1), vectors(10, 2), vectors(10, 3)]), labelled)


def reading(*, acute: float = -1, urgent: float = -1, concern: float = -1, **kinds: float) -> Reading:
    levels = {"acute": acute, "urgent": urgent, "concern": concern}
    return Reading(levels, {"bullying": -1.0, "truancy": -1.0, **kinds}, "self", "an example")


class TestClassifier:
    def test_what_is_like_an_acute_example_is_acute(self, small):
        read = small.read(vectors(1, 1)[0])
        assert read.at_least["acute"] > ENOUGH["acute"]
        assert max(read.kinds, key=read.kinds.__getitem__) == "suicide_acute"
        assert read.nearest.startswith("acute")

    def test_a_tier_holds_for_all_below_it(self, small):
        read = small.read(vectors(1, 1)[0])
        assert read.at_least["concern"] > ENOUGH["concern"]
        assert small.read(vectors(1, 2)[0]).at_least["acute"] < ENOUGH["acute"]

    def test_it_hears_who_it_is_about(self, small):
        assert small.read(vectors(1, 2)[0]).speaker == "friend"
        assert small.read(vectors(1, 1)[0]).speaker == "self"

    def test_what_is_like_an_ordinary_question_worries_nobody(self, small):
        assert max(small.read(vectors(1, 3)[0]).at_least.values()) < min(ENOUGH.values())

    def test_it_reads_the_same_after_it_was_kept(self, small, tmp_path):
        small.save(tmp_path / "signals.npz")
        kept = Classifier.load(tmp_path / "signals.npz")
        one, other = small.read(vectors(1, 1)[0]), kept.read(vectors(1, 1)[0])
        assert other.kinds == pytest.approx(one.kinds, abs=0.01)
        assert other.nearest == one.nearest

    def test_a_large_system_is_solved_as_a_small_one(self, monkeypatch):
        rows = vectors(40, 1)
        matrix = rows @ rows.T + np.eye(40, dtype=np.float32)
        right = rows[:, :3]
        whole = classifier._solve(matrix, right)
        monkeypatch.setattr(classifier, "LARGEST", 10)
        assert np.allclose(classifier._solve(matrix, right), whole, atol=1e-4)


class TestVote:
    def test_the_classifier_alone_may_raise_an_alarm(self):
        [signal] = vote([], reading(acute=0.5, urgent=0.6, concern=0.7, bullying=0.4))
        assert (signal.kind, signal.tier, signal.because) == ("bullying", "acute", "≈ an example")

    def test_a_pattern_alone_may_raise_an_alarm(self):
        found = Signal("truancy", "concern", 0.8, "self", "spijbel")
        assert vote([found], reading(concern=ENOUGH["concern"] - 0.1)) == [found]

    def test_a_wording_with_another_reading_falls_when_nothing_is_like_it(self):
        found = Signal("truancy", "concern", 0.8, "self", "skip")
        assert vote([found], reading(concern=UNLIKE - 0.1)) == []

    def test_a_plain_statement_stands_whatever_it_is_like(self):
        found = Signal("suicide_acute", "acute", 0.95, "self", "...")
        assert vote([found], reading(concern=-2)) == [found]

    def test_the_higher_tier_wins_and_the_childs_own_words_stay(self):
        found = Signal("bullying", "concern", 0.8, "friend", "ze pesten haar")
        [signal] = vote([found], reading(urgent=0.5, concern=0.6, bullying=0.5))
        assert (signal.tier, signal.speaker, signal.because) == ("urgent", "friend", "ze pesten haar")


class TestWithout:
    def test_the_patterns_stand_alone_when_there_is_no_classifier(self, monkeypatch):
        monkeypatch.setattr(screening, "_classifier", lambda: None)
        found = [Signal("truancy", "concern", 0.8, "self", "spijbel")]
        assert screening.reconsider(found, vectors(1, 1)[0]) == found

    def test_a_damaged_file_is_no_classifier(self, tmp_path):
        assert training.load(tmp_path / "none.npz") is None
        (tmp_path / "bad.json").write_text("{}")
        (tmp_path / "bad.npz").write_bytes(b"no arrays")
        assert training.load(tmp_path / "bad.npz") is None


class TestExamples:
    def test_they_name_known_kinds_and_are_many_in_both_languages(self):
        marked = list(examples.with_signals())
        known = set(screening._books()["nl"].kinds)
        assert {kind for one in marked for kind, _, _ in one.signals} <= known
        assert len(marked) > 5000
        assert sum(not one.signals for one in marked) > 0.4 * len(marked)
