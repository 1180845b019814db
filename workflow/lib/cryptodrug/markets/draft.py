"""Page rules for all groups of pages, and the market file that holds them, with comments."""

import json
import re
from dataclasses import dataclass
from typing import Any

from cryptodrug.markets.accounts import listing_page, opinion_fields, vendor_page
from cryptodrug.markets.blocks import Block
from cryptodrug.markets.kinds import Proposal, propose
from cryptodrug.markets.lists import list_values
from cryptodrug.markets.marks import When, tell_apart
from cryptodrug.markets.sampled import SampledPage
from cryptodrug.markets.schema import EDITOR_LINE
from cryptodrug.markets.structure import families
from cryptodrug.markets.trials import Rule, Trial

ORDER = ("captcha", "login", "limit", "error", "listing", "vendor", "list", "feedback", "front", "other")
_CLASS_OR_ID = re.compile(r"(?<![\w\"])[.#]([A-Za-z_][\w-]+)(?![^\[]*\])")
SHOWN = 3  # names of pages in a comment


@dataclass(frozen=True)
class Rows:
    """Rows of one table: their selector (None: the page), their fields."""

    table: str
    select: str | None
    fields: dict[str, Trial]
    required: str | None = None


@dataclass(frozen=True)
class Draft:
    """One page rule: its group of pages, how it is known, what is read; `values`: of the page itself."""

    proposal: Proposal
    layout: str
    when: When
    rows: list[Rows]
    values: dict[str, Trial]


def _parted(group: list[SampledPage]) -> list[Proposal]:
    """The kind of a group; a group in which only some pages have the rows of a list is parted."""
    one = propose(group)
    if one.kind != "list" or one.offers is None or one.offers.pages == len(group):
        return [one]
    paths = {row.path for row in one.offers.rows}
    with_rows = [page for page in group if page.path in paths]
    return [propose(with_rows), *_parted([page for page in group if page.path not in paths])]


def _family(groups: list[list[SampledPage]]) -> list[Proposal]:
    """The kinds of groups of related structure; those of one kind are one group."""
    by_kind: dict[str, list[Proposal]] = {}
    for one in (one for group in groups for one in _parted(group)):
        by_kind.setdefault(one.kind, []).append(one)
    return [
        some[0] if len(some) == 1 else propose(sorted((page for one in some for page in one.pages), key=_path))
        for some in by_kind.values()
    ]


def _path(page: SampledPage) -> str:
    return page.path


def proposals(pages: list[SampledPage]) -> list[Proposal]:
    """All groups of pages with their kinds."""
    found = [one for groups in families(pages) for one in _family(groups)]
    return sorted(found, key=lambda one: (ORDER.index(one.kind), -len(one.pages), one.pages[0].path))


def _required(fields: dict[str, Trial]) -> str | None:
    """The field without which an element is no row, where some elements are none (heads of tables)."""
    sure = next((name for name in ("title", "native_id", "posted_text") if name in fields), None)
    return sure if sure is not None and fields[sure].coverage < 1 else None


def _block_rows(table: str, block: Block | None, fields: dict[str, Trial]) -> list[Rows]:
    return [Rows(table, block.select, fields, _required(fields))] if block is not None and fields else []


def _rows(one: Proposal, known: set[str]) -> list[Rows]:
    """What is read from the pages of a group."""
    opinions = opinion_fields(one.opinions) if one.opinions is not None else {}
    feedback = _block_rows("feedback", one.opinions, opinions)
    if one.kind == "listing":
        fields = listing_page(one.pages, known)
        return ([Rows("listing", None, fields)] if fields else []) + feedback
    if one.kind == "vendor":
        fields = vendor_page(one.pages)
        own = [Rows("vendor", None, fields, "vendor" if "vendor" in fields else None)] if fields else []
        shown = one.fields
        if shown and "vendor" not in shown and "vendor" in fields:
            shown = shown | {"vendor": Trial(fields["vendor"].rule | {"of_page": True}, fields["vendor"].values)}
        return own + _block_rows("listing", one.offers, shown) + feedback
    if one.kind == "list":
        return _block_rows("listing", one.offers, one.fields)
    return feedback if one.kind == "feedback" else []


def _names(rows: list[Rows]) -> list[str]:
    """Classes, ids and labels that the rules of a group use: a page without them would give nothing."""
    selectors = [one.select or "" for one in rows]
    selectors += [trial.rule.get("select", "") for one in rows for trial in one.fields.values()]
    labels = [label for text in selectors for label in re.findall(r'contains\("([^"]+)"', text)]
    return list(dict.fromkeys([*labels, *(name for text in selectors for name in _CLASS_OR_ID.findall(text))]))


