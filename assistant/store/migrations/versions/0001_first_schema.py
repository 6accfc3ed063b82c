"""The first schema."""

import sqlalchemy as sa
from alembic import op

from assistant.store.append_only import guards

revision = "0001"
down_revision = None

TEXT = sa.String()
TIME = sa.DateTime(timezone=True)
SECRET = sa.LargeBinary()


def upgrade() -> None:
    _people()
    _records()
    _chat()
    _turns()
    _care()
    _content()
    for table in ("audit", "case_event"):
        for statement in guards(table, op.get_bind().dialect.name):
            op.execute(statement)


def _people() -> None:
    op.create_table(
        "account",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("login", TEXT, unique=True, nullable=False),
        sa.Column("name", SECRET, nullable=False),
        sa.Column("role", TEXT, index=True, nullable=False),
        sa.Column("password_hash", TEXT, nullable=False),
        sa.Column("lang", TEXT, nullable=False),
        sa.Column("lang_chosen", sa.Boolean(), nullable=False),
        sa.Column("patient_id", TEXT, index=True, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("locked_until", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_hash", TEXT, primary_key=True),
        sa.Column("account_id", TEXT, sa.ForeignKey("account.id"), index=True, nullable=False),
        sa.Column("csrf", TEXT, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME, nullable=True),
    )


def _records() -> None:
    op.create_table(
        "patient",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("demographics", SECRET, nullable=False),
        sa.Column("imported_at", TIME, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
    )
    op.create_table(
        "fhir_resource",
        sa.Column("patient_id", TEXT, sa.ForeignKey("patient.id"), primary_key=True),
        sa.Column("kind", TEXT, primary_key=True),
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("body", SECRET, nullable=False),
    )


def _chat() -> None:
    op.create_table(
        "chat_thread",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("account_id", TEXT, sa.ForeignKey("account.id"), index=True, nullable=True),
        sa.Column("title", SECRET, nullable=True),
        sa.Column("meta", sa.JSON(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("deleted_at", TIME, nullable=True),
    )
    op.create_table(
        "chat_message",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("thread_id", TEXT, index=True, nullable=False),
        sa.Column("parent_id", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("author", TEXT, nullable=False),
        sa.Column("body", SECRET, nullable=False),
        sa.Column("meta", SECRET, nullable=False),
        sa.Column("is_error", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Index("ix_message_thread_created", "thread_id", "created_at"),
    )
    op.create_table(
        "chat_element",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("thread_id", TEXT, index=True, nullable=False),
        sa.Column("message_id", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("display", TEXT, nullable=False),
        sa.Column("props", SECRET, nullable=False),
    )
    op.create_table(
        "chat_feedback",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("message_id", TEXT, unique=True, nullable=False),
        sa.Column("account_id", TEXT, nullable=True),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("comment", SECRET, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
    )


def _turns() -> None:
    op.create_table(
        "turn",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("thread_id", TEXT, index=True, nullable=False),
        sa.Column("patient_id", TEXT, index=True, nullable=True),
        sa.Column("outcome", TEXT, index=True, nullable=False),
        sa.Column("urgency", TEXT, nullable=False),
        sa.Column("rule", TEXT, nullable=True),
        sa.Column("intent", TEXT, nullable=True),
        sa.Column("lang", TEXT, nullable=False),
        sa.Column("model", TEXT, nullable=True),
        sa.Column("text", SECRET, nullable=False),
        sa.Column("reply", SECRET, nullable=False),
        sa.Column("lineage", SECRET, nullable=False),
        sa.Column("total_ms", sa.Float(), nullable=False),
        sa.Column("created_at", TIME, index=True, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", TEXT, nullable=False),
        sa.Column("hash", TEXT, unique=True, nullable=False),
    )


def _care() -> None:
    op.create_table(
        "care_case",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("thread_id", TEXT, index=True, nullable=False),
        sa.Column("turn_id", TEXT, unique=True, nullable=False),
        sa.Column("patient_id", TEXT, index=True, nullable=True),
        sa.Column("account_id", TEXT, nullable=True),
        sa.Column("urgency", TEXT, nullable=False),
        sa.Column("rank", sa.Integer(), index=True, nullable=False),
        sa.Column("category", TEXT, nullable=False),
        sa.Column("rule", TEXT, nullable=True),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("lang", TEXT, nullable=False),
        sa.Column("words", SECRET, nullable=False),
        sa.Column("translation", SECRET, nullable=True),
        sa.Column("evidence", SECRET, nullable=False),
        sa.Column("status", TEXT, index=True, nullable=False),
        sa.Column("assignee_id", TEXT, index=True, nullable=True),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "case_event",
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("case_id", TEXT, sa.ForeignKey("care_case.id"), index=True, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("note", SECRET, nullable=False),
        sa.Column("at", TIME, nullable=False),
    )
    op.create_table(
        "page",
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("case_id", TEXT, sa.ForeignKey("care_case.id"), index=True, nullable=False),
        sa.Column("target", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
    )


def _content() -> None:
    op.create_table(
        "content_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("path", TEXT, index=True, nullable=False),
        sa.Column("kind", TEXT, index=True, nullable=False),
        sa.Column("content_id", TEXT, index=True, nullable=False),
        sa.Column("lang", TEXT, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("status", TEXT, index=True, nullable=False),
        sa.Column("author", TEXT, nullable=False),
        sa.Column("approver", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("decided_at", TIME, nullable=True),
        sa.UniqueConstraint("path", "number"),
    )
    op.create_table(
        "embedding",
        sa.Column("model", TEXT, primary_key=True),
        sa.Column("digest", TEXT, primary_key=True),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
    )
