"""Both models are trained side by side, and what fails is told with how to mend it."""

import os
import sys
import time

import pytest

from cli import training

DUE = "import sys; sys.exit(1) if '--is-current' in sys.argv else None; "


@pytest.fixture
def language(monkeypatch, tmp_path):
    """Lets a script of a line stand for Rasa's training; `--is-current` says that it is due unless the script does."""
    monkeypatch.setattr(training, "export_gazetteer", lambda: None)
    monkeypatch.setattr(training, "_language_log", lambda: tmp_path / "log" / "training.log")

    def use(script: str) -> None:
        monkeypatch.setattr(training, "LANGUAGE", [sys.executable, "-c", script])

    return use


@pytest.fixture
def signals(monkeypatch):
    """Lets a function stand for the training of the signal classifier; keeps what was done."""
    done: list[str] = []

    def use(*, due: bool, train=lambda: None) -> list[str]:
        monkeypatch.setattr(training.signal_training, "is_current", lambda: not due)
        monkeypatch.setattr(training.signal_training, "encode", lambda: done.append("encoded"))
        monkeypatch.setattr(training.signal_training, "train", lambda: (done.append("trained"), train()))
        return done

    return use


class TestTrain:
    def test_what_is_current_is_left_alone(self, language, signals):
        language("pass")
        done = signals(due=False)
        assert not training.train()
        assert done == []

    def test_the_language_model_is_trained_while_the_signals_are(self, language, signals, tmp_path):
        began = tmp_path / "began"
        language(DUE + f"import pathlib; pathlib.Path({str(began)!r}).touch()")
        done = signals(due=True, train=lambda: _wait_for(began))
        assert training.train()
        assert done == ["encoded", "trained"]

    def test_a_failure_of_the_language_model_is_told_by_its_last_word(self, language, signals, capsys):
        language(DUE + "print('Training failed: nl/greet.yml, line 3'); sys.exit(2)")
        signals(due=False)
        with pytest.raises(SystemExit):
            training.train()
        assert "nl/greet.yml, line 3" in capsys.readouterr().err

    def test_a_failure_of_the_signals_stops_the_other_training(self, language, signals, tmp_path, capsys):
        process = tmp_path / "process"
        draft = str(tmp_path / "draft")
        language(
            DUE + f"import os, pathlib, time; draft = pathlib.Path({draft!r}); draft.write_text(str(os.getpid())); "
            f"draft.rename({str(process)!r}); time.sleep(60)"
        )

        def broken() -> None:
            _wait_for(process)
            raise ValueError("nl.jsonl, line 7")

        signals(due=True, train=broken)
        with pytest.raises(SystemExit):
            training.train()
        assert "nl.jsonl, line 7" in capsys.readouterr().err
        with pytest.raises(ProcessLookupError):
            os.kill(int(process.read_text()), 0)


def _wait_for(path) -> None:
    for _ in range(200):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError("the language model did not begin")
