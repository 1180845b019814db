"""Small invented offers for tests of the analyses, and what every result table must be."""

import numpy as np
import pandas as pd
from cryptodrug.gate import check_content
from cryptodrug.results import read_result, write_result

FIRST, LAST = "2019-01-01", "2019-01-30"
DRAWING = {"draws": 25, "seed": 3, "level": 0.95}
FOCUS = {"focus": "BE", "definition": "inclusive"}
FLAGS = ("holding_own_history", "holding_class", "holding_cap")


def status_of(origin):
    if origin is None:
        return "none"
    return "several" if "|" in origin else "country"


def offer(*rows):
    """Drug listings as an analysis reads them.

    Each row: (vendor, origin, further columns); a column `times` repeats it as that many listings. Without a date a row
    stands in the last snapshot.
    """
    made = []
    for vendor, origin, more in rows:
        for _ in range(more.get("times", 1)):
            row = {
                "market": "toy",
                "snapshot_date": LAST,
                "listing_id": f"toy:{len(made)}",
                "vendor": vendor,
                "ships_from": origin,
                "ships_from_status": status_of(origin),
                "drug_class": "cannabis",
                "ships_to_policy": "worldwide",
                "quantity_g": 10.0,
                "quantity_units": None,
                "price_eur": 100.0,
            }
            row |= {name: value for name, value in more.items() if name != "times"}
            made.append(row | {"entity": f"{row['market']}:{vendor}"})
    table = pd.DataFrame(made)
    table["price_eur_per_g"] = table["price_eur"] / table["quantity_g"]
    return table if "holding_class" in table else table.assign(**dict.fromkeys(FLAGS, False))


def many(prefix, vendors, origin, **more):
    """Rows of so many vendors, one each."""
    return [(f"{prefix}{number:02d}", origin, more) for number in range(vendors)]


def both_days(*rows):
    """The same rows in both snapshots."""
    return [(v, o, m | {"snapshot_date": day}) for day in (FIRST, LAST) for v, o, m in rows]


WHOLE = offer(
    *both_days(
        *many("b", 12, "BE", drug_class="ecstasy", times=2),
        *many("b", 4, "BE", ships_to_policy="domestic"),
        *many("n", 14, "NL", ships_to_policy="europe"),
        *many("d", 5, "DE", drug_class="ecstasy", ships_to_policy="not-stated"),
    )
)
OURS = WHOLE["ships_from"] == "BE"
DEGENERATE = {
    "no focus vendor": WHOLE[~OURS],
    "focus vendors alone": WHOLE[OURS],
    "one vendor": WHOLE[WHOLE["vendor"] == "n00"],
    "one focus vendor": WHOLE[WHOLE["vendor"] == "b05"],
    "one focus vendor among others": WHOLE[~OURS | (WHOLE["vendor"] == "b05")],
    "one snapshot": WHOLE[WHOLE["snapshot_date"] == LAST],
    "focus vendors gone in the last snapshot": WHOLE[~OURS | (WHOLE["snapshot_date"] == FIRST)],
    "no prices": WHOLE.assign(price_eur=np.nan, price_eur_per_g=np.nan),
    "no weights": WHOLE.assign(quantity_g=np.nan, price_eur_per_g=np.nan),
    "no origin": WHOLE.assign(ships_from=None, ships_from_status="none"),
    "no destination": WHOLE.assign(ships_to_policy="not-stated"),
    "no class": WHOLE.assign(drug_class=None),
    "all prices holding": WHOLE.assign(**dict.fromkeys(FLAGS, True)),
}
DEGENERATE = {name: table.reset_index(drop=True) for name, table in DEGENERATE.items()}


def feedback_of(listing, times=1, posted=LAST):
    """So many dated feedbacks for each listing of the last snapshot."""
    rows = listing[listing["snapshot_date"] == LAST]
    found = pd.DataFrame(
        {
            "market": rows["market"],
            "snapshot_date": LAST,
            "page_id": "p-" + rows["listing_id"],
            "listing_id": rows["listing_id"],
            "posted_low": posted,
            "posted_high": posted,
            "text_key": "default",
            "truncated": False,
            "score": 1.0,
        }
    )
    return found.loc[found.index.repeat(times)].reset_index(drop=True)


def assert_valid(table, folder):
    """A table the gate takes, that survives writing, whose texts are codes or nothing, and whose intervals hold."""
    check_content(table)
    write_result(table, folder / "result.parquet", folder / "result.json")
    again = read_result(folder / "result.parquet", folder / "result.json")
    assert list(again.rows["row"]) == list(table.rows["row"])
    for column in table.columns:
        values = table.rows[column.name]
        if column.kind in ("text", "list", "date"):
            assert not any(isinstance(value, float) for value in values), f"{column.name} holds NaN"
        else:
            numbers = pd.to_numeric(values).dropna().astype(float)
            assert np.isfinite(numbers).all(), f"{column.name} is not finite"
        if column.kind == "count":
            assert (numbers >= 0).all() and (numbers % 1 == 0).all()
        if column.kind == "share":
            # a difference of two shares is a share too
            assert numbers.between(-1 if column.name == "difference" else 0, 1).all()
        if column.low:
            ends = table.rows[[column.low, column.high]].astype(float)
            assert (ends[column.low].dropna() <= ends[column.high].dropna()).all()
    for sums in table.row_sums:
        for name in sums["columns"]:
            cells = table.rows.set_index("row")[name]
            assert cells[sums["parts"]].sum() == (cells[sums["total"]] if sums.get("total") else sums["value"])
