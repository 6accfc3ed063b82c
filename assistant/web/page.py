"""The chat's page: Chainlit's own, without its links to other hosts, inside our header and emergency line."""

import json
import re
from functools import cache
from typing import Any

from chainlit import server
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.web.body import phone_link
from assistant.web.vendor import FONTS
from assistant.web.visit import Visit, current_visit

_ELSEWHERE = re.compile(r"<link[^>]*https?://[^>]*>", re.DOTALL)
_OWN_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)")
_TEMPLATES = Environment(
    loader=PackageLoader("assistant.web", "templates/chat"), autoescape=True, undefined=StrictUndefined
)

_CARDS = "/chat/public/cards.css"
_PAGE_WORDS = (
    "about_source", "version", "reviewed_on", "review_by", "reviewed_by", "publisher_page", "from_your_record",
    "worked_out", "close", "send", "conversation", "welcome_title", "welcome_text", "to_latest", "earlier_chats",
    "no_earlier_chats", "connection_lost",
)  # fmt: skip
"""Words that the page's script needs."""


@cache
def install() -> None:
    """Serves our page for every address below `/chat` that Chainlit answers with its own."""
    server.router.routes[:] = [route for route in server.router.routes if not _is_page(route)]
    server.app.router.routes[:] = [route for route in server.app.router.routes if not _is_page(route)]
    server.app.add_api_route("/{full_path:path}", serve, methods=["GET"], include_in_schema=False)


def _is_page(route: Any) -> bool:
    return getattr(route, "path", "") == "/{full_path:path}"


async def serve(request: Request) -> HTMLResponse:
    visit = current_visit()
    return HTMLResponse(render(visit, request.state.csp_nonce))


def render(visit: Visit, nonce: str) -> str:
    html = _ELSEWHERE.sub("", server.get_html_template("/chat"))
    html = _OWN_SCRIPT.sub(f'<script nonce="{nonce}"', html)
    direction = visit.services.words.direction(visit.lang)
    html = html.replace('<html lang="en">', f'<html lang="{visit.lang}" dir="{direction}">')
    sheets = "".join(f'<link rel="stylesheet" href="{address}">' for address in (*FONTS, _CARDS))
    html = html.replace("</head>", f"{sheets}</head>")
    above, below = _around(visit)
    return html.replace('<div id="root"></div>', f'{above}<main id="root"></main>{below}')


def _around(visit: Visit) -> tuple[str, str]:
    """What stands above and below Chainlit. It is part of the page itself, so it is there even if a script fails."""
    site, settings = visit.services.settings.site, visit.services.settings
    words = {key: visit.word(key) for key in _PAGE_WORDS}
    values = {
        "site": site,
        "word": visit.word,
        "lang": visit.lang,
        "languages": [(code, _own_name(visit, code)) for code in settings.languages],
        "csrf": visit.signed.csrf,
        "emergency_line": _emergency_line(visit),
        "shell": json.dumps({"csrf": visit.signed.csrf, "words": words}, ensure_ascii=False),
    }
    above, below = (_TEMPLATES.get_template(f"{name}.html").render(values) for name in ("above", "below"))
    return above, below


def _emergency_line(visit: Visit) -> Markup:
    """The words with the site's numbers as links that a telephone dials."""
    site = visit.services.settings.site
    words = escape(visit.word("emergency_line", emergency="{emergency}", crisis="{crisis}"))
    return words.format(emergency=_call(site.emergency_number), crisis=_call(site.crisis_number))


def _call(number: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(phone_link(number), number)


def _own_name(visit: Visit, code: str) -> str:
    """A language in its own words: `es` → `Español`."""
    name = visit.services.words.language_name(code, code)
    return name[:1].upper() + name[1:]
