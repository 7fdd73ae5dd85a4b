"""The encoder for many texts gives what the one for messages gives."""

import numpy as np

from bot import bulk_encoder, encoder

TEXTS = [
    "hoi",
    "Ik wil iets met dieren doen, maar dan wel in de buurt van Sint-Niklaas…",
    "  two  spaces and a tab\there ",
    "CAFÉ ½ ｆｕｌｌ 👊🏽 日本語",
    "hoi",
    "zin " * 200,
    "",
]


def test_vectors_are_those_of_the_encoder_for_messages():
    many, single = bulk_encoder.encode(TEXTS), encoder.encode(TEXTS)
    for part in (encoder.E5, encoder.USE):
        assert np.all(np.sum(many[:, part] * single[:, part], axis=1) > 0.999)


def test_texts_are_cut_into_as_many_pieces():
    model, (e5, _) = bulk_encoder._model(), encoder._models()
    counts = [len(model.tokenizer.ids("query: " + text, {})) + 2 for text in TEXTS]
    assert counts == [e5.__self__.token_count(text, is_query=True) for text in TEXTS]


def test_nothing_gives_nothing():
    assert bulk_encoder.encode([]).shape == (0, encoder.DIMENSIONS)
