"""The tables. Columns that hold words of or about a patient are encrypted; times are UTC; status rows only grow."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from assistant.store.columns import EncryptedJson, EncryptedText, UtcTime
from assistant.store.ids import new_id


def _now() -> datetime:
    return datetime.now(UTC)


def _at(**extra: Any) -> Any:
    return Field(default_factory=_now, sa_type=UtcTime, **extra)


class Account(SQLModel, table=True):
    """Somebody who can sign in. `role`: patient, nurse, editor, approver, admin or auditor."""

    id: str = Field(default_factory=new_id, primary_key=True)
    login: str = Field(unique=True)
    name: str = Field(sa_type=EncryptedText)
    role: str = Field(index=True)
    password_hash: str
    lang: str = "en"
    lang_chosen: bool = False
    patient_id: str | None = Field(default=None, index=True)
    active: bool = True
    failed: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=UtcTime)
    created_at: datetime = _at()


class SignIn(SQLModel, table=True):
    """A revocable session; only the SHA-256 of its token is kept."""

    __tablename__ = "sign_in"
    token_hash: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    csrf: str
    created_at: datetime = _at()
    expires_at: datetime = Field(sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Patient(SQLModel, table=True):
    """The person whose record it is. `demographics`: the chart's `Person` as JSON."""

    id: str = Field(primary_key=True)
    demographics: dict[str, Any] = Field(sa_column=Column(EncryptedJson, nullable=False))
    imported_at: datetime = _at()
    revision: int = 1


class Resource(SQLModel, table=True):
    """One FHIR R4 resource as imported."""

    __tablename__ = "fhir_resource"
    patient_id: str = Field(foreign_key="patient.id", primary_key=True)
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    body: dict[str, Any] = Field(sa_column=Column(EncryptedJson, nullable=False))


class Thread(SQLModel, table=True):
    __tablename__ = "chat_thread"
    id: str = Field(primary_key=True)
    account_id: str | None = Field(default=None, foreign_key="account.id", index=True)
    title: str | None = Field(default=None, sa_type=EncryptedText)
    meta: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime = _at()
    updated_at: datetime = _at()
    deleted_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Message(SQLModel, table=True):
    """One message of a chat, as Chainlit shows it (`kind`: user_message, assistant_message, run)."""

    __tablename__ = "chat_message"
    id: str = Field(primary_key=True)
    thread_id: str = Field(index=True)
    parent_id: str | None = None
    kind: str
    author: str = ""
    body: str = Field(default="", sa_type=EncryptedText)
    meta: dict[str, Any] = Field(default_factory=dict, sa_column=Column(EncryptedJson, nullable=False))
    is_error: bool = False
    created_at: datetime = _at()
    __table_args__ = (Index("ix_message_thread_created", "thread_id", "created_at"),)


class Element(SQLModel, table=True):
    __tablename__ = "chat_element"
    id: str = Field(primary_key=True)
    thread_id: str = Field(index=True)
    message_id: str | None = None
    kind: str
    name: str
    display: str
    props: dict[str, Any] = Field(default_factory=dict, sa_column=Column(EncryptedJson, nullable=False))


class Feedback(SQLModel, table=True):
    __tablename__ = "chat_feedback"
    id: str = Field(default_factory=new_id, primary_key=True)
    message_id: str = Field(unique=True)
    account_id: str | None = None
    value: int
    comment: str | None = Field(default=None, sa_type=EncryptedText)
    created_at: datetime = _at()


class TurnRow(SQLModel, table=True):
    """A turn with its lineage: what was asked, what was answered, and every id and version behind it."""

    __tablename__ = "turn"
    id: str = Field(primary_key=True)
    thread_id: str = Field(index=True)
    patient_id: str | None = Field(default=None, index=True)
    outcome: str = Field(index=True)
    urgency: str
    rule: str | None = None
    intent: str | None = None
    lang: str
    model: str | None = None
    text: str = Field(sa_type=EncryptedText)
    reply: str = Field(sa_type=EncryptedText)
    lineage: dict[str, Any] = Field(sa_column=Column(EncryptedJson, nullable=False))
    total_ms: float
    created_at: datetime = _at(index=True)


class AuditRow(SQLModel, table=True):
    """One entry of the audit chain: `hash` covers the entry and the hash before it."""

    __tablename__ = "audit"
    seq: int | None = Field(default=None, primary_key=True)
    at: datetime = _at()
    actor: str
    action: str
    subject: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    previous: str
    hash: str = Field(unique=True)


class Case(SQLModel, table=True):
    """Something a human must answer. `status` mirrors the newest `CaseEvent`; `version` is the optimistic lock."""

    __tablename__ = "care_case"
    id: str = Field(default_factory=new_id, primary_key=True)
    thread_id: str = Field(index=True)
    turn_id: str = Field(unique=True)
    patient_id: str | None = Field(default=None, index=True)
    account_id: str | None = None
    urgency: str
    rank: int = Field(index=True)
    category: str
    rule: str | None = None
    source: str = ""
    lang: str = "en"
    words: str = Field(sa_type=EncryptedText)
    translation: str | None = Field(default=None, sa_type=EncryptedText)
    evidence: dict[str, Any] = Field(sa_column=Column(EncryptedJson, nullable=False))
    status: str = Field(default="open", index=True)
    assignee_id: str | None = Field(default=None, index=True)
    due_at: datetime = Field(sa_type=UtcTime)
    created_at: datetime = _at()
    version: int = 1


class CaseEvent(SQLModel, table=True):
    """Append-only: opened, paged, viewed, claimed, acknowledged, replied, released, note, closed, patient_wrote."""

    __tablename__ = "case_event"
    seq: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="care_case.id", index=True)
    kind: str
    actor: str
    note: str = Field(default="", sa_type=EncryptedText)
    at: datetime = _at()


class Page(SQLModel, table=True):
    """A notification about a case. The key makes it impossible to page twice for the same step."""

    key: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="care_case.id", index=True)
    target: str
    at: datetime = _at()


class ContentVersion(SQLModel, table=True):
    """One immutable version of one content file. `status`: draft, review, approved, retired, rejected."""

    __tablename__ = "content_version"
    id: int | None = Field(default=None, primary_key=True)
    path: str = Field(index=True)
    kind: str = Field(index=True)
    content_id: str = Field(index=True)
    lang: str | None = None
    number: int
    body: str
    digest: str
    status: str = Field(default="draft", index=True)
    author: str
    approver: str | None = None
    reason: str = ""
    created_at: datetime = _at()
    decided_at: datetime | None = Field(default=None, sa_type=UtcTime)
    __table_args__ = (UniqueConstraint("path", "number"),)


class Embedding(SQLModel, table=True):
    """A cached sentence vector (float32, unit length) by model digest and text digest; approved text only."""

    model: str = Field(primary_key=True)
    digest: str = Field(primary_key=True)
    vector: bytes
