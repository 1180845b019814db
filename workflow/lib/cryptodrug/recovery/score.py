"""How well estimates find what is true: bias, root mean squared error, coverage, each with its Monte Carlo error."""

import numpy as np
import pandas as pd

WHICH = ["case", "missed"]
EXACT = 1e-12  # ends of intervals are sums of floating numbers
KEYS = ["table", "row", "column"]
RECORD = (*WHICH, "replicate", *KEYS, "value", "low", "high", "approximate", "true", "error")


def judged(records: pd.DataFrame) -> pd.DataFrame:
    """Records with the error of each estimate and whether its interval covers; NaN without an interval.

    A category that no vendor of the scenario belongs to (or all do) is left out: nothing can be found there.
    """
    share = records["column"].str.startswith("share")
    possible = records[~(share & records["true"].isin([0, 1]))]
    has = possible["low"].notna() & possible["high"].notna()
    slack = EXACT * possible["true"].abs()
    below = possible["true"] > possible["high"] + slack
    above = possible["true"] < possible["low"] - slack
    return possible.assign(
        apart=possible["value"] - possible["true"],
        interval=has,
        covers=np.where(has, ~(below | above), np.nan).astype(float),
        too_low=np.where(has, below, np.nan).astype(float),
        too_high=np.where(has, above, np.nan).astype(float),
        width=possible["high"] - possible["low"],
    )


def by_value(judged: pd.DataFrame) -> pd.DataFrame:
    """One row per case, share of missed pages and value id.

    `bias_error` adds up the Monte Carlo errors of the mean of the estimates and of the true value; `coverage_error` is
    that of a proportion of independent replicates.
    """
    groups = judged.groupby([*WHICH, *KEYS], sort=True)
    found = groups.agg(
        replicates=("value", "size"),
        true=("true", "mean"),
        bias=("apart", "mean"),
        spread=("apart", lambda apart: apart.std(ddof=1) if len(apart) > 1 else np.nan),
        rmse=("apart", lambda apart: float(np.sqrt((apart**2).mean()))),
        true_error=("error", "mean"),
        intervals=("interval", "sum"),
        approximate=("approximate", "mean"),
        coverage=("covers", "mean"),
        too_low=("too_low", "mean"),
        too_high=("too_high", "mean"),
        width=("width", "mean"),
    )
    found["bias_error"] = np.sqrt(found["spread"] ** 2 / found["replicates"] + found["true_error"] ** 2)
    missed = found["coverage"] * (1 - found["coverage"])
    found["coverage_error"] = np.sqrt(missed / found["intervals"].where(found["intervals"] > 0))
    return found.reset_index()


def _ratio_error(above: pd.Series, below: pd.Series) -> float:
    """Standard error of sum(above)/sum(below) over replicates: values of one replicate are not independent."""
    n, ratio = len(below), above.sum() / below.sum()
    apart = above - ratio * below
    return float(np.sqrt((apart**2).sum() * n / max(n - 1, 1)) / below.sum())


def by_estimator(judged: pd.DataFrame, values: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """One row per case, share of missed pages and estimator (table and column), over all its rows.

    Bias and root mean squared error are means over the rows, in units of the standard deviation of the estimates: 0.1
    is a tenth of it. Values with fewer than `fewest` replicates count for the coverage alone.
    """
    made = []
    for key, rows in judged.groupby([*WHICH, "table", "column"], sort=False):
        of = values[(values[[*WHICH, "table", "column"]] == list(key)).all(axis=1)]
        often = of[(of["replicates"] >= fewest) & (of["spread"] > 0)]
        a_replicate = rows.groupby("replicate")[["covers", "interval"]].sum()
        a_replicate = a_replicate[a_replicate["interval"] > 0]
        has = len(a_replicate) > 0
        made.append(
            dict(zip([*WHICH, "table", "column"], key, strict=True))
            | {
                "values": len(of),
                "replicates": rows["replicate"].nunique(),
                "bias": (often["bias"] / often["spread"]).mean() if len(often) else np.nan,
                "rmse": (often["rmse"] / often["spread"]).mean() if len(often) else np.nan,
                "intervals": int(rows["interval"].sum()),
                "approximate": rows.loc[rows["interval"], "approximate"].mean() if has else np.nan,
                "coverage": rows["covers"].mean() if has else np.nan,
                "coverage_error": _ratio_error(a_replicate["covers"], a_replicate["interval"]) if has else np.nan,
                "too_low": rows["too_low"].mean() if has else np.nan,
                "too_high": rows["too_high"].mean() if has else np.nan,
                "width": rows["width"].mean() if has else np.nan,
                "of_true": rows["value"].sum() / rows["true"].sum() if not has and rows["true"].sum() > 0 else np.nan,
            }
        )
    return pd.DataFrame(made)
