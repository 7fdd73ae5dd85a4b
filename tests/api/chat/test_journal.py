"""The journal: encrypted, found again, and not stopped by a broken file."""

from dataclasses import replace
from uuid import uuid4

import pytest

from api.chat.journal import Entry, Journal

ENTRY = Entry(
    conversation_id=str(uuid4()),
    client_message_id=str(uuid4()),
    text="ik wil niet meer leven",
    language="nl",
    signals=[{"kind": "suicide_acute", "tier": "acute", "score": 1.0, "speaker": "self", "because": "niet meer leven"}],
    reply={"text": "Bel 113", "buttons": [], "cards": [], "sources": []},
    sent_at="2026-11-23T09:00:00+00:00",
)


@pytest.fixture
def journal(settings_for, tmp_path):
    with settings_for("sqlite+aiosqlite://"):
        yield Journal(tmp_path / "journal")


async def test_an_entry_comes_back_as_it_was_written(journal):
    await journal.write(ENTRY)
    assert [entry for _, entry in await journal.waiting()] == [ENTRY]


async def test_nothing_readable_lies_on_the_disk(journal, tmp_path):
    await journal.write(ENTRY)
    files = list((tmp_path / "journal").iterdir())
    assert len(files) == 1
    assert files[0].stat().st_mode & 0o077 == 0
    for secret in (b"leven", b"suicide", ENTRY.conversation_id.encode(), b"113"):
        assert secret not in files[0].read_bytes()
        assert secret.decode() not in files[0].name


async def test_the_same_message_is_found_again(journal):
    from uuid import UUID

    await journal.write(ENTRY)
    assert await journal.find(UUID(ENTRY.conversation_id), UUID(ENTRY.client_message_id)) == ENTRY
    assert await journal.find(UUID(ENTRY.conversation_id), uuid4()) is None


async def test_entries_wait_in_the_order_in_which_they_were_sent(journal):
    later = replace(ENTRY, client_message_id=str(uuid4()), sent_at="2026-11-23T09:00:01+00:00")
    await journal.write(later)
    await journal.write(ENTRY)
    assert [entry for _, entry in await journal.waiting()] == [ENTRY, later]


async def test_a_broken_file_is_set_aside_and_does_not_stop_the_others(journal, tmp_path):
    (tmp_path / "journal" / "20200101-x.entry").write_bytes(b"torn")
    await journal.write(ENTRY)
    assert [entry for _, entry in await journal.waiting()] == [ENTRY]
    assert journal.count() == 1
    assert (tmp_path / "journal" / "20200101-x.broken").exists()


async def test_a_file_that_was_never_finished_is_no_entry(journal, tmp_path):
    (tmp_path / "journal" / "20200101-x.tmp").write_bytes(b"half")
    assert await journal.waiting() == []
