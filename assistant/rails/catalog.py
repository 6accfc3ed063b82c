"""Declares our rails to NeMo Guardrails 0.24.1.

IORails compiles only rails of its manifest catalog, and offers no public way to add one: `registry._catalog` is
private. `tests/contract/test_nemo_guardrails.py` pins the version and fails loudly when that changes.
"""

import importlib.util
import os
import sys
from pathlib import Path

os.environ["NEMO_GUARDRAILS_NO_USAGE_STATS"] = "1"
# The line above must come first: telemetry is on by default and reads its switch early.

from nemoguardrails.manifests import (
    ActionRef,
    Binding,
    RailActions,
    RailDirection,
    RailFlows,
    RailManifest,
    RailMetadata,
    RailPrivacy,
    RailSpec,
    RailSurface,
    TransformTarget,
    registry,
)
from nemoguardrails.manifests.catalog import RailCatalog, RailManifestRecord

ACTIONS_MODULE = "assistant_rails_actions"
MASKING_FLOW = "mask identifiers"
REQUEST_RULES = ("injection", "extraction", "other_records", "violence", "weapons_drugs", "crime", "off_task")
REPLY_RULES = (
    "diagnosis", "dose", "medicine_change", "reassurance", "discouraged_care", "leakage", "contacts", "identity",
)  # fmt: skip


def flow_of(rule: str) -> str:
    return f"check {rule.replace('_', ' ')}"


def rule_of(flow: str) -> str:
    return flow.removeprefix("check ").replace(" ", "_")


def load_actions(folder: Path) -> None:
    """Imports `actions.py` of the rails folder under a name of its own, for the manifest to point to.

    Raises `FileNotFoundError` where there is none.
    """
    path = folder / "actions.py"
    spec = importlib.util.spec_from_file_location(ACTIONS_MODULE, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[ACTIONS_MODULE] = module


def register() -> None:
    """Adds our manifest to NeMo's catalog; a second call changes nothing."""
    catalog = registry.default_rail_catalog()
    ours = RailManifestRecord(manifest=_manifest(), source="assistant")
    others = [record for record in catalog.records.values() if record.manifest.name != ours.manifest.name]
    registry._catalog = RailCatalog([*others, ours])


def _action(name: str) -> ActionRef:
    return ActionRef(name=name, target=f"{ACTIONS_MODULE}:{name}")


def _surface(rule: str, action: str, direction: RailDirection, text: str) -> RailSurface:
    return RailSurface(
        name=flow_of(rule),
        direction=direction,
        action=_action(action),
        bindings=(Binding.context("text", text), Binding.literal("rule", rule)),
    )


def _masking() -> RailSurface:
    return RailSurface(
        name=MASKING_FLOW,
        direction=RailDirection.INPUT,
        action=_action("mask_identifiers"),
        bindings=(Binding.context("text", "user_message"),),
        transform_target=TransformTarget.USER_MESSAGE,
    )


def _manifest() -> RailManifest:
    surfaces = (
        _masking(),
        *(_surface(rule, "check_request", RailDirection.INPUT, "user_message") for rule in REQUEST_RULES),
        *(_surface(rule, "check_reply", RailDirection.OUTPUT, "bot_message") for rule in REPLY_RULES),
    )
    return RailManifest(
        name="patient_education",
        metadata=RailMetadata(
            display_name="Patient education",
            description="Requests and replies that a patient-education assistant must not pass.",
            categories=("input", "output"),
            capabilities=("block", "transform"),
            tags=("custom",),
            docs_url="docs/rails.mdx",
        ),
        spec=RailSpec(
            flows=RailFlows(flow_names=tuple(surface.name for surface in surfaces)),
            actions=RailActions(refs=tuple({surface.action.name: surface.action for surface in surfaces}.values())),
            surfaces=surfaces,
            privacy=RailPrivacy(),
        ),
    )
