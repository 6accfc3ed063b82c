"""Approved sentences put into plainer words by a local model. What comes out is a proposal: the verifier decides."""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from assistant.model.ports import ChatMessage, Generator

PROMPT = "rephrase_v1"
_FOLDER = Path(__file__).parent / "prompts"
_LINE = re.compile(r"^\s*(?P<number>\d{1,2})[.):]\s+(?P<text>\S.*?)\s*$")
_TOKENS_A_SENTENCE = 64
_MOST_TOKENS = 640


def load_prompt(name: str = PROMPT) -> str:
    """A versioned prompt; the name goes into an answer's lineage."""
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")


async def rephrase(
    generator: Generator, sentences: Sequence[str], *, question: str, lang: str, prompt: str, seconds: float = 20.0
) -> AsyncIterator[str]:
    """Rewritten sentences in the order of `sentences`, each as soon as its line is whole.

    Ends early, without an error, at the first line that is not the next numbered sentence; the caller keeps the
    approved text for the rest. Raises what the generator raises (ModelBusy, ModelInvalid).
    """
    stream = generator.stream(
        _messages(sentences, question, prompt.format(lang=lang)),
        max_tokens=min(_MOST_TOKENS, _TOKENS_A_SENTENCE * len(sentences)),
        seconds=seconds,
    )
    wanted = 1
    async for line in _lines(stream):
        found = _LINE.match(line)
        if found is None or int(found["number"]) != wanted:
            return
        yield found["text"]
        wanted += 1
        if wanted > len(sentences):
            return


def _messages(sentences: Sequence[str], question: str, prompt: str) -> list[ChatMessage]:
    numbered = "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(sentences, start=1))
    asked = " ".join(question.split())
    user = f"The patient asked, for context only: “{asked}”\n\nSentences:\n{numbered}"
    return [ChatMessage("system", prompt), ChatMessage("user", user)]


async def _lines(stream: AsyncIterator[str]) -> AsyncIterator[str]:
    """Whole lines that are not empty; the last one counts only if the model ended it or stopped after it."""
    held = ""
    async for piece in stream:
        held += piece
        *whole, held = held.split("\n")
        for line in whole:
            if line.strip():
                yield line
    if held.strip() and held.rstrip()[-1] in ".!?…":
        yield held
