"""Front-end packages, served from where npm installed them (`package.json`); nothing of them is in the repository."""

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from assistant.errors import PartMissing
from assistant.settings import ROOT

_MODULES = ROOT / "node_modules"
_FONT_FILES = "@fontsource-variable"
SERVED = {
    "/vendor/noto-sans": f"{_FONT_FILES}/noto-sans",
    "/vendor/noto-sans-arabic": f"{_FONT_FILES}/noto-sans-arabic",
    "/vendor/noto-sans-sc": f"{_FONT_FILES}/noto-sans-sc",
    "/vendor/nhsuk": "nhsuk-frontend/dist/nhsuk",
    "/vendor/htmx": "htmx.org/dist",
}
FONTS = tuple(f"{address}/index.css" for address in SERVED if "noto" in address)
"""Style sheets that name each font with the scripts it covers; a browser loads only the files it needs."""


def mount_vendor(app: FastAPI) -> None:
    """Raises `PartMissing` where `npm ci` was not run."""
    for address, folder in SERVED.items():
        if not (_MODULES / folder).is_dir():
            raise PartMissing(f"node_modules/{folder}: run npm ci")
        app.mount(address, StaticFiles(directory=_MODULES / folder), name=address)
