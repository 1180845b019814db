"""Whether the truth of a simulated study stays out of everything that leads to a released number."""

from collections.abc import Iterator, Mapping
from typing import Any

from cryptodrug.provenance.chain import Records
from cryptodrug.provenance.gate_check import GATE

TRUTH = "demo_truth"
SIMULATOR = "simulate_demo"
FOLDER, RECEIVED, PUBLISHED = "truth/", "data/", "data/reference/"
# modules that know the world of a scenario
WORLD = ("workflow/lib/cryptodrug/truth/", "workflow/lib/cryptodrug/simulate/")


def _in_front(records: Records) -> set[str]:
    """Names of all made files that the release gate was made of, and those of the gate; not beyond a truth table."""
    waiting, found = [name for name, record in records.items() if record["rule"] == GATE], set()
    while waiting:
        name = waiting.pop()
        if name in records and name not in found and records[name]["rule"] != TRUTH:
            found.add(name)
            waiting.extend(records[name]["inputs"])
    return found


def _secrets(records: Records) -> set[str]:
    """Scenario files: received data of which the truth is made (published facts and maps are nobody's secret)."""
    used = {source for record in records.values() if record["rule"] == TRUTH for source in record["inputs"]}
    return {source for source in used if source.startswith(RECEIVED) and not source.startswith(PUBLISHED)}


def _known(record: Mapping[str, Any], records: Records, secrets: set[str]) -> Iterator[str]:
    for source in record["inputs"]:
        made = records.get(source)
        if source in secrets or (made is not None and made["path"].startswith(FOLDER)):
            yield source
    yield from (module for module in record["code"] if module.startswith(WORLD))


def reads_the_truth(records: Records) -> Iterator[str]:
    """Lines `file (rule) <- source` for every file in front of the gate that knows more than the archives show, sorted.

    Only the simulator may read the scenario, and what it makes must be input as a real study would receive it.
    """
    secrets = _secrets(records)
    for name in sorted(_in_front(records)):
        record = records[name]
        if record["rule"] == SIMULATOR and record["path"].startswith("inputs/"):
            continue
        for source in sorted(_known(record, records, secrets)):
            yield f"{record['path']} (rule {record['rule']}) <- {source}"
