"""A link that opens one result, for a page to print. Only a new table: the running version survives it.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "results_link",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "questionnaire"],
            ["questionnaires_run.conversation_id", "questionnaires_run.questionnaire"],
            name=op.f("fk_results_link_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "questionnaire", name=op.f("pk_results_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_results_link_token_hash")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("results_link")
