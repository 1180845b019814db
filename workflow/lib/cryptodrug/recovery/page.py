"""Results of the simulations: two tables for machines, a picture, and docs/recovery.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cryptodrug.errors import SettingsError
from cryptodrug.files import whole_file, write_text
from cryptodrug.provenance.records import PROJECT
from cryptodrug.recovery.estimators import Drawing
from cryptodrug.recovery.figure import draw_coverage
from cryptodrug.recovery.score import by_estimator, by_value, judged
from cryptodrug.yaml_files import read_yaml

NOTES = PROJECT / "data" / "demo" / "recovery.yaml"
SCORES = PROJECT / "data" / "reference" / "recovery.csv"
VALUES = PROJECT / "data" / "reference" / "recovery-values.csv"
PAGE = PROJECT / "docs" / "recovery.md"
PICTURE = PROJECT / "docs" / "pictures" / "recovery"
FEWEST = 20  # replicates of a value from which its bias counts
UNMARKED, APPROXIMATE = (0.93, 0.97), 0.88
TWO_ERRORS = 2.0
COLUMNS = (
    ("half", 100), ("demo", 20), ("demo", 100), ("demo", 250), ("triple", 100), ("nothing", 100),
)  # fmt: skip
NUMBERS = {
    "bias": 3, "rmse": 3, "approximate": 3, "coverage": 4, "coverage_error": 4, "too_low": 4, "too_high": 4, "width": 4,
}  # fmt: skip


@dataclass(frozen=True)
class Note:
    """What an estimator is called on the page, and why it misses the target, if it does."""

    name: str
    why: str | None


def read_notes(path: str | Path = NOTES) -> dict[str, Note]:
    """Notes by estimator (`<table>.<column>`), in the order of the page."""

    def refuse(what: str) -> SettingsError:
        return SettingsError(what, where=str(path), not_done="no page was written", do="mend the entry")

    return {one["estimator"]: Note(one["name"], one.get("why")) for one in read_yaml(path, refuse)}


def scored(records: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores by estimator and by value."""
    found = judged(records)
    values = by_value(found)
    scores = by_estimator(found, values, FEWEST)
    return scores.assign(estimator=scores["table"] + "." + scores["column"]), values


def misses(scores: pd.DataFrame) -> pd.DataFrame:
    """Rows outside the target by more than two Monte Carlo errors.

    93 to 97 per cent where most intervals are printed unmarked, else at least 88; an interval that covers more often
    than 97 per cent is wider than it need be and is listed too.
    """
    has = scores[scores["intervals"] > 0]
    slack = TWO_ERRORS * has["coverage_error"]
    least = (has["approximate"] < 0.5).map({True: UNMARKED[0], False: APPROXIMATE})
    return has[(has["coverage"] + slack < least) | (has["coverage"] - slack > UNMARKED[1])]


def _cells(rows: pd.DataFrame, column: str, digits: int, error: str | None = None) -> list[str]:
    cells = []
    for case, missed in COLUMNS:
        at = rows[(rows["case"] == case) & (rows["missed"] == missed)]
        value = at[column].iloc[0] if len(at) else float("nan")
        if pd.isna(value):
            cells.append("")
        else:
            behind = f" ± {at[error].iloc[0]:.{digits}f}" if error else ""
            cells.append(f"{value:.{digits}f}{behind}")
    return cells


def table_of(
    scores: pd.DataFrame, notes: Mapping[str, Note], names: Sequence[str], column: str, digits: int, error: str | None
) -> str:
    """One line per estimator, one column per case and share of pages."""
    head = ["Estimator", *(f"{case} {100 - missed / 10:.0f} %" for case, missed in COLUMNS)]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * len(COLUMNS)]
    for name in names:
        rows = scores[scores["estimator"] == name]
        lines.append("| " + " | ".join([notes[name].name, *_cells(rows, column, digits, error)]) + " |")
    return "\n".join(lines)


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    with whole_file(path) as temporary:
        table.to_csv(temporary, index=False, lineterminator="\n", float_format="%.6g")


def check_notes(scores: pd.DataFrame, notes: Mapping[str, Note]) -> None:
    """Every estimator has a name, and every one that misses the target a reason.

    Raises
    ------
    SettingsError : names those that have not.
    """
    unknown = sorted(set(scores["estimator"]) - set(notes))
    silent = sorted({name for name in misses(scores)["estimator"] if name in notes and not notes[name].why})
    if unknown or silent:
        raise SettingsError(
            f"estimators without a name: {', '.join(unknown) or 'none'}; outside the target without a reason: "
            f"{', '.join(silent) or 'none'}",
            where=str(NOTES),
            not_done="docs/recovery.md was not renewed (the tables in data/reference were)",
            do="mend the estimator, or say under `why` for which reason it misses and by how much",
        )


def with_earlier(new: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Rows of this run, and behind them those that the file at `path` holds of cases that were not run again."""
    if not path.exists():
        return new
    earlier = pd.read_csv(path, dtype={"row": str})
    return pd.concat([new, earlier[~earlier["case"].isin(set(new["case"]))]], ignore_index=True)


def write_results(records: pd.DataFrame, how: Drawing, compared: int) -> None:
    """Write everything; `compared`: snapshots that went through pages. Cases that were not run keep their results."""
    from cryptodrug.recovery.prose import page_text

    scores, values = (with_earlier(new, path) for new, path in zip(scored(records), (SCORES, VALUES), strict=True))
    notes = read_notes()
    rounded = scores.round(NUMBERS)
    order = ["case", "missed", "estimator", *(name for name in scores if name not in ("case", "missed", "estimator"))]
    _write_csv(rounded[order].drop(columns=["table", "column"]), SCORES)
    _write_csv(values, VALUES)
    check_notes(scores, notes)
    names = {name: note.name for name, note in notes.items()}
    draw_coverage(scores, names, PICTURE.with_suffix(".svg"), PICTURE.with_suffix(".png"))
    write_text(PAGE, page_text(scores, notes, how, compared, set(records["case"])))
