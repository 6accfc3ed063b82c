"""What every kind of content is made of."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from assistant.errors import ContentMissing

SAMPLE: Final = "sample, not clinically reviewed"
DRAFTED: Final = "drafted, awaits a qualified translator"
APPROVED: Final = "approved"
Status = Literal["sample, not clinically reviewed", "drafted, awaits a qualified translator", "approved"]

PLACES: Final = frozenset(
    {
        "emergency_number", "crisis_number", "crisis_text", "poison_number", "site", "phone", "time", "minutes",
        "language", "name",
    }
)  # fmt: skip

SITE_PLACES: Final = PLACES - {"time", "minutes", "language", "name"}
"""What the site's settings always fill. A danger script may use no other: nothing may stand in its way."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
IsoLang = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Line = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$")]
HttpsUrl = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\.[^\s]+$")]

_PLACE = re.compile(r"\{([a-z_]+)\}")


def places(text: str) -> frozenset[str]:
    """The names between braces; raises ValueError for a brace that belongs to no name."""
    if "{" in _PLACE.sub("", text) or "}" in _PLACE.sub("", text):
        raise ValueError("a brace that encloses no name")
    return frozenset(_PLACE.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with every place filled. Raises `ContentMissing` for a place without a value."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise ContentMissing(f"no value for {{{found[1]}}}")
        return values[found[1]]

    return _PLACE.sub(value, text)


def only_known_places(text: str) -> str:
    unknown = places(text) - PLACES
    if unknown:
        raise ValueError(f"unknown place {{{min(unknown)}}}")
    return text


def _well_formed(text: str) -> str:
    places(text)
    return text


ScriptLine = Annotated[Line, AfterValidator(only_known_places)]
ScriptWords = Annotated[str, AfterValidator(only_known_places)]
Template = Annotated[Line, AfterValidator(_well_formed)]


class Strict(BaseModel):
    """Frozen; a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Cited(Strict):
    """A public source that a sentence was written from."""

    id: Slug
    title: Line
    publisher: Line
    url: HttpsUrl


class Statement(Strict):
    """One approved sentence and the id of its citation."""

    text: Line
    source: Slug


class Reviewed(Strict):
    """What the file itself says about its review; it is not served after `review_by`."""

    status: Status
    review_by: date
