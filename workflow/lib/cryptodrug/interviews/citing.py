"""Quotations behind the release gate: an id, its state, and the words of those that were approved."""

from collections.abc import Mapping
from typing import Any

CITABLE = ("approved", "released")


def released_quotations(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """State of every quotation by id; words only of those in state `approved` or `released`.

    The state stays, so that a document which cites one that was taken back stops instead of leaving it out unseen.
    """
    return {
        name: {"state": entry["state"], "text": dict(entry["text"]) if entry["state"] in CITABLE else {}}
        for name, entry in sorted(entries.items())
    }
