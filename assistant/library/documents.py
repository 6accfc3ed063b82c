"""What search looks through: the passages of articles and medicines, and what is said about each laboratory test."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.library.catalogue import Catalogue, Lab
from assistant.library.files import Versioned
from assistant.library.schema import Article, LabWords, Passage, Statement

_CHUNK_WORDS = 110  # an English word is about 1.4 tokens; the embedder cuts at 256


@dataclass(frozen=True, slots=True)
class Document:
    """One passage with the names that its article goes by; the first name is the title."""

    passage: Passage
    article: Versioned[Article] | Versioned[LabWords]
    names: tuple[str, ...]
    summary: str

    @property
    def words(self) -> str:
        """What is matched by words: names weigh as much as the text, since people ask by name."""
        return " ".join((*self.names, self.summary, self.passage.heading, self.passage.text))

    @property
    def chunks(self) -> tuple[str, ...]:
        """What is embedded: the text in pieces that the embedder does not cut, each below its title and heading."""
        head = f"{self.names[0]}. {self.passage.heading}."
        return tuple(f"{head} {piece}" for piece in _pieces(self.passage.sentences))


def documents(catalogue: Catalogue, lang: str) -> tuple[Document, ...]:
    """Everything approved in exactly this language."""
    articles = (*catalogue.articles(lang), *catalogue.medicines(lang))
    texts = tuple(document for article in articles for document in _of_article(article))
    labs = tuple(document for lab in catalogue.labs for document in _of_lab(lab, lang))
    return texts + labs


def _of_article(article: Versioned[Article]) -> Iterator[Document]:
    item = article.item
    names = (item.title, *item.aliases, *item.drugs)
    for passage in item.passages:
        yield Document(passage, article, names, item.summary)


def _of_lab(lab: Lab, lang: str) -> Iterator[Document]:
    spoken = lab.by_lang.get(lang)
    if spoken is None:
        return
    words = spoken.item
    names = (words.name, *words.aliases, words.plain_name)
    for group, statements in words.statements.groups():
        for name, same_source in _by_source(group, statements):
            sentences = tuple(statement.text for statement in same_source)
            ref = f"labs/{lab.id}#{name}"
            passage = Passage(
                id=name, ref=ref, heading=words.plain_name, source=same_source[0].source, sentences=sentences
            )
            yield Document(passage, spoken, names, "")


def _by_source(group: str, statements: tuple[Statement, ...]) -> Iterator[tuple[str, tuple[Statement, ...]]]:
    """A passage has one source; statements of the group's first source keep the group's name."""
    for at, source in enumerate(dict.fromkeys(statement.source for statement in statements)):
        name = group if at == 0 else f"{group}_{source}"
        yield name, tuple(statement for statement in statements if statement.source == source)


def _pieces(sentences: tuple[str, ...]) -> Iterator[str]:
    piece: list[str] = []
    size = 0
    for sentence in sentences:
        words = len(sentence.split())
        if piece and size + words > _CHUNK_WORDS:
            yield " ".join(piece)
            piece, size = [], 0
        piece.append(sentence)
        size += words
    yield " ".join(piece)
