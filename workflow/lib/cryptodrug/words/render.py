"""Rendering a template in a language: messages are replaced by their translations, then Jinja runs, sandboxed."""

import difflib
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from cryptodrug.errors import StudyError, TranslationError
from cryptodrug.release import Value
from cryptodrug.results import POINT
from cryptodrug.words.catalogue import Catalogue, refuse_gaps
from cryptodrug.words.checks import refuse_foreign_calls
from cryptodrug.words.context import DocumentContext
from cryptodrug.words.messages import Block, template_blocks

FORMS = ("zero", "one", "many")
# what Markdown would read as more than words
MARKDOWN = re.compile(r"[\\`*_\[\]<>#$|~^@{}]")


def _statement(source: str) -> str:
    """Plural alternatives as plain Jinja; other statements stay as they are."""
    inner = source.removeprefix("{%").removesuffix("%}").strip()
    word, _, argument = inner.partition(" ")
    if word == "forms":
        return f"{{{{ guard({argument}) }}}}{{% set form_ = form({argument}) %}}{{% if false %}}"
    if word in FORMS and not argument:
        return f"{{% elif form_ == '{word}' %}}"
    if word == "endforms":
        return "{% else %}{{ no_form(form_) }}{% endif %}{{ unguard() }}"
    return source


def _translated(block: Block, language: str, catalogue: Catalogue, draft: bool) -> str:
    if block.message is None:
        return _statement(block.source)
    text = block.message.text
    if language != "en":
        found = catalogue.get(block.message)
        if found is None and draft:
            found = f"[en] {text}"
        if found is not None:
            refuse_foreign_calls(block.message, found, catalogue.file)
            text = found
    # `{#id}` of a heading would begin a comment of Jinja
    suffix = f"{{% raw %}}{block.suffix}{{% endraw %}}" if block.suffix else ""
    return f"{block.prefix}{text}{suffix}"


