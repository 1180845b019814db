"""What docs/new-market.md tells to type exists."""

import argparse
import re

from cryptodrug.markets.commands import register
from cryptodrug.provenance.records import PROJECT


def test_every_command_of_the_explanation_can_be_parsed():
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    text = (PROJECT / "docs" / "new-market.md").read_text(encoding="utf-8")
    lines = re.findall(r"^cryptodrug (market .*)$", text, re.MULTILINE)
    assert {line.split()[1] for line in lines} == {"new", "check", "preview", "parse"}
    for line in lines:
        assert callable(parser.parse_args(line.split()).run)
