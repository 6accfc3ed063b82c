"""The only place where real adapters are built and put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.encrypted import EncryptedSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from assistant.care.broker import Broker
from assistant.care.cases import Cases
from assistant.care.chase import Chase
from assistant.care.durable import system_url
from assistant.care.journal import Journal
from assistant.care.keeper import Keeper
from assistant.care.paging import InboxNotifier
from assistant.care.timing import timing_for
from assistant.chart.store import Charts
from assistant.errors import ContentInvalid, ContentMissing, ModelInvalid, PartMissing
from assistant.language.argos import ArgosTranslator
from assistant.language.detect import Detector
from assistant.language.intents import IntentClassifier
from assistant.language.words import Words
from assistant.library.catalogue import Catalogue
from assistant.library.danger import danger_check
from assistant.library.renewal import Renewal
from assistant.library.search import SearchIndex
from assistant.library.shelf import Commit, Shelf
from assistant.library.vectors import VectorCache
from assistant.library.versions import Versions
from assistant.model.embedder import LlamaEmbedder
from assistant.model.generator import LlamaGenerator
from assistant.model.ports import Embedder, Generator
from assistant.people.accounts import Accounts
from assistant.people.sign_ins import SignIns
from assistant.rails import Rails
from assistant.rails.guard import Documents, rules_from
from assistant.settings import Settings
from assistant.store.clock import Clock, SystemClock
from assistant.store.columns import Cipher
from assistant.store.db import Database
from assistant.store.keys import Keyring, check_fits, load_keys
from assistant.store.sqlite import near
from assistant.turn.deps import Brain, Compiled, Deps
from assistant.turn.engine import Engine
from assistant.turn.find_labs import LabFinder
from assistant.turn.pipeline import build
from assistant.turn.scripts import REQUIRED
from assistant.web.services import Services

log = structlog.get_logger(__name__)


def minilm_path(settings: Settings) -> Path:
    return settings.data_dir / "models" / "minilm.gguf"


def lab_finder(catalogue: Catalogue) -> LabFinder:
    return LabFinder(
        (name, lab.id)
        for lab in catalogue.labs
        for words in lab.by_lang.values()
        for name in (words.item.name, words.item.plain_name, *words.item.aliases)
    )


def require_scripts(catalogue: Catalogue, settings: Settings) -> None:
    """Raises `ContentMissing`: a reply that the path may need must exist before anybody writes."""
    for script in REQUIRED:
        for lang in settings.languages:
            if catalogue.script(script, lang).item.lang != lang:
                raise ContentMissing(f"scripts/{script}/{lang}.md")


async def compiled(catalogue: Catalogue, settings: Settings, embedder: Embedder | None, cache: VectorCache) -> Compiled:
    """All that follows from a catalogue: danger rules, intents, a search index a language."""
    require_scripts(catalogue, settings)
    return Compiled(
        catalogue=catalogue,
        danger=await asyncio.to_thread(danger_check, catalogue.raw("danger")),
        intents=await _intents(catalogue, embedder, cache),
        search={lang: await SearchIndex.build(catalogue, lang, embedder, cache) for lang in settings.languages},
        labs=lab_finder(catalogue),
    )


async def _intents(catalogue: Catalogue, embedder: Embedder | None, cache: VectorCache) -> IntentClassifier:
    """Learned from the example files; vectors of examples that were seen before come from the cache."""
    examples = catalogue.intents()
    texts = list(dict.fromkeys(text for by in examples.values() for found in by.values() for text in found))
    vectors = dict(zip(texts, await cache.vectors(embedder, texts), strict=True)) if embedder else {}
    return await asyncio.to_thread(IntentClassifier.fit, examples, embedder, vectors)


def load_embedder(settings: Settings) -> Embedder | None:
    """Raises `PartMissing` where `assistant setup` has not run."""
    path = minilm_path(settings)
    if not path.exists():
        raise PartMissing("the embedding model; run `assistant setup`")
    return LlamaEmbedder(path, checked=True)


def load_translator(settings: Settings, detector: Detector | None = None) -> ArgosTranslator:
    return ArgosTranslator(settings.data_dir / "translate", detector.surely if detector else None)


def load_generator(settings: Settings) -> Generator | None:
    """A model file that cannot be used is said clearly; the assistant runs on approved text without it."""
    if settings.model is None:
        return None
    try:
        return LlamaGenerator(
            settings.model,
            n_gpu_layers=settings.n_gpu_layers,
            n_ctx=settings.n_ctx,
            threads=settings.model_threads,
        )
    except ModelInvalid as error:
        log.error("the model is not used", reason=str(error))
        return None


@asynccontextmanager
async def checkpointer(settings: Settings, keys: Keyring, *, memory: bool) -> AsyncIterator[BaseCheckpointSaver[Any]]:
    """Encrypted checkpoints: SQLite beside the database, or PostgreSQL where the tables are."""
    serde = EncryptedSerializer.from_pycryptodome_aes(key=keys.checkpoints)
    if memory:
        yield InMemorySaver(serde=serde)
    elif settings.database.startswith("sqlite"):
        async with near(settings.data_dir / "checkpoints.sqlite") as connection:
            own_file = AsyncSqliteSaver(connection, serde=serde)
            await own_file.setup()
            yield own_file
    else:
        url = settings.database.replace("postgresql+psycopg", "postgresql", 1)
        async with AsyncPostgresSaver.from_conn_string(url, serde=serde) as saver:
            await saver.setup()
            yield saver


def versions_of(database: Database, clock: Clock, settings: Settings) -> Versions:
    """The living versions; a change that the danger check, the rails or the path could not use is refused."""

    def usable(catalogue: Catalogue) -> None:
        require_scripts(catalogue, settings)
        danger_check(catalogue.raw("danger"))
        rules_from(rail_documents(catalogue))

    return Versions(database, clock, keep_expired=settings.serve_expired_content, checks=(usable,))


def rail_documents(catalogue: Catalogue) -> Documents:
    """Raises `ContentInvalid` for a file that is not a mapping."""
    found: list[tuple[str, dict[str, object]]] = []
    for path, data in catalogue.raw("rails"):
        if not isinstance(data, dict):
            raise ContentInvalid(f"{path}: names and values are needed")
        found.append((path, data))
    return tuple(found)


def site_contacts(settings: Settings) -> tuple[str, ...]:
    """Numbers of the site that every reply may name."""
    site = settings.site
    return site.phone, site.emergency_number, site.crisis_number, site.crisis_text, site.poison_number


@asynccontextmanager
async def open_services(
    settings: Settings, *, clock: Clock | None = None, batch: bool = False
) -> AsyncIterator[Services]:
    """Everything, ready to answer; closed in reverse order. `batch`: no chase, checkpoints in memory."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        keys = load_keys(settings)
        Cipher.use(*keys.columns)
        database = Database(settings.database)
        stack.push_async_callback(database.close)
        await check_fits(database)
        broker = Broker()
        cases = Cases(database, clock, settings.site, broker)
        versions = versions_of(database, clock, settings)
        shelf = Shelf(versions)
        embedder, cache = load_embedder(settings), VectorCache(database)
        brain = Brain()
        rails = Rails(settings.rails_dir, rail_documents(await versions.live()), site_contacts(settings))

        async def prepare(catalogue: Catalogue) -> Commit:
            made, documents = await compiled(catalogue, settings, embedder, cache), rail_documents(catalogue)

            def commit() -> None:
                rails.replace(documents)
                brain.replace(made)

            return commit

        shelf.on_change(prepare)
        await shelf.reload()
        await rails.start()
        stack.push_async_callback(rails.stop)
        generator = load_generator(settings)
        if generator is not None:
            stack.push_async_callback(generator.close)
        saver = await stack.enter_async_context(checkpointer(settings, keys, memory=batch))
        journal = Journal(settings.data_dir / "journal", keys.journal, clock)
        detector = Detector()
        translator = load_translator(settings, detector)
        stack.callback(translator.close)
        deps = Deps(
            settings=settings,
            clock=clock,
            database=database,
            brain=brain,
            charts=Charts(database, clock),
            cases=cases,
            journal=journal,
            rails=rails,
            detector=detector,
            translator=translator,
            words=Words(settings.locales_dir),
            embedder=embedder,
            generator=generator,
        )
        if not batch:
            await _look_after(stack, settings, deps, broker)
            renewal = Renewal(shelf, clock)
            renewal.start()
            stack.push_async_callback(renewal.stop)
        yield Services(
            settings=settings,
            clock=clock,
            keys=keys,
            database=database,
            accounts=Accounts(database, clock),
            sign_ins=SignIns(database, clock, settings.session_hours),
            cases=cases,
            broker=broker,
            shelf=shelf,
            versions=versions,
            charts=deps.charts,
            engine=Engine(build(deps, saver), deps),
            words=deps.words,
        )


async def _look_after(stack: AsyncExitStack, settings: Settings, deps: Deps, broker: Broker) -> None:
    """Chases every open case until a clinician answers, and empties the journal when the database is back."""
    url = system_url(settings.database, settings.data_dir)
    chase = Chase(deps.database, deps.clock, broker, InboxNotifier(), timing_for(settings.site), url)
    keeper = Keeper(deps.database, deps.cases, deps.journal, chase, broker)
    await chase.start()
    stack.push_async_callback(chase.stop)
    await keeper.start()
    stack.push_async_callback(keeper.stop)
