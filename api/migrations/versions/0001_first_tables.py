"""The first tables: conversations, cases, coaches, erasures.

There is no running version before it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "chat_conversation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column(
            "country",
            sa.Enum("NL", "BE", name="country", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "language",
            sa.Enum("nl", "en", name="language", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("language_is_chosen", sa.Boolean(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum("pupil", "parent", name="audience", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("return_code_hash", sa.String(length=64), nullable=True),
        sa.Column(
            "owner",
            sa.Enum("bot", "coach", name="owner", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("owner_version", sa.Integer(), nullable=False),
        sa.Column("coach_id", sa.Uuid(), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("rasa_session", sa.Integer(), nullable=False),
        sa.Column("rasa_session_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("slots", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(owner = 'coach') = (coach_id IS NOT NULL)", name=op.f("ck_chat_conversation_coach_owner_is_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_conversation")),
        sa.UniqueConstraint("return_code_hash", name=op.f("uq_chat_conversation_return_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_chat_conversation_token_hash")),
    )
    op.create_index("ix_chat_conversation_last_message_at", "chat_conversation", ["last_message_at"], unique=False)
    op.create_table(
        "coaches_coach",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("team", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaches_coach")),
        sa.UniqueConstraint("email", name=op.f("uq_coaches_coach_email")),
    )
    op.create_table(
        "handoff_audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=48), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_audit")),
    )
    op.create_index(op.f("ix_handoff_audit_at"), "handoff_audit", ["at"], unique=False)
    op.create_index(op.f("ix_handoff_audit_case_id"), "handoff_audit", ["case_id"], unique=False)
    op.create_table(
        "privacy_erasure",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tracker_gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_privacy_erasure")),
    )
    op.create_index(op.f("ix_privacy_erasure_erased_at"), "privacy_erasure", ["erased_at"], unique=False)
    op.create_table(
        "chat_message",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "author",
            sa.Enum(
                "user", "bot", "coach", "system", name="author", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "language",
            sa.Enum("nl", "en", name="language", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("client_message_id", sa.Uuid(), nullable=True),
        sa.Column("answers_seq", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["chat_conversation.id"],
            name=op.f("fk_chat_message_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_chat_message")),
        sa.UniqueConstraint(
            "conversation_id", "client_message_id", name=op.f("uq_chat_message_conversation_id_client_message_id")
        ),
    )
    op.create_index("ix_chat_message_answered_at", "chat_message", ["answered_at", "sent_at"], unique=False)
    op.create_table(
        "chat_offered_payload",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["chat_conversation.id"],
            name=op.f("fk_chat_offered_payload_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "payload_hash", name=op.f("pk_chat_offered_payload")),
    )
    op.create_table(
        "chat_signal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("message_seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "tier",
            sa.Enum(
                "acute",
                "urgent",
                "concern",
                "information",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("speaker", sa.String(length=16), nullable=False),
        sa.Column("because", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["chat_conversation.id"],
            name=op.f("fk_chat_signal_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_signal")),
    )
    op.create_index("ix_chat_signal_conversation_id", "chat_signal", ["conversation_id"], unique=False)
    op.create_table(
        "chat_state_change",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["chat_conversation.id"],
            name=op.f("fk_chat_state_change_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_chat_state_change")),
    )
    op.create_table(
        "coaches_sign_in",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("coach_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coach_id"], ["coaches_coach.id"], name=op.f("fk_coaches_sign_in_coach_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_coaches_sign_in")),
    )
    op.create_index(op.f("ix_coaches_sign_in_coach_id"), "coaches_sign_in", ["coach_id"], unique=False)
    op.create_table(
        "handoff_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("team", sa.String(length=64), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "signal", "asked_for_person", name="casereason", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "tier",
            sa.Enum(
                "acute",
                "urgent",
                "concern",
                "information",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "claimed",
                "snoozed",
                "closed",
                name="casestatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("coach_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_coach_message_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status <> 'claimed') OR (coach_id IS NOT NULL)", name=op.f("ck_handoff_case_claimed_has_coach")
        ),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_handoff_case_closed_has_time")
        ),
        sa.ForeignKeyConstraint(["coach_id"], ["coaches_coach.id"], name=op.f("fk_handoff_case_coach_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["chat_conversation.id"],
            name=op.f("fk_handoff_case_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_case")),
    )
    op.create_index("ix_handoff_case_queue", "handoff_case", ["team", "status", "due_at"], unique=False)
    op.create_index(
        "uq_handoff_case_running",
        "handoff_case",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("status <> 'closed'"),
        postgresql_where=sa.text("status <> 'closed'"),
    )
    op.create_table(
        "handoff_case_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("coach_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["handoff_case.id"], name=op.f("fk_handoff_case_note_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["coach_id"], ["coaches_coach.id"], name=op.f("fk_handoff_case_note_coach_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_case_note")),
    )
    op.create_index(op.f("ix_handoff_case_note_case_id"), "handoff_case_note", ["case_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_handoff_case_note_case_id"), table_name="handoff_case_note")
    op.drop_table("handoff_case_note")
    op.drop_index(
        "uq_handoff_case_running",
        table_name="handoff_case",
        sqlite_where=sa.text("status <> 'closed'"),
        postgresql_where=sa.text("status <> 'closed'"),
    )
    op.drop_index("ix_handoff_case_queue", table_name="handoff_case")
    op.drop_table("handoff_case")
    op.drop_index(op.f("ix_coaches_sign_in_coach_id"), table_name="coaches_sign_in")
    op.drop_table("coaches_sign_in")
    op.drop_table("chat_state_change")
    op.drop_index("ix_chat_signal_conversation_id", table_name="chat_signal")
    op.drop_table("chat_signal")
    op.drop_table("chat_offered_payload")
    op.drop_index("ix_chat_message_answered_at", table_name="chat_message")
    op.drop_table("chat_message")
    op.drop_index(op.f("ix_privacy_erasure_erased_at"), table_name="privacy_erasure")
    op.drop_table("privacy_erasure")
    op.drop_index(op.f("ix_handoff_audit_case_id"), table_name="handoff_audit")
    op.drop_index(op.f("ix_handoff_audit_at"), table_name="handoff_audit")
    op.drop_table("handoff_audit")
    op.drop_table("coaches_coach")
    op.drop_index("ix_chat_conversation_last_message_at", table_name="chat_conversation")
    op.drop_table("chat_conversation")