class Functions:
    """The functions a template may call, bound to one document."""

    def __init__(self, context: DocumentContext, template: str) -> None:
        self._context, self._template = context, template
        self._translator = context.translator
        self._guards: list[str] = []

    def _refuse(self, what: str, do: str) -> TranslationError:
        return TranslationError(what, where=self._template, not_done="the document was not made", do=do)

    def _value(self, name: str) -> Value:
        value = self._context.values.get(name)
        if value is None:
            near = difflib.get_close_matches(name, self._context.values, n=3)
            hint = f"near it are {', '.join(near)}" if near else "values.json holds all ids"
            raise self._refuse(f"there is no released value {name!r}", f"mend the id, or ask exists() first; {hint}")
        return value

    def v(self, name: str) -> str:
        """A value as printed."""
        value = self._value(name)
        return self._translator.value(value, self._context.threshold(value) if value.hidden else 0)

    def count(self, name: str, noun: str) -> str:
        """A number with its noun; nought and one need a sentence of their own."""
        value = self._value(name)
        if value.hidden:
            return f"{self.v(name)} {self._translator.noun(noun, None)}"
        if value.value in (0, 1) and name not in self._guards:
            raise self._refuse(
                f"{name} is {value.value}: the sentence around it has no form for that number",
                f"write {{% forms '{name}' %}} with {{% zero %}}, {{% one %}} and {{% many %}} around it",
            )
        return f"{self._translator.value(value, 0)}\u00a0{self._translator.noun(noun, int(value.value))}"

    def spelled(self, name: str) -> str:
        """A number of people as a word; nought, one and all need sentences of their own."""
        value = self._value(name)
        if value.hidden:
            return self.v(name)
        if value.value in (0, 1) and name not in self._guards:
            raise self._refuse(
                f"{name} is {value.value}: the sentence around it has no form for that number",
                f"write {{% forms '{name}' %}} with {{% zero %}}, {{% one %}} and {{% many %}} around it",
            )
        return self._translator.spelled(int(value.value))

    def is_all(self, name: str) -> bool:
        """Whether a number is that of everybody: its base. A hidden number never is."""
        value = self._value(name)
        base = self._context.values.get(value.base) if value.base else None
        return not value.hidden and base is not None and value.value == base.value

    def joint_determined(self) -> bool:
        """Whether the state of any anomaly of the joint display is known."""
        return any(one["state"] != "not-determined" for one in self._context.findings.get("anomalies", {}).values())

    def joint_display(self) -> str:
        """Every anomaly with its state, and what the interviews say to it; codes by their names, no number."""
        text, lines = self._translator.text, []
        for name, one in self._context.findings.get("anomalies", {}).items():
            said = one["inference"] or one["state"]
            codes = self._translator.formatter.listing(
                [self._translator.term("interview_code", c) for c in one["codes"]]
            )
            words = text(f"vocabulary.inference.{said}").format(codes=codes)
            colon = self._translator.formatter.sign(":")
            lines.append(f"- {text(f'vocabulary.anomaly.{name}')}{colon} {words}")
        return "\n".join(lines)

    def has_quotation(self, name: str) -> bool:
        """Whether the register of the study knows this quotation, in whatever state."""
        return name in self._context.quotations

    def quotation(self, name: str) -> str:
        """The words of an approved quotation, as a block of its own and without a word about the person."""
        entry = self._context.quotations.get(name)
        language = self._translator.language
        if entry is None:
            raise self._refuse(
                f"there is no quotation {name!r}", "cite one of the register, or ask has_quotation() first"
            )
        if not entry["text"]:
            raise self._refuse(
                f"the quotation {name!r} may not be printed: it is {entry['state']}",
                "take it out of the template; only an approved quotation is cited",
            )
        if language not in entry["text"]:
            raise self._refuse(f"the quotation {name!r} has no words in {language}", "add them to the register")
        words = MARKDOWN.sub(r"\\\g<0>", entry["text"][language])
        return f"> {self._translator.formatter.quoted(words)}"

    def interval(self, name: str) -> str:
        """The interval of a value, with its level; marked when only approximate."""
        value = self._value(name)
        if value.interval is None:
            raise self._refuse(f"{name} has no interval", "ask has_interval() first")
        ends = value.interval
        kind = "approximate" if "approximate" in (ends["method"] or "") else "exact"
        low, high = (
            self._translator.plain(value.kind, ends[end], value.unit, value.digits, with_unit=value.unit != POINT)
            for end in ("low", "high")
        )
        level = self._translator.formatter.percent(ends["level"], 0)
        return self._translator.text(f"vocabulary.interval.{kind}").format(level=level, low=low, high=high)

    def place(self, preposition: str, name: str) -> str:
        """A country with its preposition."""
        return self._translator.place(preposition, str(self._value(name).value))

    def list(self, name: str) -> str:
        """A list of terms."""
        return self.v(name)

    def exhibit(self, name: str, form: str = "figure") -> str:
        """A figure, or a table where there is none or where it is asked for."""
        return self._context.exhibit(name, form)

    def has(self, part: str) -> bool:
        """Whether the study has this part."""
        return part in self._context.parts

    def exists(self, name: str) -> bool:
        """Whether there is such a value."""
        return name in self._context.values

    def has_interval(self, name: str) -> bool:
        """Whether there is such a value with an interval."""
        value = self._context.values.get(name)
        return value is not None and value.interval is not None

    def released(self, table: str) -> bool:
        """Whether the table was released."""
        return table in self._context.tables

    def value(self, name: str) -> Any:
        """The bare value for a condition; None when hidden or absent."""
        value = self._context.values.get(name)
        return None if value is None or value.hidden else value.value

    def exceeds(self, name: str, bound: float | str) -> bool:
        """Whether a value is known and larger than a number, or than another known value; else nothing is compared."""
        value, bound = self.value(name), self.value(bound) if isinstance(bound, str) else bound
        return value is not None and bound is not None and value > bound

    def below(self, name: str, bound: float | str) -> bool:
        """The same for smaller."""
        value, bound = self.value(name), self.value(bound) if isinstance(bound, str) else bound
        return value is not None and bound is not None and value < bound

    def most_of(self, part: str, whole: str) -> bool:
        """Whether a count is more than half of another; unknown ones are not."""
        half = self.value(whole)
        return half is not None and self.exceeds(part, half / 2)

    def state(self, finding: str) -> str:
        """State of a finding."""
        return self._context.findings["findings"][finding]["state"]

    def prints(self, recommendation: str) -> str:
        """How a recommendation prints; `absent` in a study that gives none."""
        return self._context.findings["recommendations"].get(recommendation, {}).get("print", "absent")

    def guard(self, name: str) -> str:
        """Begin of plural alternatives."""
        self._guards.append(name)
        return ""

    def unguard(self) -> str:
        """End of plural alternatives."""
        self._guards.pop()
        return ""

    def form(self, name: str) -> str:
        """Which alternative a value takes; a hidden one takes the plural."""
        value = self._value(name)
        return "many" if value.hidden else {0: "zero", 1: "one"}.get(value.value, "many")

    def no_form(self, form: str) -> str:
        """The alternative that is needed is not there."""
        raise self._refuse(f"no sentence for the form {form!r} of {self._guards[-1]}", f"add {{% {form} %}}")


def _names(functions: Functions) -> dict[str, Any]:
    return {name: getattr(functions, name) for name in dir(functions) if not name.startswith("_")}


def _refuse_text_in_front_of_forms(blocks: list[Block], file: str) -> None:
    """What stands between `forms` and its first form would belong to no number, and never be printed."""
    for before, block in pairwise(blocks):
        if re.match(r"\{%\s*forms\b", before.source) and not re.match(r"\{%\s*(zero|one|many)\b", block.source):
            raise TranslationError(
                f"no form begins behind {before.source}: {block.source[:60]}",
                where=file + (f", line {block.message.line}" if block.message else ""),
                not_done="the document was not made",
                do="put the text under {% zero %}, {% one %} or {% many %}, or in front of the forms",
            )


def render_document(template: Path, language: str, catalogue: Catalogue, context: DocumentContext, draft: bool) -> str:
    """Markdown of a document.

    Raises
    ------
    TranslationError : messages are missing or fuzzy (all named), a translation calls something else than its source, a
        value is unknown, a number has no form.
    """
    blocks = template_blocks(template)
    _refuse_text_in_front_of_forms(blocks, template.name)
    messages = [block.message for block in blocks if block.message]
    if language != "en" and not draft:
        refuse_gaps(catalogue, messages)
    source = "\n\n".join(_translated(block, language, catalogue, draft) for block in blocks)
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    environment.globals = _names(Functions(context, template.name)) | {"study": context.study}
    try:
        text = environment.from_string(source).render()
    except StudyError:
        raise
    except TemplateError as error:
        raise TranslationError(
            f"the template cannot be rendered: {error}",
            where=f"{template.name} ({language})",
            not_done="the document was not made",
            do="mend the template or its translation",
        ) from error
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return "\n".join(kept).strip() + "\n"
