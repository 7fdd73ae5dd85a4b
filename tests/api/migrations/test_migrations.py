"""Migrations: one head, up and down, no drift from the models, on both engines."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from api.base import Base
from api.migrations import blocking_url, configuration, downgrade, upgrade


def tables(url: str) -> set[str]:
    engine = sa.create_engine(blocking_url(url))
    try:
        return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def test_there_is_one_head():
    script = ScriptDirectory.from_config(configuration("sqlite+aiosqlite://"))
    assert len(script.get_heads()) == 1


def test_all_tables_come_and_go(database_url):
    assert tables(database_url) == set(Base.metadata.tables)
    downgrade(database_url, "base")
    assert tables(database_url) == set()
    upgrade(database_url)
    assert tables(database_url) == set(Base.metadata.tables)


def test_upgrading_twice_changes_nothing(database_url):
    upgrade(database_url)
    assert tables(database_url) == set(Base.metadata.tables)


def test_the_tables_do_not_drift_from_the_models(database_url):
    engine = sa.create_engine(blocking_url(database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_the_checks_bite(database_url):
    engine = sa.create_engine(blocking_url(database_url))
    checks = {check["name"] for check in sa.inspect(engine).get_check_constraints("handoff_case")}
    engine.dispose()
    assert {
        "ck_handoff_case_claimed_has_coach",
        "ck_handoff_case_closed_has_time",
        "ck_handoff_case_casestatus",
    } <= checks
