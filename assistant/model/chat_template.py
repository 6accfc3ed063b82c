"""A model file's own chat template, rendered in jinja's sandbox; a patient's text can never end its own turn."""

import re
from collections.abc import Sequence

import llama_cpp as llama
from jinja2 import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from assistant.errors import ModelInvalid
from assistant.model.files import ModelFile
from assistant.model.ports import ChatMessage
from assistant.model.runtime import LoadedModel


class ChatTemplate:
    """Raises ModelInvalid at once when the template cannot be rendered."""

    def __init__(self, file: ModelFile, model: LoadedModel) -> None:
        self._model = model
        self._bos = model.word(llama.llama_vocab_bos(model.vocabulary))
        self._formatter = _formatter(file, self._bos, model.word(llama.llama_vocab_eos(model.vocabulary)))
        self._control = _control_words(model)
        self._probe(file)

    def _probe(self, file: ModelFile) -> None:
        try:
            self.render([ChatMessage("system", "a"), ChatMessage("user", "b")])
        except TemplateError as error:
            raise ModelInvalid(f"The chat template of {file.path.name} cannot be used.") from error

    def tokens(self, messages: Sequence[ChatMessage]) -> list[int]:
        text = self.render(messages)
        starts = bool(self._bos) and text.startswith(self._bos)
        return self._model.tokens(text, add_special=not starts, parse_special=True)

    def render(self, messages: Sequence[ChatMessage]) -> str:
        clean = [ChatMessage(message.role, self._control.sub(" ", message.content)) for message in messages]
        try:
            return self._rendered(clean)
        except TemplateError:
            return self._rendered(_without_system(clean))

    def _rendered(self, messages: Sequence[ChatMessage]) -> str:
        raw = [{"role": message.role, "content": message.content} for message in messages]
        try:
            return str(self._formatter(messages=raw).prompt)
        except (TypeError, ValueError, KeyError) as error:
            raise TemplateError(type(error).__name__) from error


def _formatter(file: ModelFile, bos: str, eos: str) -> "Jinja2ChatFormatter":
    try:
        return Jinja2ChatFormatter(template=file.template, eos_token=eos, bos_token=bos, add_generation_prompt=True)
    except TemplateError as error:
        raise ModelInvalid(f"The chat template of {file.path.name} cannot be read.") from error


def _without_system(messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    """Some templates refuse a system turn; its text then opens the first user turn."""
    system = "\n\n".join(message.content for message in messages if message.role == "system")
    rest = [message for message in messages if message.role != "system"]
    if not (system and rest):
        return list(messages)
    return [ChatMessage(rest[0].role, f"{system}\n\n{rest[0].content}"), *rest[1:]]


def _control_words(model: LoadedModel) -> re.Pattern[str]:
    """What the vocabulary treats as control: taken out of every message before rendering."""
    special = llama.LLAMA_TOKEN_ATTR_CONTROL | llama.LLAMA_TOKEN_ATTR_USER_DEFINED
    tokens = (t for t in range(model.size) if llama.llama_vocab_get_attr(model.vocabulary, t) & special)
    words = {word for token in tokens if len(word := model.word(token).strip()) > 2 and not word.isalnum()}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
