"""`cryptodrug plan`: what it prints and writes, and what it refuses."""

import pytest
from cryptodrug.cli import main
from cryptodrug.planning import widths

SIZE = ["--months", "4", "--markets", "1", "--coverage", "0.95", "--belgian-vendors", "12", "--respondents", "40"]


def with_value(name, value):
    arguments = list(SIZE)
    arguments[arguments.index(name) + 1] = value
    return ["plan", *arguments]


def test_a_plan_is_printed_and_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(widths, "TRIED", (4,))
    assert main(["plan", *SIZE, "--replicates", "5", "--out", str(tmp_path / "made")]) == 0
    said = capsys.readouterr().out
    assert "12 vendors of the country among 72, 40 respondents" in said
    assert "4 months   growth of" in said
    assert {path.name for path in (tmp_path / "made").iterdir()} == {
        "plan.csv",
        "plan-growth.csv",
        "plan.svg",
        "plan.png",
    }


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("--months", "0", "--months 0"), ("--coverage", "95", "--coverage 95"), ("--markets", "9", "--markets 9")],
)
def test_a_size_out_of_range_ends_with_a_sentence(name, value, said, capsys):
    assert main(with_value(name, value)) == 2
    assert said in capsys.readouterr().err


def test_a_word_in_place_of_a_number_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(with_value("--months", "many"))
    assert stopped.value.code == 2 and "invalid int value: 'many'" in capsys.readouterr().err


def test_too_few_replicates_are_refused(capsys):
    assert main(["plan", *SIZE, "--replicates", "1"]) == 2
    assert "--replicates 1 lies outside 5 to 200" in capsys.readouterr().err


def test_a_file_in_place_of_a_folder_is_refused_before_anything_is_simulated(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert main(["plan", *SIZE, "--out", str(tmp_path / "file")]) == 2
    assert "is a file" in capsys.readouterr().err
