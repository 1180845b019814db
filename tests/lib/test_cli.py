"""The command line says what there is, and ends with 2 when the user can mend something."""

import pytest
from cryptodrug.cli import GROUPS, main


def test_the_overview_names_every_group(capsys):
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(name in text for name in GROUPS)


def test_an_unknown_command_shows_the_overview_and_fails(capsys):
    assert main(["trase"]) == 2
    assert "cryptodrug COMMAND" in capsys.readouterr().err


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_every_group_explains_itself(group, capsys):
    with pytest.raises(SystemExit) as ended:
        main([group, "--help"])
    assert ended.value.code == 0
    assert group in capsys.readouterr().out


def test_an_error_of_the_study_is_printed_for_a_person(capsys, tmp_path):
    (tmp_path / "study.yaml").write_text("study: 1\n")
    assert main(["settings", "check", str(tmp_path / "study.yaml")]) == 2
    assert "not done: no job was started" in capsys.readouterr().err
