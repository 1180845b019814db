"""The category of the market decides; where it is too coarse, the title."""

import pytest
from cryptodrug.errors import InputError
from cryptodrug.harmonise.drugs import CLASSES, class_of, is_drug, read_drug_rules


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Drugs", True),
        ("Drugs/Cannabis/Weed", True),
        ("Drug paraphernalia", False),
        ("Drug paraphernalia/Pipes", False),
        ("Drugstore", False),
        ("Services/Drugs", False),
        (None, None),
    ],
)
def test_only_what_is_filed_under_drugs_is_a_drug(path, expected):
    assert is_drug(path) is expected


@pytest.mark.parametrize(
    ("path", "title", "expected"),
    [
        ("Drugs/Cannabis/Weed", "", "cannabis"),
        ("Drugs/Cannabis/Synthetics", "", "nps"),  # the longer path wins
        ("Drugs/Stimulants/Cocaine", "finest speed", "cocaine"),  # a clear category is not asked again
        ("Drugs/Stimulants", "5g Speed paste", "amphetamine"),
        ("Drugs/Stimulants", "something fast", "other"),
        ("Drugs/Opioids", "Oxycodone 80mg", "opioids-other"),
        ("Drugs/Opioids", "#3 heroin", "heroin"),
        ("Drugs/Opioids", "strong stuff", "opioids-other"),
        ("Drugs/Prescription", "Xanax 2mg bars", "benzodiazepines"),
        ("Drugs/Prescription/Relaxants", "a box", "prescription-other"),
        ("Drugs/Newly made", "mdma crystals", "mdma"),
        ("Drugs", None, "other"),
    ],
)
def test_classes(drugs, path, title, expected):
    assert class_of("any", path, title, drugs) == expected


@pytest.mark.parametrize("title", ["cokehead shirt", "acidic water", "speedy delivery", "method"])
def test_words_count_whole_only(drugs, title):
    assert class_of("any", "Drugs/Other", title, drugs) == "other"


def test_a_rule_of_the_market_wins_over_the_rule_for_all(tmp_path):
    classes, words = tmp_path / "classes.csv", tmp_path / "words.csv"
    classes.write_text("market,path,class,why\n*,Drugs/Pills,mdma,common\nodd,Drugs/Pills,other,mixed there\n")
    words.write_text("order,words,class,why\n")
    rules = read_drug_rules(classes, words)
    assert class_of("odd", "Drugs/Pills", "", rules) == "other"
    assert class_of("even", "Drugs/Pills", "", rules) == "mdma"


@pytest.mark.parametrize("row", ["*,Drugs/X,candy,sweet", "*,Drugs/X,mdma,"])
def test_an_unknown_class_or_a_missing_reason_is_refused_with_its_line(tmp_path, row):
    classes, words = tmp_path / "classes.csv", tmp_path / "words.csv"
    classes.write_text(f"market,path,class,why\n{row}\n")
    words.write_text("order,words,class,why\n")
    with pytest.raises(InputError, match=r"`class` is none of cannabis, .*`why` is empty") as caught:
        read_drug_rules(classes, words)
    assert f"{classes}, line 2" in str(caught.value)


def test_every_rule_of_the_project_gives_a_declared_class(drugs):
    named = {name.removeprefix("?") for name in drugs.by_path.values()} | {name for _, name in drugs.words}
    assert named <= set(CLASSES)