def drafts(pages: list[SampledPage]) -> tuple[list[Draft], list[Proposal]]:
    """Page rules, and the groups that have no mark by which they could be told from the others."""
    groups = proposals(pages)
    known = {
        number
        for one in groups
        if one.kind == "list" and "native_id" in one.fields
        for number in one.fields["native_id"].found
    }
    made, without, layouts = [], [], {}
    for one in groups:
        rows = _rows(one, known)
        own = {page.path for page in one.pages}
        when = tell_apart(one.pages, [page for page in pages if page.path not in own], _names(rows))
        if "contains" not in when:
            without.append(one)
            continue
        layouts[one.kind] = layouts.get(one.kind, 0) + 1
        layout = "main" if layouts[one.kind] == 1 else f"layout-{layouts[one.kind]}"
        made.append(Draft(one, layout, when, rows, list_values(one.pages) if one.kind == "list" else {}))
    return made, without


def _scalar(value: Any) -> str:
    """A value as YAML: backslashes stay as they are in single quotation marks."""
    if isinstance(value, str) and ("\\" in value or '"' in value):
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


def _flow(rule: Rule) -> str:
    parts = [
        f"{key}: [{', '.join(map(_scalar, value))}]" if isinstance(value, list) else f"{key}: {_scalar(value)}"
        for key, value in rule.items()
    ]
    return "{" + ", ".join(parts) + "}"


def _rare(trial: Trial) -> str:
    return f"  # on {trial.coverage:.0%}" if trial.coverage < 0.5 else ""


def _rows_text(rows: Rows) -> list[str]:
    lines = [f"      - table: {rows.table}"]
    if rows.select is not None:
        lines.append(f"        select: {_scalar(rows.select)}")
    if rows.required is not None:
        lines.append(f"        required: {rows.required}")
    lines.append("        fields:")
    for name, trial in rows.fields.items():
        lines.append(f"          {name}: {_flow(trial.rule)}{_rare(trial)}")
    return lines


def _rule_text(draft: Draft) -> list[str]:
    pages = draft.proposal.pages
    shown = ", ".join(_in_comment(page.path) for page in pages[:SHOWN]) + (", ..." if len(pages) > SHOWN else "")
    lines = [
        "",
        f"  # {len(pages)} {'page' if len(pages) == 1 else 'pages'}: {shown}",
        f"  # proposed as {draft.proposal.kind}: {_in_comment(draft.proposal.why)}",
        f"  - kind: {draft.proposal.kind}",
    ]
    if draft.layout != "main":
        lines.append(f"    layout: {draft.layout}")
    lines.append(f"    when: {_flow(draft.when)}")
    lines += [f"    {name}: {_flow(trial.rule)}{_rare(trial)}" for name, trial in draft.values.items()]
    if draft.rows:
        lines.append("    rows:")
    return [*lines, *(line for rows in draft.rows for line in _rows_text(rows))]


def _in_comment(text: str) -> str:
    """A text that can stand in a comment: printable, on one line, not long."""
    clean = "".join(sign if sign.isprintable() else "?" for sign in text.encode("utf-8", "replace").decode())
    return clean if len(clean) <= 100 else "..." + clean[-97:]


def market_text(market: str, pages: list[SampledPage], made: list[Draft], without: list[Proposal]) -> str:
    """The whole market file."""
    whole = b"</html>"
    lines = [
        EDITOR_LINE,
        f"# First draft, made from {len(pages)} pages. Each rule was tried on them; what a field means was guessed.",
        "# Read it against the pages (cryptodrug market preview), mend it, add invented samples. Names of pages can",
        "# be names of vendors: take them out before the file goes to others.",
        f"market: {_scalar(market)}",
        f"description: {_scalar(f'{market}: draft, kinds and fields to be confirmed')}",
    ]
    if sum(whole in page.data.lower() for page in pages) > 0.9 * len(pages):
        lines.append('whole_page: "</html>"')
    lines += ["", "pages:", *(line for draft in made for line in _rule_text(draft))]
    for one in without:
        names = ", ".join(_in_comment(page.path) for page in one.pages[:SHOWN])
        lines += ["", f"  # No text tells these from the others, so they stay unknown ({one.kind}?): {names}"]
    return "\n".join(lines) + "\n"
