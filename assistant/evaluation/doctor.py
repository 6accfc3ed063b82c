"""`assistant doctor`: what is installed, what is missing, and the command that mends it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console

from assistant.bootstrap import load_generator, load_translator, minilm_path
from assistant.library.catalogue import Catalogue, check_folder
from assistant.model.cuda import built_with_cuda
from assistant.model.generator import LlamaGenerator
from assistant.settings import Settings
from assistant.store.migrate import differences


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `mend` is the command that mends what is wrong. `needed`: without it nothing runs."""

    name: str
    good: bool
    said: str
    mend: str = ""
    needed: bool = True


def _database(settings: Settings) -> Finding:
    try:
        missing = differences(settings.database)
    except Exception as error:
        return Finding("database", False, type(error).__name__, "assistant setup")
    kind = "SQLite" if settings.database.startswith("sqlite") else "PostgreSQL"
    return Finding(
        "database", not missing, f"{kind}, schema {'is current' if not missing else 'is old'}", "assistant setup"
    )


def _content(settings: Settings) -> Iterator[Finding]:
    problems = check_folder(settings.content_dir)
    yield Finding(
        "content", not problems, f"{len(problems)} problems in {settings.content_dir.name}/", "assistant content check"
    )
    if any(problem.severity == "error" for problem in problems):
        return
    catalogue = Catalogue.from_folder(settings.content_dir, datetime.now(UTC).date())
    yield Finding(
        "expired text", not catalogue.expired, f"{len(catalogue.expired)} files past their review date", needed=False
    )
    for lang in settings.languages:
        words = sum(lang in lab.by_lang for lab in catalogue.labs)
        articles, medicines = len(catalogue.articles(lang)), len(catalogue.medicines(lang))
        counts = f"{words} lab tests, {articles} articles, {medicines} medicine classes"
        yield Finding(f"language {lang}", words > 0, counts)


def _model(settings: Settings) -> Iterator[Finding]:
    path = minilm_path(settings)
    yield Finding("embedding model", path.exists(), path.name, "assistant setup")
    cuda = built_with_cuda()
    build = 'CMAKE_ARGS="-DGGML_CUDA=on" make install'
    yield Finding("CUDA offload", cuda, "built in" if cuda else "not in this build of llama.cpp", build, needed=False)
    if settings.model is None:
        yield Finding("language model", True, "none; answers are approved text word for word", needed=False)
        return
    generator = load_generator(settings)
    said = f"{generator.name}" if generator else f"{settings.model} cannot be used"
    if isinstance(generator, LlamaGenerator) and generator.offload.is_ignored:
        said += "; layers were asked for on the GPU, none went there"
    yield Finding("language model", generator is not None, said, "set ASSISTANT_MODEL to a GGUF instruct model")


def _translation(settings: Settings) -> Finding:
    pairs = load_translator(settings).pairs
    listed = ", ".join(f"{a} to {b}" for a, b in sorted(pairs)) or "none installed"
    return Finding("translation pairs", bool(pairs), listed, "put .argosmodel files into var/translate", needed=False)


def _machine(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.data_dir.parent).free / 1e9
    yield Finding("disk", free > 2, f"{free:.0f} GB free")
    yield Finding("processors", True, f"{os.cpu_count()}", needed=False)
    pages = settings.data_dir.parent / "node_modules" / "nhsuk-frontend"
    yield Finding("page components", pages.exists(), "nhsuk-frontend, htmx, fonts", "make run")


def findings(settings: Settings) -> Iterator[Finding]:
    yield _database(settings)
    yield from _content(settings)
    yield from _model(settings)
    yield _translation(settings)
    yield from _machine(settings)


def _mark(finding: Finding) -> str:
    if finding.good:
        return "[green]ok[/green]     "
    return "[red]missing[/red]" if finding.needed else "[yellow]not set[/yellow]"


async def report(settings: Settings) -> bool:
    """Prints the report; true when everything that is needed is there."""
    console = Console(highlight=False)
    healthy = True
    for finding in findings(settings):
        mark = (
            "[green]ok[/green]     "
            if finding.good
            else "[red]missing[/red]"
            if finding.needed
            else "[yellow]not set[/yellow]"
        )
        console.print(f"{mark}  {finding.name}: {finding.said}")
        if not finding.good and finding.mend:
            console.print(f"         to mend: {finding.mend}")
        healthy = healthy and (finding.good or not finding.needed)
    return healthy
