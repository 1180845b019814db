"""What is true of how respondents buy, what they lost and what they know of risks."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cryptodrug.truth.answers import any_of, held_row
from cryptodrug.truth.offers import Table

# coarser categories of an item, which stand in place of the finer ones when one of these is of too few
COARSE = {
    "n_buy12": {"any": [1, 2, 3, 4]},
    "n_mkt": {"2-more": [2, 3, 4, 5, 6]},
    "dom_pref": {"no-preference-or-avoids": [3, 4]},
    "lp_origin": {"elsewhere": [2, 3, 4, 5, 6, 7]},
    "lost_n": {"any": [1, 2, 3, 4]},
    "scam_n": {"any": [1, 2, 3, 4]},
}
RISKS = {
    "vendor": "aw_vend",
    "administrators": "aw_admin",
    "parcel": "aw_parcel",
    "prosecution": "aw_police",
    "privacy": "aw_priv",
    "other-drug": "aw_drug",
    "exchange-rate": "aw_crypto",
}
CRITERIA = ("rate", "qual", "price", "sales", "known", "advice", "ctry", "speed", "stealth", "comm")
BARRIERS = ("police", "seize", "scam", "tech", "wait", "coin", "glut", "source", "none")
ASPECTS = {"quality": "qual", "price": "price", "safety": "safe"}
HABITS = [f"hr-{name}" for name in ("test", "low", "weigh", "read", "space")]
HABITS += [f"rk-{name}" for name in ("high", "mix", "alc", "alone", "unk")]
INFORMATION = {
    "forum-or-feedback": ["forum", "feed"],
    "vendors": ["vend"],
    "organisations": ["org"],
    "friends": ["frnd"],
    "science": ["sci"],
}


def _rows(rows: Iterable[tuple[str, pd.Series]]) -> Table:
    return pd.DataFrame([held_row(name, held) for name, held in rows])


def amount_paid(codes: Table) -> Table:
    """Median amount of the last purchase."""
    paid = codes["lp_eur"][codes["lp_eur"] >= 0]
    row = {"row": "all", "median": float(paid.median()), "base": len(paid), "outside": len(codes) - len(paid)}
    return pd.DataFrame([row])


def market_closures(codes: Table) -> Table:
    """Reactions of those who saw a market close; `direct-only`: directly or by app, and to no other market."""
    market = any_of(codes, ["clo_move"])
    moved = any_of(codes, ["clo_move", "clo_direct", "clo_app"])
    return _rows(
        [
            ("experienced", any_of(codes, ["clo_exp"])),
            ("other-market", market),
            ("direct-only", moved - market),
            ("moved-on", moved),
            ("offline", any_of(codes, ["clo_offl"])),
            ("waited-or-stopped", any_of(codes, ["clo_wait", "clo_stop"])),
            ("lost-money", any_of(codes, ["clo_money"])),
        ]
    )


def experience(codes: Table) -> Table:
    """Who is satisfied with an aspect of a place."""
    places = (("offline", "sat_off"), ("online", "sat_on"))
    return _rows(
        (f"{aspect}-{place}", any_of(codes, [f"{stem}_{name}"], (4, 5)))
        for aspect, name in ASPECTS.items()
        for place, stem in places
    )


def experience_comparison(codes: Table) -> Table:
    """Which place the same respondents judge better."""
    rows = []
    for aspect, name in ASPECTS.items():
        offline, online = codes[f"sat_off_{name}"], codes[f"sat_on_{name}"]
        step = np.sign(online - offline)[(offline >= 0) & (online >= 0)]
        worse, same, better = (int((step == way).sum()) for way in (-1, 0, 1))
        row = {"row": aspect, "offline_better": worse, "same": same, "online_better": better, "base": len(step)}
        rows.append(row | {"difference": step.mean() if len(step) else None})
    return pd.DataFrame(rows)


def practice_levels(codes: Table) -> Table:
    """Who does something often or always, before and now."""
    return _rows(
        (f"{habit}-{period}", any_of(codes, [habit.replace("-", f"_{short}_")], (2, 3)))
        for habit in HABITS
        for period, short in (("before", "bf"), ("now", "nw"))
    )


def information_sources(codes: Table) -> Table:
    """Who learns from a source, before and now."""
    rows = []
    for source, names in INFORMATION.items():
        before, now = (any_of(codes, [f"inf_{short}_{name}" for name in names]) for short in ("bf", "nw"))
        known = before.notna() & now.notna()
        before, now = before[known], now[known]
        rows.append(
            {
                "row": source,
                "before": int(before.sum()),
                "now": int(now.sum()),
                "base": int(known.sum()),
                "before_only": int((before > now).sum()),
                "now_only": int((now > before).sum()),
                "share_before": before.mean(),
                "share_now": now.mean(),
                "difference": now.mean() - before.mean(),
            }
        )
    return pd.DataFrame(rows)


def purchase_tables(codes: Table) -> dict[str, Table]:
    """All tables about purchases that count statements."""
    return {
        "amount-paid": amount_paid(codes),
        "risk-awareness": _rows((name, any_of(codes, [one], (3, 4))) for name, one in RISKS.items()),
        "market-closures": market_closures(codes),
        "vendor-choice": _rows((name, any_of(codes, [f"vc_{name}"])) for name in CRITERIA),
        "barriers": _rows((name, any_of(codes, [f"bar_{name}"])) for name in BARRIERS),
        "experience": experience(codes),
        "experience-comparison": experience_comparison(codes),
        "practice-levels": practice_levels(codes),
        "information-sources": information_sources(codes),
    }
