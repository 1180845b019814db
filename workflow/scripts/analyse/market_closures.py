"""What respondents did after a market that they used closed or disappeared."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import counted, is_small, statements_table
from cryptodrug.survey.statements import has, says, says_any

EXPERIENCED, OTHER_MARKET, DIRECT_ONLY, MOVED_ON = "experienced", "other-market", "direct-only", "moved-on"
REACTIONS = {"offline": ("offl",), "waited-or-stopped": ("wait", "stop"), "lost-money": ("money",)}
ASKED = ("clo_exp", *(f"clo_{name}" for name in ("move", "direct", "app", "offl", "wait", "stop", "money")))


def reactions_of(respondent: pd.DataFrame, smallest: int) -> dict[str, pd.Series]:
    """Statements of each respondent.

    Those who moved on are those with another market and those with a vendor or an app alone: their sum. Where one of
    the two is that of too few, the sum stands alone.
    """
    market = says(respondent, "clo_move")
    direct = says_any([says(respondent, "clo_direct"), says(respondent, "clo_app")])
    moved = says_any([market, direct])
    alone = moved.mask((moved == "1") & (market == "1"), "0").mask((moved == "1") & (market == "mis"), "mis")
    parts = {OTHER_MARKET: market, DIRECT_ONLY: alone}
    undecided = ((moved == "1") & (alone == "mis")).any()
    if undecided or any(is_small(counted(one).yes, smallest) for one in parts.values()):
        parts = {}
    others = {name: says_any([says(respondent, f"clo_{one}") for one in of]) for name, of in REACTIONS.items()}
    return {EXPERIENCED: says(respondent, "clo_exp")} | parts | {MOVED_ON: moved} | others


def market_closures_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per reaction, and one for those who saw a market close."""
    reactions = reactions_of(respondent, smallest) if has(respondent, *ASKED) else {}
    column = Column("reaction", "text", "closure_reaction")
    made = statements_table("market-closures", column, reactions, len(respondent), smallest, level, notes=["several"])
    if OTHER_MARKET in reactions:
        made.row_sums = [{"parts": [OTHER_MARKET, DIRECT_ONLY], "total": MOVED_ON, "columns": ["n"]}]
    return made


def market_closures(
    respondent: str, market_closures: str, market_closures_description: str, smallest: int, level: float
) -> None:
    """Count reactions.

    1. Reactions are asked of those who saw a market close; several can be ticked.
    2. Directly from a vendor and by an app are one answer, so are waiting and stopping.
    """
    table = market_closures_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, market_closures, market_closures_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, market_closures)
