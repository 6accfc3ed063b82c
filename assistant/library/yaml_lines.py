"""YAML that remembers on which line everything stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from assistant.library.problems import Problem, ProblemsFound

Loc = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Document:
    """Parsed YAML; `before` counts the lines of the file that stand above it."""

    path: str
    node: yaml.Node
    data: object
    before: int = 0

    def line(self, loc: Loc) -> int:
        """The line of what `loc` leads to, or of the nearest thing above it that exists."""
        node, line = self.node, self.node.start_mark.line
        for step in loc:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line + 1 + self.before

    def source_problems(self, known: frozenset[str]) -> Iterator[Problem]:
        """Every `source:` whose value is not in `known`."""
        for key, value in _entries(self.node):
            if key.value == "source" and isinstance(value, yaml.ScalarNode) and value.value not in known:
                line = value.start_mark.line + 1 + self.before
                yield Problem(self.path, line, f"unknown source {value.value}")


def load(path: str, text: str, before: int = 0, *, mapping: bool = True) -> Document:
    """Raises `ProblemsFound` for bad YAML, a key given twice, an anchor, or no mapping where one is needed."""
    try:
        loader = yaml.CSafeLoader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise ProblemsFound([Problem(path, line + 1 + before, f"not YAML: {error.problem}")]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ProblemsFound([Problem(path, 1 + before, f"not YAML: {error}")]) from error
    if node is None or (mapping and not isinstance(node, yaml.MappingNode)):
        raise ProblemsFound([Problem(path, 1 + before, "a mapping of keys and values is needed")])
    problems = [Problem(path, line + 1 + before, reason) for line, reason in _traps(node, set())]
    if problems:
        raise ProblemsFound(problems)
    return Document(path, node, data, before)


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from (key, value)
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _entries(node: yaml.Node) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value
    for child in _children(node):
        yield from _entries(child)


def _traps(node: yaml.Node, seen: set[int]) -> Iterator[tuple[int, str]]:
    """What PyYAML accepts in silence: a repeated key, of which the last would win, and anchors."""
    if id(node) in seen:
        yield node.start_mark.line, "anchors and aliases are not used in content"
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        yield from _repeated(node)
    for child in _children(node):
        yield from _traps(child, seen)


def _repeated(node: yaml.MappingNode) -> Iterator[tuple[int, str]]:
    keys: set[str] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in keys:
                yield key.start_mark.line, f"{key.value} is given twice"
            keys.add(key.value)
