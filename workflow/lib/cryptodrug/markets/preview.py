"""An archived page beside what is read from it, as one local HTML file that loads nothing and runs nothing."""

import argparse
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from cryptodrug.errors import InputError
from cryptodrug.files import write_text
from cryptodrug.markets.find import market_file, page_source
from cryptodrug.markets.harmless import harmless
from cryptodrug.markets.marking import PLACE, places, with_places
from cryptodrug.markets.matches import Match, Recogniser, matches, pieces
from cryptodrug.provenance.records import PROJECT
from cryptodrug.reading.adapter import Adapter, read_adapter
from cryptodrug.reading.reader import Reader, page_id

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
OWN_POLICY = f"{POLICY}; frame-src about:"  # the page shown inside stands in this file, as about:srcdoc
FRAME_STYLE = """
body { font: 14px/1.4 sans-serif; margin: 1em; color: #222; background: #fff; overflow-wrap: anywhere }
table { border-collapse: collapse } td, th { padding: 2px 4px; vertical-align: top }
.cd-picture { border: 1px dashed #888; color: #666; padding: 0 4px; font-size: 11px }
[data-cd-field] { outline: 2px solid #b3005e; outline-offset: 1px; background: #fff3b0; color: #000 }
[data-cd-field]::before { content: attr(data-cd-field); background: #b3005e; color: #fff; font: bold 10px/1 monospace;
  padding: 1px 3px; margin-right: 3px; display: inline-block; vertical-align: top }
"""
STYLE = """
* { box-sizing: border-box } body { margin: 0; font: 14px/1.4 sans-serif; color: #222; display: flex; height: 100vh }
iframe { flex: 1; border: 0; border-right: 3px solid #888; height: 100vh; background: #fff }
aside { width: 32em; max-width: 45vw; overflow: auto; padding: 0 1em 1em; background: #f6f6f6; overflow-wrap: anywhere }
h1 { font-size: 1.2em } h2 { font-size: 1em; margin: 1.2em 0 .2em; border-bottom: 1px solid #999 }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
td { padding: 2px 4px; border-bottom: 1px solid #ddd; vertical-align: top }
td:first-child { width: 13em; font-family: monospace } .none { color: #767676; font-style: italic }
.how { color: #595959; font-size: 12px }
"""


def _where_from(one: Match) -> str:
    """Where a value comes from that has no element to mark."""
    if one.rule.constant is not None:
        return "always the same"
    if one.rule.path is not None:
        return "from the path of the page"
    return "from the source of the page" if one.rule.page is not None else ""


def _panel_rows(found: list[Match]) -> Iterator[str]:
    for (table, row), group in groupby(found, key=lambda one: (one.table, one.row)):
        yield f"<h2>{escape(table)}{'' if table == 'page' else f' {row + 1}'}</h2><table>"
        for one in group:
            shown = '<span class="none">not on the page</span>' if one.value is None else escape(str(one.value))
            how = (
                f' <span class="how">({where})</span>' if one.value is not None and (where := _where_from(one)) else ""
            )
            yield f"<tr><td>{escape(one.name)}</td><td>{shown}{how}</td></tr>"
        yield "</table>"


def _page_facts(market: str, read: Any, path: str) -> str:
    facts = {"market": market, "path": path, "kind": read.kind, "layout": read.layout or ""}
    facts["notes"] = ", ".join(sorted(read.notes)) or "none"
    cells = "".join(f"<tr><td>{name}</td><td>{escape(value)}</td></tr>" for name, value in facts.items())
    return f"<h1>What is read</h1><table>{cells}</table>"


def preview_html(adapter: Adapter, path: str, data: bytes) -> str:
    """The page and its fields as one HTML text.

    `path`: of the page in its archive (market files may read it); `data`: the page as archived.
    """
    read = Reader(adapter).read(path, data)
    rule, kind, page = Recogniser(adapter).find(path, data)
    found: list[Match] = []
    if rule is not None and kind is not None:
        found = matches(rule, path, page, with_places(pieces(kind, rule, page)))
    marked = places(found)

    def marks(node: Any) -> str:
        names = marked.get(node.attributes.get(PLACE) or "")
        return f' data-cd-field="{escape(" ".join(names))}"' if names else ""

    whole = with_places([(0, page)])
    content = harmless(whole.body, marks) if whole.body is not None else ""
    frame = (
        f"<!DOCTYPE html><html><head>{_head(POLICY)}<style>{FRAME_STYLE}</style></head><body>{content}</body></html>"
    )
    panel = _page_facts(adapter.market, read, path) + "".join(_panel_rows(found))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{_head(OWN_POLICY)}<title>{escape(adapter.market)}: preview</title>'
        f"<style>{STYLE}</style></head><body><iframe sandbox title="
        f'"the archived page, without scripts, pictures and links" srcdoc="{escape(frame)}"></iframe>'
        f"<aside>{panel}</aside></body></html>\n"
    )


def _head(policy: str) -> str:
    return (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="referrer" content="no-referrer">'
    )


def preview(options: argparse.Namespace) -> int:
    """Write the preview of one page and say where.

    Raises
    ------
    AdapterError : the market file is wrong.
    InputError : there is no such page.
    """
    adapter = read_adapter(market_file(options.market))
    page = page_source(options.page)
    if not page.is_file():
        raise InputError(
            "this is a folder, and a preview shows one page",
            where=str(page),
            not_done="no preview was written",
            do="give the path of one page",
        )
    path = options.path or page.name
    out = Path(options.out) if options.out else _place_for(adapter.market, path)
    write_text(out, preview_html(adapter, path, page.read_bytes()))
    print(f"{out}: open it in a browser; it holds the archived page, so keep it to yourself")
    return 0


def _place_for(market: str, path: str) -> Path:
    """A name that says nothing of the page, in a folder that is not under version control."""
    return PROJECT / "results" / "preview" / f"{market}-{page_id(market, '', path)}.html"
