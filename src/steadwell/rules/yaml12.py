"""YAML 1.2 as people mean it: `on` and `yes` are words, 10:15 and 2026-03 are text, and only `true`
and `false` are booleans. Dates stay text for whoever knows that a date must stand there. Numbers
with a point are `Decimal`. A key written twice is an error, and so are aliases that multiply."""

import re
from collections.abc import Hashable, Sequence
from decimal import Decimal
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

_DEEPEST: Final = 50
_MOST_ALIASED: Final = 20_000  # values, each counted as often as aliases repeat it
_PARSER: Final[type[Any]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ValueError):
    """The text is not YAML, or says one thing twice. The text names the line."""


class _Loader(_PARSER):  # type: ignore[misc]
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    depth = 0

    def descend_resolver(self, parent: Any, index: Any) -> None:  # noqa: ARG002
        """Called for every node: text nested without end would exhaust the stack."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise YamlError(f"Line {_line(parent)}: nested deeper than {_DEEPEST} levels.")

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def construct_document(self, node: Any) -> Any:
        written: dict[int, int] = {}
        repeated = _values_in(node, written)
        if repeated > _MOST_ALIASED and repeated > 2 * len(written):
            raise YamlError("The aliases (*) repeat too much. Write out what they stand for.")
        return super().construct_document(node)

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        found: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise YamlError(f"Line {_line(key_node)}: a key is text; put {key!r} in quotes.")
            if key in found:
                raise YamlError(f"Line {_line(key_node)}: {key!r} stands there twice. Keep one.")
            found[key] = self.construct_object(value_node, deep=deep)
        return found


def read_yaml(text: str, *, name: str) -> Any:
    """
    Raises:
        YamlError: with the name of the file and the line.
    """
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a safe loader underneath
    except YamlError as error:
        raise YamlError(f"{name}: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark else ""
        problem = getattr(error, "problem", None) or "this is not YAML"
        raise YamlError(f"{name}: {place}{problem}.") from error


def line_of(text: str, *paths: Sequence[str | int]) -> int | None:
    """The line of the value at one of the paths of keys and places: the one that lacks fewest steps."""
    try:
        root = yaml.compose(text, _Loader)
    except (YamlError, yaml.YAMLError, RecursionError):
        return None
    if root is None:
        return None
    _lacking, node = min((_nearest(root, path) for path in paths), key=lambda found: found[0])
    return _line(node)


def _nearest(node: Any, path: Sequence[str | int]) -> tuple[int, Any]:
    """How many steps are lacking, and the node where they begin to."""
    for done, step in enumerate(path):
        found = _child(node, step)
        if found is None:
            return len(path) - done, node
        node = found
    return 0, node


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


def _values_in(node: Any, known: dict[int, int]) -> int:
    """How many values a node comes to where every alias is written out; 0 inside itself."""
    if id(node) not in known:
        known[id(node)] = 0
        parts = node.value if isinstance(node, (MappingNode, SequenceNode)) else ()
        pairs = isinstance(node, MappingNode)
        values = (each for part in parts for each in (part if pairs else (part,)))
        known[id(node)] = 1 + sum(_values_in(each, known) for each in values)
    return known[id(node)]


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _integer(loader: Any, node: ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


def _decimal(loader: Any, node: ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


def _boolean(loader: Any, node: ScalarNode) -> bool:
    return str(loader.construct_scalar(node)) == "true"


def _mapping(loader: Any, node: MappingNode) -> Any:
    """Built whole before it is named, so that nothing can hold itself."""
    return loader.construct_mapping(node, deep=True)


_RESOLVED: Final = (
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?",
        list("-+.0123456789"),
    ),
)
for _tag, _pattern, _first in _RESOLVED:
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), _first
    )
_Loader.add_constructor("tag:yaml.org,2002:int", _integer)
_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:bool", _boolean)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
