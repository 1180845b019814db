"""`cryptodrug market`: draft a market file, try it, read pages with it."""

from typing import Any

from cryptodrug.dating.conclude import RULE
from cryptodrug.markets.check import check
from cryptodrug.markets.dates import dates
from cryptodrug.markets.new import new
from cryptodrug.markets.parse import parse
from cryptodrug.markets.preview import preview
from cryptodrug.markets.schema import schema

MARKET = "name of a file in workflow/markets, or path of a .yaml file"
STATUS = "exit status: 0 pages were read; 1 no page is of a known kind; 2 market file or pages cannot be used"

DATED = f"{RULE} Exit status: 0 a date and nothing against it; 1 otherwise."


def register(subparsers: Any) -> None:
    """Add the group `market`."""
    group = subparsers.add_parser("market", help="draft, check and preview a market file, read pages with it")
    actions = group.add_subparsers(dest="action", required=True)
    draft = actions.add_parser("new", help="draft a market file from a folder or archive of pages")
    draft.add_argument("market", help="name of the new market, or path of the new .yaml file; never overwritten")
    draft.add_argument("--pages", required=True, help="folder of pages, or archive")
    draft.add_argument("--at-most", type=int, default=400, help="pages that are looked at (default 400)")
    draft.set_defaults(run=new)
    one = actions.add_parser("check", help="run a market file on its samples and on pages, field by field")
    one.add_argument("market", help=MARKET)
    one.add_argument("--pages", help="folder of pages, or archive, to try it on")
    one.add_argument("--at-most", type=int, default=2000, help="pages that are looked at (default 2000)")
    one.set_defaults(run=check)
    show = actions.add_parser("preview", help="write a local HTML file: one archived page with its fields marked")
    show.add_argument("market", help=MARKET)
    show.add_argument("page", help="file of one archived page")
    show.add_argument("--path", help="path of the page in its archive, for fields that are read from it")
    show.add_argument("--out", help="file to write (default: in results/preview)")
    show.set_defaults(run=preview)
    two = actions.add_parser("parse", help="print what is read from a page, a folder or an archive", epilog=STATUS)
    two.add_argument("market", help=MARKET)
    two.add_argument("pages", help="page, folder of pages, archive, or a table of which the market file knows columns")
    two.add_argument("--json", action="store_true", help="one JSON object a line; nothing else on standard output")
    two.set_defaults(run=parse)
    when = actions.add_parser(
        "dates", help="date a snapshot by its name, clocks and rates, with the evidence", epilog=DATED
    )
    when.add_argument("market", help=MARKET)
    when.add_argument("pages", help="page, folder of pages, archive, or table")
    when.add_argument("--rates", action="append", default=[], metavar="FILE", help="daily rates to compare with (CSV)")
    when.add_argument("--json", action="store_true", help="one JSON object; nothing else on standard output")
    when.set_defaults(run=dates)
    five = actions.add_parser("schema", help="renew docs/market.schema.json, which editors read")
    five.set_defaults(run=schema)
