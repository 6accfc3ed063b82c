"""The design system's style sheet without its fonts, which are another organisation's, and with its icons found."""

import re
from functools import cache

from starlette.responses import Response

from assistant.settings import ROOT

ADDRESS = "/vendor/nhsuk.css"
_SHEET = ROOT / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk" / "nhsuk-frontend.min.css"
_ASSETS = "/vendor/nhsuk/assets/"
_FONT = re.compile(r"@font-face\s*{[^}]*}")


@cache
def _plain() -> str:
    return _FONT.sub("", _SHEET.read_text("utf-8")).replace("url(/assets/", f"url({_ASSETS}")


async def design_system() -> Response:
    return Response(_plain(), media_type="text/css", headers={"cache-control": "max-age=3600"})
