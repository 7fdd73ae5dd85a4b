"""The second detector, and how both vote: on a small model of invented vectors, so that every number is in sight."""

import numpy as np
import pytest

from bot.encoder import DIMENSIONS
from bot.signals import examples, screening, training
from bot.signals.classifier import Classifier, Reading, fit
from bot.signals.examples import Labelled
from bot.signals.signal import Signal
from bot.signals.voting import ENOUGH, ENOUGH_IN_WORDS, NOT_GRAVE, SURELY_UNLIKE, UNLIKE, vote

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
        *(Labelled(f"ik spring {n}", RISK) for n in range(10)),
        *(Labelled(f"ze pesten haar {n}", FRIEND) for n in range(10)),
        *(Labelled(f"welke opleiding {n}", is_ordinary=True) for n in range(10)),
    ]
    return fit(np.vstack([vectors(10, 1), vectors(10, 2), vectors(10, 3)]), labelled)


def reading(
    *,
    acute: float = -1,
    urgent: float = -1,
    concern: float = -1,
    nearest: str | None = "an example",
    standing: dict[str, float] | None = None,
    **kinds: float,
) -> Reading:
    levels = {"acute": acute, "urgent": urgent, "concern": concern}
    tiers = {
        "bullying": ["concern", "urgent", "acute"],
        "truancy": ["concern"],
        "suicide_ideation": ["urgent"],
        "suicide_acute": ["acute"],
    }
    scores = dict.fromkeys(tiers, -1.0) | kinds
    stands = scores | (standing or {})
    return Reading(levels, scores, stands, "self", nearest, {"bullying": "ze pesten"}, tiers)


class TestClassifier:
    def test_what_is_like_an_acute_example_is_acute(self, small):
        read = small.read("ik spring", vectors(1, 1)[0])
        assert read.at_least["acute"] > ENOUGH["acute"]
        assert max(read.kinds, key=read.kinds.__getitem__) == "suicide_acute"
        assert read.nearest is not None
        assert read.nearest.startswith("ik spring")
        assert read.words["suicide_acute"] in {"ik", "spring", "ik spring"}

    def test_a_tier_holds_for_all_below_it(self, small):
        assert small.read("ik spring", vectors(1, 1)[0]).at_least["concern"] > ENOUGH["concern"]
        assert small.read("ze pesten haar", vectors(1, 2)[0]).at_least["acute"] < ENOUGH["acute"]

    def test_it_hears_who_it_is_about(self, small):
        assert small.read("ze pesten haar", vectors(1, 2)[0]).speaker == "friend"
        assert small.read("ik spring", vectors(1, 1)[0]).speaker == "self"

    def test_what_is_like_an_ordinary_question_worries_nobody(self, small):
        assert max(small.read("welke opleiding", vectors(1, 3)[0]).at_least.values()) < min(ENOUGH.values())

    def test_the_words_alone_are_read_without_an_encoder(self, small):
        read = small.read("ik spring", None)
        assert read.at_least["acute"] > 0
        assert read.nearest is None
        assert small.read("welke opleiding", None).at_least["concern"] < 0

    def test_words_and_meaning_weigh_the_same(self, small):
        words, both = small.read("ik spring", None), small.read("ik spring", vectors(1, 3)[0])
        other = small.read("", vectors(1, 3)[0]).at_least["acute"] * 2 - small.read("", None).at_least["acute"]
        assert both.at_least["acute"] == pytest.approx((words.at_least["acute"] + other) / 2, abs=1e-4)

    def test_an_empty_message_can_be_read(self, small):
        assert small.read("", None).words["bullying"] == ""

    def test_it_knows_the_tiers_of_each_kind(self, small):
        assert small.tiers == {"suicide_acute": ["acute"], "bullying": ["concern"]}

    def test_it_reads_the_same_after_it_was_kept(self, small, tmp_path):
        small.save(tmp_path / "signals.npz")
        kept = Classifier.load(tmp_path / "signals.npz")
        one, other = (made.read("ik spring", vectors(1, 1)[0]) for made in (small, kept))
        assert other.kinds == pytest.approx(one.kinds, abs=0.01)
        assert other.standing == pytest.approx(one.standing, abs=0.05)
        assert (other.nearest, other.words, other.tiers) == (one.nearest, one.words, one.tiers)


