"""A language model in a GGUF file, run in this process by llama.cpp."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from assistant.errors import ModelInvalid
from assistant.model.chat_template import ChatTemplate
from assistant.model.cuda import Offload, built_with_cuda
from assistant.model.engine import Engine
from assistant.model.files import check_generator
from assistant.model.ports import ChatMessage
from assistant.model.request import Request
from assistant.model.runtime import LoadedModel

_SLOTS = 4
_WAITING = 32


class LlamaGenerator:
    """A `Generator`. `slots` texts are written at once, `waiting` more may queue; then it says ModelBusy.

    Raises ModelInvalid when the file cannot be used (see `files.check_generator`).
    """

    def __init__(
        self, path: Path, *, n_gpu_layers: int, n_ctx: int, threads: int, slots: int = _SLOTS, waiting: int = _WAITING
    ) -> None:
        file = check_generator(path)
        self._model = LoadedModel(path, n_gpu_layers=n_gpu_layers)
        self._name = file.name
        self._template = ChatTemplate(file, self._model)
        self.offload = Offload(built_with_cuda(), n_gpu_layers, self._model.layers_offloaded)
        context = min(n_ctx, file.context) if file.context else n_ctx
        self._engine = Engine(self._model, n_ctx=context, threads=threads, slots=slots, waiting=waiting)
        self._closed = False

    @property
    def name(self) -> str:
        return self._name

    async def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int, seconds: float) -> AsyncIterator[str]:
        deadline = time.monotonic() + seconds
        if self._closed:
            raise ModelInvalid("The model is closed.")
        prompt = self._template.tokens(messages)
        request = Request(prompt, max_tokens, deadline, asyncio.get_running_loop())
        self._engine.submit(request)
        async for piece in request.read():
            yield piece

    async def close(self) -> None:
        """Ends running texts with ModelInvalid, then frees the weights. Closing twice does nothing."""
        if self._closed:
            return
        self._closed = True
        await asyncio.to_thread(self._engine.close)
        self._model.close()
