"""The comparison of pipelines: its arithmetic and its table."""

import pytest
import yaml

from cli.measures import Judged
from tests.compare_pipelines import COLUMNS, CONFIGS, DEFAULT, OURS, Measured, shortened, verdict


def judged(*, is_right: bool, language: str) -> Judged:
    return Judged("greet", None, "greet" if is_right else "thanks", 0.9, False, ["greet"], {"language": language})


class TestVerdict:
    @pytest.mark.parametrize(("ours", "default", "says"), [(0.06, 0.1, "40 % fewer"), (0.07, 0.1, "30 % fewer")])
    def test_it_counts_errors_and_not_accuracy(self, ours, default, says):
        assert verdict(ours, default).startswith(says.replace(" %", "%"))

    def test_just_enough_holds_and_less_does_not(self):
        assert verdict(0.059, 0.1).endswith("40% holds")
        assert verdict(0.061, 0.1).endswith("does not hold")


class TestRow:
    def test_it_has_a_cell_for_each_column_and_both_languages_apart(self):
        messages = [judged(is_right=True, language="nl"), judged(is_right=False, language="en")]
        row = Measured("some_pipeline", messages, p95_ms=40.4, memory_mb=600, cpu_s=90).row()
        assert row.count("|") == len(COLUMNS) + 1
        assert "some pipeline | 50.0%" in row
        assert "100.0% / 0.0%" in row


def test_every_compared_pipeline_is_there():
    assert all(path.exists() for path in CONFIGS.values())


def test_fewer_epochs_are_for_diet_alone():
    shorter = shortened(CONFIGS[DEFAULT].read_text(), 40)

    assert shorter is not None
    assert [part.get("epochs") for part in yaml.safe_load(shorter)["pipeline"] if "epochs" in part] == [40, 100]
    assert shortened(CONFIGS[OURS].read_text(), 40) is None
