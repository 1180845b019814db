"""The table of many simulated studies in the annex."""

from pathlib import Path

import pytest
import yaml
from cryptodrug.errors import InputError
from cryptodrug.release import Value
from cryptodrug.truth.annex import estimand_code, read_main
from cryptodrug.truth.definitions import read_definitions
from cryptodrug.truth.recovered import read_scores, recovery_csv, recovery_json, recovery_rows, recovery_values
from cryptodrug.words.messages import label_messages

ROOT = Path(__file__).resolve().parents[3]
HEAD = "case,missed,estimator,replicates,coverage,coverage_error"
LINES = (
    "demo,20,size.share,200,0.94,0.004", "demo,100,size.share,200,0.95,0.006", "demo,250,size.share,200,,",
    "half,100,size.share,200,0.5,0.1", "demo,20,other.n,200,0.9,0.3", "demo,20,size.n,200,,",
)  # fmt: skip


def value(column, interval=True):
    ends = {"low": 0.1, "high": 0.2, "level": 0.95, "method": "m"} if interval else None
    return Value(f"size.all.{column}", 0.15, "share", None, 1, None, ends, None, "size", "all", column)


def scores(folder, *lines, head=HEAD):
    path = folder / "recovery.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return read_scores(path, [value("share"), value("n", interval=False)])


def test_a_row_has_the_coverage_by_quality_of_the_download(tmp_path):
    rows = recovery_rows(scores(tmp_path, *LINES))
    assert [row["row"] for row in rows] == ["size-share"]
    assert (rows[0]["good"], rows[0]["fair"]) == (0.94, 0.95)
    text = recovery_csv(rows, "toy (simulated)")
    assert text == "study,row,what,good,fair,poor\ntoy (simulated),size-share,size-share,0.94,0.95,\n"
    assert {column["name"] for column in recovery_json("toy")["columns"]} <= set(text.splitlines()[0].split(","))


def test_the_text_has_the_numbers_that_it_prints(tmp_path):
    values = recovery_values(scores(tmp_path, *LINES))
    assert {name.split(".")[-1]: one["value"] for name, one in values.items()} == {
        "good": 0.98, "fair": 0.9, "poor": 0.75, "replicates": 200, "error": 0.006
    }  # fmt: skip


@pytest.mark.parametrize(
    ("head", "lines", "said"), [("case,missed", ["demo,20"], "no column estimator"), (HEAD, LINES[3:4], "case 'demo'")]
)
def test_results_that_do_not_speak_of_the_study_are_refused(head, lines, said, tmp_path):
    with pytest.raises(InputError, match=said) as error:
        scores(tmp_path, *lines, head=head)
    assert "make recovery" in error.value.do


def test_every_number_of_the_annex_has_a_name():
    labels = label_messages(ROOT / "reports/templates/vocabulary.yaml")
    definitions = read_definitions(ROOT / "data/demo/estimands.csv")
    named = yaml.safe_load((ROOT / "data/demo/recovery.yaml").read_text(encoding="utf-8"))
    wanted = {one["estimator"] for one in named if one["estimator"] in definitions}
    wanted |= {".".join(one.values.split(".")[::2]) for one in read_main(ROOT / "reports/truth.yaml")}
    assert len(wanted) > 25
    assert [
        one for one in sorted(wanted) if f"vocabulary.estimand.{estimand_code(*one.split('.'))}" not in labels
    ] == []
