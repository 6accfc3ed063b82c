"""`assistant …`: the commands of an installation."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import AssistantError
from assistant.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
content = typer.Typer(no_args_is_help=True, help="Approved text: check, import, export.")
records = typer.Typer(no_args_is_help=True, help="Patients' records.")
app.add_typer(content, name="content")
app.add_typer(records, name="records")

Source = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON lines, one message a line.")]
Target = Annotated[Path, typer.Option("--out", help="Where the answers go, one a line.")]


@app.command()
def setup(quiet: Annotated[bool, typer.Option("--quiet", help="Say only what is wrong.")] = False) -> None:
    """Make what the installation needs: keys, database, models, content, demo patients."""
    from assistant.installation import prepare

    asyncio.run(prepare(Settings(), quiet=quiet))


@app.command()
def serve() -> None:
    """Prepare the installation and serve the chat, the inbox and the desk."""
    from assistant.web.server import serve_forever

    serve_forever(Settings())


@app.command()
def doctor() -> None:
    """Say what is installed and what is missing, with the command that mends it."""
    from assistant.evaluation.doctor import report

    healthy = asyncio.run(report(Settings()))
    raise typer.Exit(0 if healthy else 1)


@app.command()
def explain(turn: Annotated[str, typer.Argument(help="The id of a turn.")]) -> None:
    """Print what a reply was made from: rule, intent, every source with its version, step times."""
    from assistant.evaluation.explain import explain_turn

    asyncio.run(explain_turn(Settings(), turn))


def _batch(name: str, source: Path, target: Path) -> None:
    from assistant.evaluation import batch
    from assistant.evaluation.run import run_batch

    answers: dict[str, batch.Answer] = {
        "replay": batch.replay,
        "triage": batch.triage,
        "classify": batch.classify,
        "verify": batch.check_claim,
        "screen": batch.screen,
    }
    good, bad = asyncio.run(run_batch(Settings(), source, target, answers[name]))
    typer.echo(f"{good} answered, {bad} could not be read", err=True)


@app.command()
def replay(source: Source, out: Target) -> None:
    """Play messages through the whole path, without a web server."""
    _batch("replay", source, out)


@app.command()
def triage(source: Source, out: Target) -> None:
    """The danger check alone."""
    _batch("triage", source, out)


@app.command()
def classify(source: Source, out: Target) -> None:
    """The intent classifier alone."""
    _batch("classify", source, out)


@app.command()
def verify(source: Source, out: Target) -> None:
    """The grounding verifier alone: claims against their evidence."""
    _batch("verify", source, out)


@app.command()
def screen(source: Source, out: Target) -> None:
    """The input rails alone."""
    _batch("screen", source, out)


@content.command("check")
def content_check() -> None:
    """Validate every content file: file, line, reason."""
    from assistant.library.catalogue import check_folder

    problems = check_folder(Settings().content_dir)
    for problem in problems:
        typer.echo(str(problem))
    raise typer.Exit(1 if problems else 0)


@content.command("import")
def content_import(folder: Path) -> None:
    """Bring files into the database as new versions; what was edited at the desk is never overwritten."""
    from assistant.installation import import_content

    asyncio.run(import_content(Settings(), folder))


@content.command("export")
def content_export(folder: Path) -> None:
    """Write the living versions as files, byte for byte."""
    from assistant.installation import export_content

    asyncio.run(export_content(Settings(), folder))


@records.command("import")
def records_import(files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Bring FHIR R4 bundles into the patients' records; every resource that is left out is named."""
    from assistant.installation import import_records

    asyncio.run(import_records(Settings(), files))


def main() -> None:
    """Errors that an operator can mend are one clear line, not a stack trace."""
    try:
        app()
    except AssistantError as error:
        typer.echo(f"assistant: {error}", err=True)
        sys.exit(2)
