"""Every exception of the project; the docstring is the message."""


class AssistantError(Exception):
    """Something in the assistant went wrong."""

    def __init__(self, detail: str = "") -> None:
        what = (type(self).__doc__ or "").strip()
        super().__init__(f"{what} {detail}".strip())
        self.detail = detail


class ConfigInvalid(AssistantError):
    """A setting is missing or has a value that cannot be used."""


class ContentInvalid(AssistantError):
    """A content file cannot be used: file, line and reason follow."""


class ContentMissing(AssistantError):
    """Approved text that the assistant needs does not exist."""


class ContentExpired(AssistantError):
    """Approved text is past its review date."""


class WorkflowRefused(AssistantError):
    """This step of the content workflow is not allowed."""


class RecordInvalid(AssistantError):
    """A patient record cannot be read."""


class ModelInvalid(AssistantError):
    """The model file cannot be used."""


class ModelBusy(AssistantError):
    """The model cannot take another request now."""


class RailsFailed(AssistantError):
    """A rail could not be run, so nothing may pass."""


class TranslationFailed(AssistantError):
    """A text could not be translated safely."""


class StoreUnavailable(AssistantError):
    """The database cannot be written."""


class SignInRefused(AssistantError):
    """The name and the password do not match, or the account is locked."""


class LoginTaken(AssistantError):
    """Another account has this login already."""


class ScopeRefused(AssistantError):
    """This account may not read this record."""


class CaseConflict(AssistantError):
    """Somebody else changed this case first."""


class PartMissing(AssistantError):
    """A part that the installation should have made is missing."""