class TestVote:
    def test_the_classifier_alone_may_raise_an_alarm(self):
        [signal] = vote([], reading(acute=0.5, urgent=0.6, concern=0.7, bullying=0.4))
        assert (signal.kind, signal.tier, signal.because) == ("bullying", "acute", "ze pesten ≈ an example")

    def test_without_an_encoder_the_words_alone_must_be_surer(self):
        unsure = ENOUGH_IN_WORDS["acute"] - 0.01
        assert vote([], reading(acute=unsure, nearest=None)) == []
        [signal] = vote([], reading(acute=ENOUGH_IN_WORDS["acute"] + 0.01, nearest=None, bullying=0.1))
        assert (signal.tier, signal.because) == ("acute", "ze pesten")

    def test_a_kind_beside_the_gravest_keeps_its_own_tier(self):
        voted = vote([], reading(acute=0.9, urgent=0.9, concern=0.9, suicide_acute=0.9, truancy=0.5))
        assert {one.kind: one.tier for one in voted} == {"suicide_acute": "acute", "truancy": "concern"}

    def test_a_message_is_as_pressing_as_a_kind_that_can_be(self):
        [signal] = vote([], reading(acute=0.9, urgent=0.9, concern=0.9, suicide_ideation=-0.1, suicide_acute=-0.2))
        assert signal.kind == "suicide_acute"

    def test_the_kind_of_a_concern_is_the_one_that_stands_out(self):
        stands = {"truancy": 2.0, "bullying": 1.0}
        [signal] = vote([], reading(concern=0.5, bullying=-0.2, truancy=-0.5, standing=stands))
        assert (signal.kind, signal.tier) == ("truancy", "concern")

    def test_a_concern_that_sounds_urgent_keeps_its_kind_beside(self):
        stands = {"truancy": 2.0, "bullying": 1.0}
        voted = vote([], reading(urgent=0.2, concern=0.5, bullying=-0.2, truancy=-0.5, standing=stands))
        assert {one.kind: one.tier for one in voted} == {"bullying": "urgent", "truancy": "concern"}

    def test_a_pattern_alone_may_raise_an_alarm(self):
        found = Signal("truancy", "concern", 0.8, "self", "spijbel")
        assert vote([found], reading(concern=ENOUGH["concern"] - 0.1)) == [found]

    def test_a_wording_with_another_reading_falls_when_nothing_is_like_it(self):
        found = Signal("truancy", "concern", 0.8, "self", "skip")
        assert vote([found], reading(concern=UNLIKE - 0.1)) == []

    def test_a_plain_statement_stands_although_little_is_like_it(self):
        found = Signal("suicide_acute", "acute", 0.95, "self", "...")
        assert vote([found], reading(urgent=NOT_GRAVE + 0.01, concern=SURELY_UNLIKE + 0.01)) == [found]

    def test_what_is_not_like_anything_urgent_is_a_concern_and_no_more(self):
        found = Signal("suicide_acute", "acute", 0.95, "self", "...")
        [signal] = vote([found], reading(urgent=NOT_GRAVE - 0.01, concern=SURELY_UNLIKE + 0.01))
        assert (signal.tier, signal.because) == ("concern", "...")

    def test_a_plain_statement_falls_when_all_else_says_that_it_is_harmless(self):
        found = Signal("suicide_acute", "acute", 0.95, "self", "...")
        assert vote([found], reading(concern=SURELY_UNLIKE - 0.01)) == []

    def test_the_higher_tier_wins_and_the_childs_own_words_stay(self):
        found = Signal("bullying", "concern", 0.8, "friend", "ze pesten haar")
        [signal] = vote([found], reading(urgent=0.5, concern=0.6, bullying=0.5))
        assert (signal.tier, signal.speaker, signal.because) == ("urgent", "friend", "ze pesten haar")


class TestWithout:
    def test_the_patterns_stand_alone_when_there_is_no_classifier(self, monkeypatch):
        monkeypatch.setattr(screening, "_classifier", lambda: None)
        found = screening.by_patterns("ik spijbel al twee weken")
        assert found
        assert screening.screen("ik spijbel al twee weken") == found
        assert screening.reconsider("ik spijbel al twee weken", vectors(1, 1)[0]) == found

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
