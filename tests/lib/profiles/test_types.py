"""The type of a coded profile: joined by the key of the team, and only while vendors are placed as they were then."""

from types import SimpleNamespace

import pandas as pd
import pytest
from cryptodrug.cli import main
from cryptodrug.errors import InputError
from cryptodrug.profiles import commands
from cryptodrug.profiles.sample import pseudonym
from cryptodrug.profiles.types import groups_of, read_types, types_text, typology_id

KEY = b"a key of the team, long enough"
PLACED = pd.DataFrame({"entity": ["toy:a", "toy:b", "toy:c"], "type": ["type-1", "type-2", "type-1"]}, dtype=object)
NAMES = {entity: pseudonym(entity, KEY) for entity in ("toy:a", "toy:b", "toy:c", "toy:d")}


def written(path, placed=PLACED, profiles=("toy:a", "toy:b", "toy:d")):
    path.write_text(types_text(placed, [NAMES[one] for one in profiles], KEY), encoding="utf-8")
    return path


def test_each_profile_has_the_type_of_its_vendor_and_no_name(tmp_path):
    path = written(tmp_path / "types.csv")
    state, types = read_types(path, PLACED)
    assert (state, types.to_dict()) == ("known", {NAMES["toy:a"]: "type-1", NAMES["toy:b"]: "type-2"})
    assert "toy" not in path.read_text(encoding="utf-8")


def test_with_another_key_nobody_is_joined():
    text = types_text(PLACED, list(NAMES.values()), b"another key of another team")
    assert text == "profile,type,typology\n"


def test_types_of_another_typology_say_nothing(tmp_path):
    path = written(tmp_path / "types.csv")
    other = PLACED.assign(type=["type-1", "type-1", "type-1"])
    state, types = read_types(path, other)
    assert state == "outdated" and types.empty
    assert typology_id(PLACED) == typology_id(PLACED.iloc[::-1]) != typology_id(other)


def test_without_types_or_without_the_file_there_is_a_reason(tmp_path):
    assert read_types(None, PLACED)[0] == "not-given"
    assert read_types(None, PLACED.iloc[:0])[0] == "no-types"
    assert read_types(written(tmp_path / "types.csv"), PLACED.iloc[:0])[0] == "no-types"


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["profile,type"], "its columns are profile, type"),
        (["profile,type,typology", "a,type-1"], "its columns are"),
        (["profile,type,typology", "a,type-1,{id}", "a,type-2,{id}"], "a profile stands twice"),
        (["profile,type,typology", "a,type-1,{id}", "b,type-2,0"], "several typologies"),
        (["profile,type,typology", "a,type-9,{id}"], "type-9 is no type of the study"),
        ([], "its columns are"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path, lines, fault):
    path = tmp_path / "types.csv"
    path.write_text("\n".join(lines).format(id=typology_id(PLACED)), encoding="utf-8")
    with pytest.raises(InputError, match=fault):
        read_types(path, PLACED)


def grouped(**sizes):
    """Groups of so many profiles of each type (`outside`: of none), by size."""
    types = {f"{name}-{n}": name.replace("_", "-") for name, number in sizes.items() for n in range(number)}
    known = pd.Series({profile: kind for profile, kind in types.items() if kind != "outside"}, dtype=object)
    return groups_of(list(types), known).value_counts().to_dict()


def test_types_of_few_coded_vendors_are_counted_together():
    assert grouped(type_1=20, type_2=10) == {"type-1": 20, "type-2": 10}
    assert grouped(type_1=20, type_2=2, type_3=2) == {"type-1": 20, "others": 4}
    assert grouped(type_1=20, outside=5) == {"type-1": 20, "others": 5}


def test_one_or_two_others_are_not_left_to_be_subtracted():
    assert grouped(type_1=20, type_2=10, outside=1) == {"type-1": 20, "others": 11}
    assert grouped(type_1=20, type_2=10, type_3=2) == {"type-1": 20, "others": 12}
    assert grouped(type_1=20, outside=2) == {"others": 22}


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study with coded profiles, of which nothing is built yet."""
    sample = tmp_path / "sample.csv"
    sample.write_text(f"profile,group,pair\n{NAMES['toy:a']},focus,1\n{NAMES['toy:d']},other,1\n", encoding="utf-8")
    settings = SimpleNamespace(profiles=SimpleNamespace(sample=sample))
    plan = SimpleNamespace(results=tmp_path / "results", settings=settings)
    monkeypatch.setattr(commands, "make_plan", lambda *_: plan)
    monkeypatch.delenv(commands.KEY, raising=False)
    return plan


def test_the_command_asks_for_the_build_and_for_the_key(study, tmp_path, monkeypatch, capsys):
    wanted = ["profiles", "types", str(tmp_path / "types.csv")]
    assert main(wanted) == 2
    assert "its vendors have no types yet" in capsys.readouterr().err
    placed = study.results / "internal" / commands.PLACED
    placed.parent.mkdir(parents=True)
    PLACED.to_parquet(placed)
    assert main(wanted) == 2
    assert "there is no key file" in capsys.readouterr().err
    assert not (tmp_path / "types.csv").exists()
    key = tmp_path / "key"
    key.write_bytes(KEY)
    monkeypatch.setenv(commands.KEY, str(key))
    assert main(wanted) == 0
    assert "type of 1 of 2 profiles" in capsys.readouterr().out
    assert (tmp_path / "types.csv").read_text(encoding="utf-8") == types_text(PLACED, [NAMES["toy:a"]], KEY)


def test_a_study_without_profiles_has_no_types_of_them(study, tmp_path, capsys):
    study.settings.profiles = None
    assert main(["profiles", "types", str(tmp_path / "types.csv")]) == 2
    assert "the study has no coded profiles" in capsys.readouterr().err
