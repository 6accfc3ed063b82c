"""Holds the content that answers now; an approval replaces it between two messages, never during one."""

import asyncio
from collections.abc import Awaitable, Callable

from assistant.errors import ContentMissing
from assistant.library.catalogue import Catalogue
from assistant.library.versions import Versions

Commit = Callable[[], None]
Prepare = Callable[[Catalogue], Awaitable[Commit | None]]
"""Builds what follows from the new catalogue (search index, danger rules); returns the call that puts it in place."""


class Shelf:
    """`reload` prepares everything first and swaps then, so that no part is ever ahead of another."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._catalogue: Catalogue | None = None
        self._prepare: list[Prepare] = []
        self._one = asyncio.Lock()

    @property
    def current(self) -> Catalogue:
        """Raises `ContentMissing` before the first `reload`."""
        if self._catalogue is None:
            raise ContentMissing("the shelf was never loaded")
        return self._catalogue

    def on_change(self, prepare: Prepare) -> None:
        self._prepare.append(prepare)

    async def reload(self) -> Catalogue:
        """Takes what is approved now. When anything fails, everything stays as it was, and the error is raised."""
        async with self._one:
            catalogue = await self._versions.live()
            commits = [await prepare(catalogue) for prepare in self._prepare]
            self._catalogue = catalogue
            for commit in commits:
                if commit is not None:
                    commit()
        return catalogue
