"""A batch run in an installation of its own: a temporary database, the content folder as it is, no web server."""

import tempfile
from pathlib import Path

from assistant.bootstrap import minilm_path, open_services
from assistant.errors import PartMissing
from assistant.evaluation.batch import Answer, answer_file
from assistant.installation import prepare
from assistant.settings import Settings


async def run_batch(settings: Settings, source: Path, target: Path, answer: Answer) -> tuple[int, int]:
    """Returns how many lines were answered and how many could not be read."""
    model = minilm_path(settings)
    if not model.exists():
        raise PartMissing("the embedding model; run `assistant setup`")
    with tempfile.TemporaryDirectory(prefix="assistant-batch-") as folder:
        own = settings.model_copy(update={"data_dir": Path(folder), "database_url": "", "demo": False})
        link_models(model.parent, own.data_dir / "models")
        link_models(settings.data_dir / "translate", own.data_dir / "translate")
        await prepare(own, quiet=True)
        async with open_services(own, batch=True) as services:
            return await answer_file(source, target, answer, services.engine)


def link_models(real: Path, link: Path) -> None:
    """The models of the installation are used where they lie."""
    if real.exists():
        link.symlink_to(real.resolve(), target_is_directory=True)
