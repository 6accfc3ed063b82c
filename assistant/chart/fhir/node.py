"""Reading FHIR JSON without trusting its shape: where the shape is wrong an accessor returns an empty value."""

import math
from collections.abc import Mapping
from types import MappingProxyType

Node = Mapping[str, object]

EMPTY: Node = MappingProxyType({})


def child(node: Node, *keys: str) -> Node:
    for key in keys:
        value = node.get(key)
        node = value if isinstance(value, Mapping) else EMPTY
    return node


def children(node: Node, key: str) -> tuple[Node, ...]:
    value = node.get(key)
    return tuple(item for item in value if isinstance(item, Mapping)) if isinstance(value, list) else ()


def text(node: Node, key: str) -> str:
    value = node.get(key)
    return value.strip() if isinstance(value, str) else ""


def texts(node: Node, key: str) -> tuple[str, ...]:
    value = node.get(key)
    return tuple(item.strip() for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def number(node: Node, key: str) -> float | None:
    """A JSON number; strings, truth values and what is not finite are none."""
    value = node.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def flag(node: Node, key: str) -> bool:
    return node.get(key) is True


def target(node: Node, key: str) -> str:
    """The `Type/id` that a reference points at, without server and version; empty for any other reference."""
    reference = text(child(node, key), "reference").split("/_history/")[0]
    parts = reference.split("/")
    return "/".join(parts[-2:]) if len(parts) >= 2 else reference
