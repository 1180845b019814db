"""Sentences on the leaning of the offer: none claims more than the state of the finding, in every document."""

from pathlib import Path

import pytest
from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parents[3] / "reports" / "templates"
SECTIONS = {
    "final-report/supply.md.j2": ("## Products", "{{ exhibit('drug-classes')"),
    "final-report/conclusions.md.j2": ("{% if state('f-specialised", "{% if state('f-sends"),
    "summary.md.j2#": ("{% if state('f-specialised-synthetic') == 'holds' and", "{% if state('f-sends"),
    "summary.md.j2": ("{% if has_interval('specialisation.mdma", "{{ exhibit('specialisation"),
}
CLAIMS = (
    "The offer leans towards",
    "the leaning towards synthetic drugs is shown, for",
    "MDMA/ecstasy is over-represented",
    "Amphetamine is over-represented",
    "this is shown",
)
DENIALS = ("does not lean", "no leaning", "are not over-represented")
WINDOW = "key-figures.window.vendors_focus"
CLASSES = {"mdma": "MDMA/ecstasy", "amphetamine": "mphetamine"}


def sentences(template, state, of_class=(), lists=(), vendors=30):
    """The section of the template as it prints for a state of the finding.

    `of_class`: states of single classes that differ from it. `lists`: lists of classes that the study has.
    """
    first, last = SECTIONS[template]
    text = (TEMPLATES / template.rstrip("#")).read_text(encoding="utf-8")
    start = text.index(first)
    section = text[start : text.index(last, start)]
    given = {f"f-specialised-{name}": one for name, one in dict(of_class).items()}
    known = {f"specialisation-summary.all.{name}" for name in lists}
    names = {"state": lambda name: given.get(name, state)} | dict.fromkeys(("released", "has_interval"), lambda _: True)
    names |= {
        "exists": lambda name: name in known,
        "value": lambda name: "a|b" if name in known else vendors if name == WINDOW else None,
        "below": lambda name, bound: name == WINDOW and vendors is not None and vendors < bound,
    }
    printed = dict.fromkeys(("v", "interval", "list"), lambda name: f"[{name}]")
    return Environment(autoescape=False).from_string(section).render(**names, **printed)


@pytest.mark.parametrize("template", SECTIONS)
def test_only_what_holds_is_claimed(template):
    for state in ("holds", "contrary", "open", "uncorrected", "hidden"):
        text = sentences(template, state)
        assert any(claim in text for claim in CLAIMS) == (state == "holds"), state
        if any(denial in text for denial in DENIALS):
            assert state == "contrary"


@pytest.mark.parametrize("template", ["final-report/supply.md.j2", "summary.md.j2"])
def test_what_is_shown_alone_only_is_said_to_be_so(template):
    assert "fter correction for all classes compared, it cannot be told" in sentences(template, "uncorrected")
    assert "it cannot be told" not in sentences(template, "open")
    if template.startswith("final"):
        assert "the interval covers both" not in sentences(template, "uncorrected")


@pytest.mark.parametrize("template", ["final-report/supply.md.j2", "summary.md.j2"])
@pytest.mark.parametrize("name", CLASSES)
def test_a_finding_names_the_class_for_which_it_holds(template, name):
    other = next(one for one in CLASSES if one != name)
    text = sentences(template, "holds", {other: "open"})
    claims = [line for line in text.splitlines() if any(claim in line for claim in CLAIMS[2:])]
    assert len(claims) == 1
    assert CLASSES[name] in claims[0]
    # the ratio of the other class stands beside it, without a claim
    assert f"[specialisation.{other}.ratio]" in text


@pytest.mark.parametrize("template", ["final-report/supply.md.j2", "summary.md.j2"])
def test_every_class_that_remains_after_correction_is_named(template):
    text = sentences(template, "open", lists=("over", "under"))
    for name in ("over", "under"):
        assert f"[specialisation-summary.all.{name}]" in text
    assert "No class" not in text
    assert "specialisation-summary" not in sentences(template, "open")


def test_where_none_remains_the_report_says_so():
    text = sentences("final-report/supply.md.j2", "open")
    assert "No class has a larger or a smaller share" in text
    assert "too few to tell" not in text


@pytest.mark.parametrize("vendors", [9, None])
def test_few_vendors_are_no_proof_that_no_class_differs(vendors):
    text = sentences("final-report/supply.md.j2", "open", vendors=vendors)
    assert "too few to tell" in text
    assert "No class" not in text


@pytest.mark.parametrize("template", ["final-report/conclusions.md.j2", "summary.md.j2#"])
@pytest.mark.parametrize("holding", [("mdma",), ("amphetamine",), ("mdma", "amphetamine")])
def test_a_conclusion_names_the_classes_for_which_it_holds_and_no_other(template, holding):
    of_class = {name: "holds" if name in holding else "open" for name in CLASSES}
    text = sentences(template, "holds", of_class)
    assert {name for name, word in CLASSES.items() if word in text} == set(holding)
