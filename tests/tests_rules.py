"""The disclosure rules that tests use: those of the studies."""

from cryptodrug.disclosure.rules import DisclosureRules
from cryptodrug.provenance.records import PROJECT
from cryptodrug.settings.load import read_yaml

RULES = DisclosureRules.model_validate(read_yaml(PROJECT / "config.yaml")["disclosure"])
