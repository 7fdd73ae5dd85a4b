"""Sentence vectors: both languages side by side, and no text that breaks them."""

import threading
import time

import numpy as np
import pytest

from bot import encoder


def cosine(one: str, other: str, part: slice) -> float:
    """How near two texts are for one of the two encoders."""
    rows = encoder.encode([one, other])
    return float(rows[0, part] @ rows[1, part])


@pytest.mark.parametrize("part", [encoder.E5, encoder.USE])
def test_a_sentence_lies_nearer_to_its_translation_than_to_another_subject(part):
    near = cosine("ik wil iets met dieren", "I want to work with animals", part)
    far = cosine("ik wil iets met dieren", "what does the tuition fee cost", part)
    assert near > far + 0.05


def test_both_parts_have_length_one_and_a_place_of_their_own():
    rows = encoder.encode(["hoi", "een wat langere zin over school"])
    assert rows.shape == (2, encoder.DIMENSIONS)
    assert rows.dtype == np.float32
    for part in (encoder.E5, encoder.USE):
        assert np.linalg.norm(rows[:, part], axis=1) == pytest.approx([1, 1], abs=1e-4)


def test_a_text_has_the_same_vector_alone_and_in_a_batch():
    texts = ["hoi", "ik zoek een opleiding", "thanks a lot"]
    together = encoder.encode(texts)
    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-4


@pytest.mark.parametrize("text", ["", " ", "\0", "a\0b", "\ud83d", "😀" * 50, "العربية"])
def test_odd_texts_have_finite_vectors(text):
    assert np.isfinite(encoder.encode([text])).all()


def test_what_follows_a_nul_is_read():
    assert cosine("hoi\0ik zoek een opleiding", "ik zoek een opleiding", encoder.E5) > 0.9


def test_nothing_in_gives_nothing_out():
    assert encoder.encode([]).shape == (0, encoder.DIMENSIONS)


def test_a_long_message_takes_no_longer_than_a_middling_one_and_keeps_its_end():
    long = "bla " * 500 + "ik wil stoppen met mijn opleiding verpleegkunde"
    started = time.process_time()
    row = encoder.encode([long])
    assert time.process_time() - started < 2.0
    assert not np.allclose(row, encoder.encode(["bla " * 500]), atol=1e-3)


def test_threads_do_not_disturb_each_other():
    texts = [f"zin nummer {at} over school" for at in range(6)]
    alone = encoder.encode(texts)
    found: dict[int, np.ndarray] = {}

    def work(at: int) -> None:
        found[at] = encoder.encode([texts[at]])[0]

    threads = [threading.Thread(target=work, args=(at,)) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.abs(np.vstack([found[at] for at in range(6)]) - alone).max() < 1e-4
