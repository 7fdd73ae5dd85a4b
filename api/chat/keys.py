"""The two keys to a conversation: the panel's token, and the return code that a person can write down."""

import asyncio
import hmac
import re
import secrets
from hashlib import scrypt, sha256

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
CHUNKS = 3
"""Three words of five sounds, 16 bits each: `lusab-tofim-gadur`. Made of sounds, it belongs to neither language."""

SALT = b"wegwijs.return-code"
"""One salt for all: the code itself must find its row. scrypt makes 48 bits too dear to search offline."""


def new_token() -> str:
    """A token of 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def is_same(left: str, right: str) -> bool:
    """Compare two hashes without telling by the time it takes."""
    return hmac.compare_digest(left, right)


def new_return_code() -> str:
    """A code that can be read out and typed on a phone."""
    pattern = (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS)
    return "-".join("".join(secrets.choice(sounds) for sounds in pattern) for _ in range(CHUNKS))


async def return_code_hash(code: str) -> str:
    """What is kept of a return code; capitals, spaces and dashes make no difference. Takes about 50 ms."""
    plain = re.sub(r"[\W_]+", "", code).lower().encode()
    digest = await asyncio.to_thread(scrypt, plain, salt=SALT, n=2**14, r=8, p=1, dklen=32)
    return digest.hex()
