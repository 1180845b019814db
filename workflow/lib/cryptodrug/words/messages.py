"""Messages: every paragraph, heading, list item and label is one, taken from its English source."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cryptodrug.errors import TranslationError

# one or more tags, or one exhibit, quotation or joint display, and no text beside them
_INCLUDE = re.compile(r"\{% include \"([a-z-]+/[a-z-]+\.md\.j2)\" %\}")
_STATEMENT = re.compile(r"^((\{%((?!%\}).)*%\}\s*)+|\{\{\s*(exhibit|quotation|joint_display)\([^{}]*\)\s*\}\})$")
_COMMENT = re.compile(r"\{# .*? #\}", re.DOTALL)
_FENCE = re.compile(r"^:::")
_PREFIX = re.compile(r"^(#{1,6}\s+|[-*]\s+|\d+\.\s+|>\s+)")
_SUFFIX = re.compile(r"\s*(\{[#.][^}]*\})$")
_LOGIC = re.compile(r"\{%.*?%\}", re.DOTALL)


@dataclass(frozen=True)
class Message:
    """One message: context (where it belongs), English text, file and line."""

    context: str
    text: str
    file: str
    line: int


@dataclass(frozen=True)
class Block:
    """A piece of a template: a message with what stands around it, or a line that is no text (`message` is None)."""

    prefix: str
    message: Message | None
    suffix: str
    source: str


def _refuse_logic(text: str, file: str, line: int) -> None:
    if _LOGIC.search(text):
        raise TranslationError(
            "a loop or condition stands inside a paragraph",
            where=f"{file}, line {line}: {text[:80]}",
            not_done="the template was not read",
            do="give the condition a line of its own with blank lines around it; each branch is a message of its own",
        )


def _text_block(text: str, context: str, file: str, line: int) -> Block:
    prefix = match.group() if (match := _PREFIX.match(text)) else ""
    rest = text[len(prefix) :]
    suffix = ""
    if prefix.startswith("#") and (match := _SUFFIX.search(rest)):
        suffix, rest = " " + match.group(1), rest[: match.start()]
    _refuse_logic(rest, file, line)
    return Block(prefix, Message(context, " ".join(rest.split()), file, line), suffix, text)


def parse_template(text: str, context: str, file: str) -> list[Block]:
    """Blocks of a Markdown + Jinja template: cut at blank lines, at statements on lines of their own, at list items."""
    blocks: list[Block] = []
    waiting: list[str] = []
    begin = 0

    def flush() -> None:
        if waiting:
            blocks.append(_text_block("\n".join(waiting), context, file, begin))
            waiting.clear()

    uncommented = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    for number, line in enumerate(uncommented.splitlines(), start=1):
        stripped = line.strip()
        if not stripped:
            flush()
        elif _STATEMENT.match(stripped) or _FENCE.match(stripped):
            flush()
            blocks.append(Block("", None, "", stripped))
        else:
            # a heading ends with its line
            if waiting and (_PREFIX.match(stripped) or waiting[0].startswith("#")):
                flush()
            if not waiting:
                begin = number
            waiting.append(stripped)
    flush()
    return blocks


def template_blocks(path: str | Path) -> list[Block]:
    """Blocks of a template and of the chapters that it includes, in order.

    A chapter is a file of its own, named by `{% include "<folder>/<chapter>.md.j2" %}` on a line of its own; its
    messages have the context of the document, and faults name the chapter and its line. Chapters include nothing.
    """
    path = Path(path)
    context = path.name.split(".")[0]
    blocks: list[Block] = []
    for block in parse_template(path.read_text(encoding="utf-8"), context, path.name):
        if included := _INCLUDE.fullmatch(block.source):
            chapter = included.group(1)
            blocks += parse_template((path.parent / chapter).read_text(encoding="utf-8"), context, chapter)
        else:
            blocks.append(block)
    return blocks


def template_messages(path: str | Path) -> list[Message]:
    """Messages of one template and its chapters, in order."""
    return [block.message for block in template_blocks(path) if block.message]


def flatten(data: Any, prefix: str = "") -> dict[str, str]:
    """Nested YAML to message ids: `{a: {b: text}}` -> `{"a.b": text}`."""
    if isinstance(data, dict):
        found: dict[str, str] = {}
        for key, value in data.items():
            found |= flatten(value, f"{prefix}.{key}" if prefix else str(key))
        return found
    return {prefix: " ".join(str(data).split())}


def label_messages(path: str | Path) -> dict[str, Message]:
    """Messages of a YAML file of labels by their id (which is also their context)."""
    path = Path(path)
    loader = yaml.CSafeLoader(path.read_text(encoding="utf-8"))
    try:
        node = loader.get_single_node()
        lines = _lines_of(node)
        labels = flatten(loader.construct_document(node) if node else None)
    finally:
        loader.dispose()
    return {name: Message(name, label, path.name, lines.get(name, 1)) for name, label in labels.items()}


def _lines_of(node: yaml.Node | None, prefix: str = "") -> dict[str, int]:
    """Line of each message id."""
    lines: dict[str, int] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{prefix}.{key.value}" if prefix else str(key.value)
            lines[name] = key.start_mark.line + 1
            lines |= _lines_of(value, name)
    return lines
