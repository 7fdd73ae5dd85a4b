"""Tokens and return codes."""

import re

import pytest

from api.chat.keys import is_same, new_return_code, new_token, return_code_hash, token_hash


def test_tokens_differ_and_are_kept_as_a_hash_only():
    first, second = new_token(), new_token()
    assert first != second
    assert first not in token_hash(first)
    assert is_same(token_hash(first), token_hash(first))
    assert not is_same(token_hash(first), token_hash(second))


def test_a_return_code_is_three_words_that_can_be_said_aloud():
    assert re.fullmatch(r"([b-z][aiou][b-z][aiou][b-z]-?){3}", new_return_code())


@pytest.mark.parametrize(
    "typed", ["LUSAB tofim gadur", " lusab-tofim-gadur ", "lusabtofimgadur", "Lusab – Tofim, Gadur."]
)
async def test_how_a_code_is_typed_makes_no_difference(typed):
    assert await return_code_hash(typed) == await return_code_hash("lusab-tofim-gadur")


async def test_another_code_is_another_hash():
    assert await return_code_hash("lusab-tofim-gadur") != await return_code_hash("lusab-tofim-gadul")
