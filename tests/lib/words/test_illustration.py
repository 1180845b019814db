"""Recommendations of a simulated study illustrate the mechanism: no language orders, nor advises, anybody."""

import re
from pathlib import Path

import pytest
from cryptodrug.words.catalogue import english, read_catalogue
from cryptodrug.words.messages import Message, template_messages

REPORTS = Path(__file__).resolve().parents[3] / "reports"
TEMPLATES = ("final-report", "summary")
HEADS = (
    "Customs and postal services:",
    "Research and the national focal point:",
    "Prevention and harm reduction services:",
    "Harm reduction services and the forums that buyers read:",
    "Harm reduction services, Communities and federal public health:",
    "Public prosecutor and police:",
    "Police and General Drugs Policy Cell:",
)
# words that tell somebody what to do: modal verbs, and the verbs of these lines as a command or an infinitive
COMMANDS = {
    "en": r"\b(should|must|ought|could|might|may|need to|needs to|let)\b"
    r"|: (include|measure|repeat|publish|share|set|give|follow|plan|make|ask)\b",
    "nl": r"\b(moet|moeten|dient|dienen|hoort|horen|zou|zouden|kan|kunnen|laat)\b"
    r"|\b(opnemen|neem|delen|deel|meten|meet|herhalen|herhaal|publiceren|publiceer)\b",
    "fr": r"\b(doit|doivent|devrait|devraient|pourrait|pourraient|faut|faudrait|convient|veuillez)\b"
    r"|: (incluez|inclure|mesurez|mesurer|répétez|répéter|publiez|publier|partagez|partager)\b",
}


def lines_of(template: str) -> list[Message]:
    """The lines of recommendations: list items that name their addressees before a colon."""
    messages = template_messages(REPORTS / "templates" / f"{template}.md.j2")
    found = [message for message in messages if message.text.startswith(HEADS)]
    assert {head for head in HEADS for message in found if message.text.startswith(head)} == set(HEADS)
    assert len(found) >= 25
    return found


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", COMMANDS)
def test_no_line_of_a_recommendation_commands_whatever_its_state(template, language):
    if template == "final-report" and language != "en":
        pytest.skip("the final report is printed in English only")
    catalogue = english() if language == "en" else read_catalogue(REPORTS / "translations" / f"{language}.po", language)
    for message in lines_of(template):
        text = catalogue.get(message) or message.text
        assert language == "en" or text != message.text, "not translated"
        assert not re.search(COMMANDS[language], text.replace("\u00a0", " "), re.IGNORECASE), text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Customs: include outgoing parcels."), ("en", "Customs could look at parcels."),
        ("nl", "Douane: uitgaande postpakketten meten."), ("nl", "De douane moet kijken."),
        ("fr", "Douanes : mesurer les colis."), ("fr", "La douane devrait regarder."),
    ],
)  # fmt: skip
def test_a_command_is_recognised(language, text):
    assert re.search(COMMANDS[language], text, re.IGNORECASE)
