"""The pipelines that ours is compared with are what they are said to be."""

from pathlib import Path

import rasa
import yaml

from bot.components.paths import ROOT

COMPARED = ROOT / "tests" / "pipelines"


def pipeline_of(path: Path) -> list[dict[str, object]]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))["pipeline"]


class TestRasaDefault:
    def test_it_is_what_rasa_gives_when_nothing_is_chosen(self):
        given = Path(rasa.__file__).parent / "engine" / "recipes" / "config_files" / "default_config.yml"
        assert pipeline_of(COMPARED / "rasa_default.yml") == pipeline_of(given)

    def test_with_encoders_it_differs_by_the_encoders_alone(self):
        with_encoders = pipeline_of(COMPARED / "diet_with_encoders.yml")
        added = [one for one in with_encoders if one not in pipeline_of(COMPARED / "rasa_default.yml")]
        assert [one["name"] for one in added] == ["bot.components.sentence_featurizer.SentenceEncoderFeaturizer"]
