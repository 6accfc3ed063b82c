"""The thread that owns llama.cpp: takes requests in order, writes for several at once, stops each one in time."""

import threading
from collections import deque

from assistant.errors import AssistantError, ModelBusy, ModelInvalid
from assistant.model.batch import Decoder
from assistant.model.request import Request
from assistant.model.runtime import LoadedModel
from assistant.model.slots import Slot, plan


class Engine:
    """First come, first served. A step feeds one token for each text in progress and fills up with prompts."""

    def __init__(self, model: LoadedModel, *, n_ctx: int, threads: int, slots: int, waiting: int) -> None:
        self._model = model
        self._n_ctx = n_ctx
        self._decoder = Decoder(model, n_ctx=n_ctx, sequences=slots, threads=threads)
        self._waiting: deque[Request] = deque()
        self._limit = waiting
        self._free = list(range(slots))
        self._slots: list[Slot] = []
        self._wake = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="llama", daemon=True)
        self._thread.start()

    def submit(self, request: Request) -> None:
        """From any thread. Raises ModelBusy when the queue is full, ModelInvalid when the request cannot fit."""
        if not request.prompt or request.room > self._n_ctx:
            raise ModelInvalid("The request is empty or longer than the model's context.")
        with self._wake:
            if self._closing:
                raise ModelInvalid("The model is closed.")
            if len(self._waiting) >= self._limit:
                raise ModelBusy
            self._waiting.append(request)
            self._wake.notify()

    def close(self) -> None:
        """Ends what runs, waits for the thread, frees the memory."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()

    def _work(self) -> None:
        while self._wait_for_work():
            try:
                self._admit()
                self._retire()
                self._step()
            except Exception:  # a dead thread would leave every chat waiting for ever
                self._drop_all(ModelInvalid("The model failed while writing."))
        self._drop_all(ModelInvalid("The model is closed."))
        self._decoder.close()

    def _wait_for_work(self) -> bool:
        with self._wake:
            self._wake.wait_for(lambda: self._closing or self._waiting or self._slots)
            return not self._closing

    def _admit(self) -> None:
        """Starts waiting requests while a sequence and enough context for the whole text are free."""
        with self._wake:
            for late in [request for request in self._waiting if request.is_over]:
                self._waiting.remove(late)
                late.finish()
            while self._waiting and self._free and self._waiting[0].room <= self._room():
                self._slots.append(Slot(self._free.pop(), self._waiting.popleft()))

    def _room(self) -> int:
        return self._n_ctx - sum(slot.request.room for slot in self._slots)

    def _retire(self) -> None:
        for slot in [slot for slot in self._slots if slot.request.is_over]:
            self._end(slot)

    def _step(self) -> None:
        entries = plan(self._slots)
        if not entries:
            return
        self._decoder.decode(entries)
        for slot in [slot for slot in self._slots if slot.at >= 0]:
            self._write(slot, self._decoder.next_token(slot.at))

    def _write(self, slot: Slot, token: int) -> None:
        if self._model.is_end(token):
            self._end(slot)
            return
        slot.last = token
        slot.written += 1
        if text := slot.spelling.add(self._model.piece(token)):
            slot.request.send(text)
        if slot.written >= slot.request.max_tokens:
            self._end(slot)

    def _end(self, slot: Slot) -> None:
        if rest := slot.spelling.rest():
            slot.request.send(rest)
        slot.request.finish()
        self._decoder.forget(slot.sequence)
        self._slots.remove(slot)
        self._free.append(slot.sequence)

    def _drop_all(self, error: AssistantError) -> None:
        """After a failure nothing in the context can be trusted."""
        with self._wake:
            lost = [slot.request for slot in self._slots]
            if self._closing:
                lost += self._waiting
                self._waiting.clear()
            self._free += [slot.sequence for slot in self._slots]
            self._slots.clear()
        self._decoder.forget_all()
        for request in lost:
            request.finish(error)
