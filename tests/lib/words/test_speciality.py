"""Sentences on the leaning of the offer: none claims more than the state of the finding, in every document."""

from pathlib import Path

import pytest
from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parents[3] / "reports" / "templates"
SECTIONS = {
    "final-report/supply.md.j2": ("## Products", "{{ exhibit('drug-classes')"),
    "final-report/conclusions.md.j2": ("{% if state('f-specialised", "{% if state('f-sends"),
    "summary.md.j2": ("{% if exists('specialisation.mdma", "{{ exhibit('specialisation"),
}
CLAIMS = (
    "The offer leans towards",
    "the leaning towards synthetic drugs is shown",
    "synthetic drugs are over-represented. The",
)
DENIALS = ("does not lean", "no leaning")


def sentences(template, state):
    """The section of the template as it prints for a state of the finding."""
    first, last = SECTIONS[template]
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    start = text.index(first)
    section = text[start : text.index(last, start)]
    names = {"state": lambda _: state} | dict.fromkeys(("exists", "has_interval"), lambda _: True)
    printed = dict.fromkeys(("v", "interval"), lambda name: f"[{name}]")
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
