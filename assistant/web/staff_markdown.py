"""Markdown that the assistant wrote, as safe HTML and as one plain line."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_READER = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "strong", "em", "ul", "ol", "li", "a", "br", "code"}


def as_html(markdown: str) -> Markup:
    """Links lead out only by https or a telephone; everything but plain text formatting is dropped."""
    html = nh3.clean(
        _READER.render(markdown),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "tel", "sms"},
        link_rel="noreferrer",
    )
    return Markup(html)  # noqa: S704 (nh3 has just made it safe)


def first_line(markdown: str) -> str:
    """The first paragraph without any marks."""
    for token in _READER.parse(markdown):
        if token.type == "inline":
            return " ".join("".join(child.content or " " for child in token.children or ()).split())
    return ""
