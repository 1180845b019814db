"""What the simulator plants is what is read, from the bytes of the project on."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from cryptodrug.errors import DisclosureError, InputError
from cryptodrug.files import read_json
from cryptodrug.interviews.codebook import counted_codes, read_codebook
from cryptodrug.interviews.matrix import agreed, ratings
from cryptodrug.simulate.interviews import export
from cryptodrug.simulate.interviews.scenario import read_interview_scenario
from cryptodrug.simulate.interviews.truth import planted_agreement, planted_alpha, planted_codes, planted_marks
from cryptodrug.statistics.agreement import krippendorff_alpha
from interviews.read_interviews import read_interviews

PROJECT = Path(__file__).resolve().parents[3]
SETTINGS = yaml.safe_load((PROJECT / "config.yaml").read_text(encoding="utf-8"))["interviews"]
SCENARIO = read_interview_scenario(PROJECT / "data/demo/interviews.yaml")
BOOK = str(PROJECT / SETTINGS["codebook"])
CODES = counted_codes(read_codebook(BOOK))
TABLES = ("interview", "interview_code", "quotation")


def run(folder, **more):
    path = folder / "interviews.qdpx"
    path.write_bytes(export(PROJECT / "data/demo/interviews.yaml", BOOK))
    made = {name: str(folder / f"{name}.parquet") for name in TABLES} | {"citable": str(folder / "citable.json")}
    given = {
        "projects": [str(path)],
        "sha256": [SETTINGS["projects"][0]["sha256"]],
        "coders": [None],
        "codebook": BOOK,
        "mapping": str(PROJECT / SETTINGS["mapping"]),
        "quotations": str(PROJECT / SETTINGS["quotations"]),
    }
    read_interviews(**given | made | {"study": "toy"} | more)
    return {name: pd.read_parquet(made[name]) for name in TABLES} | {"citable": read_json(made["citable"])}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return run(tmp_path_factory.mktemp("demo"))


def test_every_planted_coding_is_found(found):
    planted = planted_marks(SCENARIO)
    columns = ["interview", "coder", "code", "direction"]
    ours = set(found["interview_code"][[*columns, "begins", "ends"]].itertuples(index=False, name=None))
    assert ours == set(planted[[*columns, "start", "end"]].itertuples(index=False, name=None))


def test_interviews_are_those_of_the_scenario(found):
    table = found["interview"]
    assert table["interview"].tolist() == [one.id for one in SCENARIO.interviews]
    assert table["language"].tolist() == [one.language for one in SCENARIO.interviews]
    assert table["training"].tolist() == [one.training for one in SCENARIO.interviews]


def test_counts_agreement_and_alpha_are_the_planted_ones(found):
    codings, interviews = found["interview_code"], [one.id for one in SCENARIO.interviews]
    counted = agreed(codings, SCENARIO.coders, SCENARIO.consensus)
    of_code = pd.Series([code for code, _ in counted]).value_counts()
    planted = planted_codes(SCENARIO, CODES).set_index("code")["interviews"]
    assert {code: int(of_code.get(code, 0)) for code in CODES} == planted.to_dict()
    made, _ = ratings(codings, SCENARIO.coders, CODES, interviews)
    assert krippendorff_alpha(made) == pytest.approx(planted_alpha(SCENARIO, CODES), abs=1e-12)
    cells = planted_agreement(SCENARIO, CODES).set_index("code")
    by_code = made.reshape(2, len(CODES), len(interviews))
    for place, code in enumerate(CODES):
        first, second = by_code[:, place, :]
        assert int(np.sum(first * second)) == cells.loc[code, "both"], code
        assert int(np.sum(first > second)) == cells.loc[code, "only_first"], code


def test_no_word_of_a_passage_is_in_a_table_and_only_approved_quotations_have_words(found):
    for name in TABLES:
        for values in found[name].to_numpy().ravel():
            assert len(str(values)) < 40
    states = {name: (entry["state"], sorted(entry["text"])) for name, entry in found["citable"].items()}
    assert states["taken-back"] == ("withdrawn", [])
    assert states["kept-to-myself"] == ("refused", [])
    assert states["had-it-looked-at"] == ("approved", ["en", "fr", "nl"])


def test_a_study_without_a_register_prints_nothing(tmp_path):
    made = run(tmp_path, quotations=None)
    assert made["quotation"].empty
    assert made["citable"] == {}


def test_another_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="checksum"):
        run(tmp_path, sha256=["0" * 64])


def test_a_quotation_with_the_words_of_a_passage_stops_the_reading(tmp_path):
    text = (PROJECT / SETTINGS["quotations"]).read_text(encoding="utf-8")
    path = tmp_path / "quotations.yaml"
    path.write_text(text.replace("Around here that type did not exist", "Nobody around me had that kind at all"))
    with pytest.raises(DisclosureError, match=r"nothing-like-it-here \(en\): more than 5 words in a row"):
        run(tmp_path, quotations=str(path))
