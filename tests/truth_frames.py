"""A small true offer, as `cryptodrug.truth.offers.true_offer` gives it."""

import pandas as pd

DAYS = {"jan": "2019-01-15", "feb": "2019-02-15", "mar": "2019-03-15"}
LAST_OF = {"one": "mar", "two": "feb"}


def true_rows(*rows):
    """Each row: (entity, market, month of `DAYS`, origins as `BE|NL` or None, further columns; `times`: repeated)."""
    made = []
    for entity, market, month, origins, more in rows:
        for number in range(more.get("times", 1)):
            codes = tuple((origins or "").split("|")) if origins else ()
            made.append(
                {
                    "entity": entity, "market": market, "snapshot_date": DAYS[month], "month": DAYS[month][:7],
                    "day": f"{market}-{DAYS[month]}", "last": LAST_OF[market] == month,
                    "listing_id": f"{market}:{entity}-{number}", "drug_class": "mdma", "quantity_g": 10.0,
                    "usd_cents": 10_000, "eur": 80.0, "holding": False, "policy": "europe", "ships_from": origins,
                    "country": codes[0] if len(codes) == 1 else "several" if codes else "not-stated",
                    "inclusive": "BE" in codes, "strict": codes == ("BE",), "sales": 0, "sales_before": None,
                }
                | {name: value for name, value in more.items() if name != "times"}
            )  # fmt: skip
    table = pd.DataFrame(made).astype({"sales_before": "Int64"})
    return table.assign(ever=table["entity"].isin(set(table.loc[table["inclusive"], "entity"])))
