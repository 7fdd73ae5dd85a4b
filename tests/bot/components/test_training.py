"""Training: what it depends on, and what it leaves behind."""

import json

import numpy as np

from bot import vector_cache
from bot.components import train
from bot.components.paths import ROOT


def test_a_model_is_current_until_an_input_changes(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "nlu.yml").write_text("version: '3.1'")
    model = tmp_path / "wegwijs.tar.gz"
    assert not train.is_current(model, data=[data])
    model.write_bytes(b"model")
    (tmp_path / "wegwijs.tar.gz.json").write_text(json.dumps({"inputs": train.digest([data])}))
    assert train.is_current(model, data=[data])
    (data / "nlu.yml").write_text("version: '3.1' # changed")
    assert not train.is_current(model, data=[data])


def test_the_lexicon_and_our_own_code_are_inputs():
    named = {path.name for path in train.inputs([ROOT / "data" / "nlu"], ROOT / "config.yml", ROOT / "domain.yml")}
    assert {"config.yml", "domain.yml", "bot.txt", "programme.txt", "kernel_model.py", "spans.py"} <= named


def test_a_broken_file_stops_training_with_its_name_in_one_line(tmp_path, monkeypatch, capsys):
    broken = tmp_path / "data"
    broken.mkdir()
    (broken / "nlu.yml").write_text('version: "3.1"\nnlu:\n- intent: greet\n  examples: [hoi')
    monkeypatch.setattr(train, "TRAINING_DATA", (broken,))
    monkeypatch.setattr(train.train, "__kwdefaults__", {**train.train.__kwdefaults__, "data": (broken,)})
    monkeypatch.setattr("sys.argv", ["train", "--output", str(tmp_path / "wegwijs.tar.gz")])
    assert train.main() == 1
    said = capsys.readouterr().err
    assert "Training failed" in said
    assert "nlu.yml" in said
    assert not (tmp_path / "wegwijs.tar.gz").exists()


def test_vectors_are_encoded_once_and_survive_a_damaged_file(tmp_path, monkeypatch):
    kept = tmp_path / "vectors.npz"
    texts = ["hoi", "dag", "hoi"]
    first = vector_cache.encode_kept(texts, kept, batch=2)

    def never(_texts):
        raise AssertionError("encoded again")

    with monkeypatch.context() as patched:
        patched.setattr(vector_cache.encoder, "encode", never)
        assert np.array_equal(vector_cache.encode_kept(["dag", "hoi"], kept, batch=2), first[[1, 0]])
    kept.write_bytes(b"damaged")
    assert np.allclose(vector_cache.encode_kept(texts, kept, batch=2), first)
