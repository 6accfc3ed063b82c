"""The language for somebody who has not signed in: what the address says, else what the browser asks for."""

from assistant.web.languages import base, interface_language

SIGN_IN_LANGUAGES = ("en", "es", "so", "zh", "ar")
"""Languages that the words of sign-in exist in."""


def asked_language(accept_language: str, available: tuple[str, ...] = SIGN_IN_LANGUAGES) -> str:
    """The first language of an `Accept-Language` header that is available; browsers send the most wanted first."""
    wishes = (base(wish.split(";")[0].strip()) for wish in accept_language.split(","))
    found = next((wish for wish in wishes if wish in available), "")
    return interface_language(found, available)
