"""What somebody who signs in may be."""

from enum import StrEnum


class Role(StrEnum):
    PATIENT = "patient"
    NURSE = "nurse"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMIN = "admin"
    AUDITOR = "auditor"
