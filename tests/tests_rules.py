"""The disclosure rules that tests use: those of the studies."""

from cryptodrug.disclosure.rules import DisclosureRules
from cryptodrug.provenance.records import PROJECT
from cryptodrug.yaml_files import parse_yaml

RULES = DisclosureRules.model_validate(parse_yaml((PROJECT / "config.yaml").read_text(encoding="utf-8"))["disclosure"])
