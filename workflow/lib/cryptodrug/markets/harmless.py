"""An archived page as HTML that does nothing: no script, no load, no picture, no form, no way out.

The page is written anew from its tree, and only tags and attributes of a short list are written. What is not on the
list cannot pass, however it is hidden.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Any

# written with their tag; of all others only the content is written
_KEPT = set(
    "a abbr article aside b big blockquote br caption center cite code dd del details dfn div dl dt em "
    "fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd label legend li main "
    "mark nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th "
    "thead time tr tt u ul var".split()
)
# not written at all
_DROPPED = set(
    "script style link meta base title iframe frame frameset object embed applet param noscript template "
    "svg math video audio source track canvas map area input button select option optgroup textarea "
    "datalist output progress meter dialog portal slot head".split()
)
_PICTURES = {"img", "picture", "image"}
_EMPTY = {"br", "hr"}
_ATTRIBUTES = ("class", "align", "valign", "width", "colspan", "rowspan", "title", "color", "size")
# of a style only declarations of plain words and numbers, in which no address can be written, and nothing that hides
# or moves an element over others
_PLAIN_STYLE = re.compile(r"[\w\s#%.,;:!()-]*\Z")
_LOADS = re.compile(
    r"url|image|import|expression|attr|var|src|position|display|margin|float|visibility|opacity|z-index", re.IGNORECASE
)

Marks = Callable[[Any], str]  # attributes that are added to an element, written and escaped


def _style(text: str) -> str:
    return text if _PLAIN_STYLE.match(text) and not _LOADS.search(text) else ""


def _opening(node: Any, marks: Marks) -> str:
    attributes = node.attributes
    kept = [(name, attributes.get(name) or "") for name in _ATTRIBUTES if name in attributes]
    if style := _style(attributes.get("style") or ""):
        kept.append(("style", style))
    written = "".join(f' {name}="{escape(value)}"' for name, value in kept)
    return f"<{node.tag}{written}{marks(node)}>"


def harmless(body: Any, marks: Marks) -> str:
    """The content of a page's body, written anew; without recursion, since pages can be deeply nested."""
    written: list[str] = []
    waiting: list[Any] = [body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            written.append(one)
        elif one.tag == "-text":
            written.append(escape(one.text(), quote=False))
        elif one.tag in _PICTURES:
            written.append(f'<span class="cd-picture"{marks(one)}>picture</span>')
        elif one.tag in _KEPT:
            written.append(_opening(one, marks))
            waiting += [] if one.tag in _EMPTY else [f"</{one.tag}>", *list(one.iter(include_text=True))[::-1]]
        elif one.tag not in _DROPPED and not one.tag.startswith("-"):
            waiting += list(one.iter(include_text=True))[::-1]
    return "".join(written)
