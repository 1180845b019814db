"""A market file tried on its own samples: what does each field give?"""

import argparse
from collections.abc import Iterator

from cryptodrug.errors import AdapterError
from cryptodrug.markets.find import market_file
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


def check(options: argparse.Namespace) -> int:
    """Run the samples of a market file and print what each field gave.

    Raises
    ------
    AdapterError : a sample is not read as it says, or a field gives nothing on any sample.
    """
    path = market_file(options.market)
    adapter = read_adapter(path)
    outcome = run_all(adapter)
    for line in _summary(adapter, outcome):
        print(line)
    for remark in outcome.remarks:
        print(f"note: {remark}")
    if outcome.faults:
        raise AdapterError(
            "the market file does not read its samples as they say:\n    " + "\n    ".join(outcome.faults),
            where=str(path),
            not_done="the market file was not accepted",
            do="mend the rule, or the sample when the rule is right; workflow/markets/README.md explains both",
        )
    print(f"{path.name}: {len(adapter.samples)} samples, no fault")
    return 0
