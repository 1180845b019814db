"""The demo's project of interviews against the schema of the standard."""

import io
import zipfile
from pathlib import Path

from cryptodrug.simulate.interviews import export
from lxml import etree
from real_data import shared_data

PROJECT = Path(__file__).resolve().parents[2]
STANDARD = shared_data() / "surveys" / "refi-qda"


def test_the_project_of_the_demo_is_valid_by_the_standard():
    made = export(PROJECT / "data/demo/interviews.yaml", PROJECT / "workflow/questionnaires/interviews/codebook.csv")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        project = etree.fromstring(archive.read("project.qde"))
    schema = etree.XMLSchema(etree.parse(STANDARD / "Project.xsd"))
    schema.assertValid(project)
