"""A market file tried on its own samples and on pages: what does each field give?"""

import argparse
from collections.abc import Iterator

from cryptodrug.errors import AdapterError
from cryptodrug.markets.find import market_file, page_source
from cryptodrug.markets.sampled import choose
from cryptodrug.markets.tryout import report, try_on
from cryptodrug.reading.adapter import Adapter, read_adapter
from cryptodrug.reading.samples import Outcome, run_all


def _summary(adapter: Adapter, outcome: Outcome) -> Iterator[str]:
    """One line per kind and field: how many values the samples gave."""
    for rule in adapter.tables:
        told_by = f"columns {', '.join(rule.columns)}" if rule.columns else f"{len(rule.lines)} forms of lines"
        yield f"table {rule.kind}/{rule.layout}: {told_by}"
    if not adapter.samples:
        yield "no samples"
    kind_before = None
    for (kind, layout, table, name), count in outcome.filled.items():
        if (kind, layout) != kind_before:
            kind_before = (kind, layout)
            yield f"{kind}/{layout}"
        yield f"  {table + '.' + name:<28}{count:>4} {'value' if count == 1 else 'values'}"


def _try_pages(adapter: Adapter, options: argparse.Namespace) -> None:
    """Print what the market file reads from the given pages."""
    chosen = choose(page_source(options.pages), options.at_most)
    for line in report(adapter, try_on(adapter, chosen)):
        print(line)


def check(options: argparse.Namespace) -> int:
    """Run a market file on its samples and, when asked, on pages; print what each field gave.

    A draft that has no sample yet can be tried on pages; without pages it needs samples.

    Raises
    ------
    AdapterError : a sample is not read as it says, or a field gives nothing on any sample.
    """
    path = market_file(options.market)
    adapter = read_adapter(path)
    outcome = (
        run_all(adapter) if adapter.samples or not options.pages else Outcome(remarks=["there are no samples yet"])
    )
    for line in _summary(adapter, outcome):
        print(line)
    for remark in outcome.remarks:
        print(f"note: {remark}")
    if options.pages:
        _try_pages(adapter, options)
    if outcome.faults:
        raise AdapterError(
            "the market file does not read its samples as they say:\n    " + "\n    ".join(outcome.faults),
            where=str(path),
            not_done="the market file was not accepted",
            do="mend the rule, or the sample when the rule is right; workflow/markets/README.md explains both",
        )
    print(f"{path.name}: {len(adapter.samples)} samples, no fault")
    return 0
