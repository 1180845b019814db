"""The interviews as a REFI-QDA project: XML in a fixed order, ids and times from the scenario, packed without times."""

import uuid
from pathlib import Path
from xml.etree import ElementTree

from cryptodrug.interviews.codebook import Code, read_codebook
from cryptodrug.simulate.interviews.coding import Mark, marks
from cryptodrug.simulate.interviews.scenario import InterviewScenario
from cryptodrug.simulate.interviews.transcripts import Transcript, transcripts
from cryptodrug.simulate.packing import zip_stored

STANDARD = "urn:QDA-XML:project:1.0"
# an arbitrary constant: ids are made from it and from names, never drawn
OURS = uuid.UUID("5b9d6b0e-7a54-5f0e-9a0d-2f1f6f0c82d8")
COLOURS = {
    "a": "#1F77B4",
    "b": "#B85C00",
    "c": "#2C7A2C",
    "d": "#A83232",
    "e": "#6B4C9A",
    "f": "#7A5230",
    "x": "#555555",
}


class _Project:
    """Makes the elements of one project."""

    def __init__(self, scenario: InterviewScenario, codes: list[Code]) -> None:
        self.scenario, self.codes = scenario, codes
        self.time = f"{scenario.date.isoformat()}T12:00:00Z"

    def guid(self, *name: object) -> str:
        """The id of a thing, from its name."""
        return str(uuid.uuid5(OURS, "|".join(map(str, (self.scenario.scenario, self.scenario.seed, *name)))))

    def user(self, coder: str) -> str:
        return self.guid("user", coder)

    def made(self, coder: str) -> dict[str, str]:
        """Who made something, and when."""
        return {"creatingUser": self.user(coder), "creationDateTime": self.time}

    def code_elements(self, parent: ElementTree.Element, family: str) -> None:
        """The codes of a family, each with what it means; families themselves mark no passage."""
        for code in (one for one in self.codes if one.family == family):
            element = ElementTree.SubElement(
                parent,
                "Code",
                guid=self.guid("code", code.code),
                name=code.code,
                isCodable=str(code.kind != "family").lower(),
                color=COLOURS[code.code[0]],
            )
            ElementTree.SubElement(element, "Description").text = code.description()
            self.code_elements(element, code.code)

    def coding(self, selection: ElementTree.Element, mark: Mark, code: str) -> None:
        name = ("coding", mark.interview, mark.start, mark.end, mark.coder, code)
        coding = ElementTree.SubElement(selection, "Coding", guid=self.guid(*name), **self.made(mark.coder))
        ElementTree.SubElement(coding, "CodeRef", targetGUID=self.guid("code", code))

    def selection(self, source: ElementTree.Element, found: list[Mark]) -> None:
        """One passage with everything that is coded on exactly these characters; a direction is a code beside it."""
        first = found[0]
        name = ("selection", first.interview, first.start, first.end)
        selection = ElementTree.SubElement(
            source,
            "PlainTextSelection",
            guid=self.guid(*name),
            name=f"{first.start}-{first.end}",
            startPosition=str(first.start),
            endPosition=str(first.end),
            **self.made(first.coder),
        )
        for mark in found:
            self.coding(selection, mark, mark.code)
            if mark.direction != "yes":
                self.coding(selection, mark, f"x-{mark.direction}")

    def variable_value(self, source: ElementTree.Element, variable: str, kind: str, value: str) -> None:
        element = ElementTree.SubElement(source, "VariableValue")
        ElementTree.SubElement(element, "VariableRef", targetGUID=self.guid("variable", variable))
        ElementTree.SubElement(element, kind).text = value

    def source(self, sources: ElementTree.Element, transcript: Transcript, found: list[Mark]) -> None:
        source = ElementTree.SubElement(
            sources,
            "TextSource",
            guid=self.guid("source", transcript.id),
            name=transcript.id,
            plainTextPath=f"internal://{self.file(transcript)}",
            **self.made(self.scenario.consensus),
        )
        places = sorted({(mark.start, mark.end) for mark in found})
        for place in places:
            self.selection(source, [mark for mark in found if (mark.start, mark.end) == place])
        self.variable_value(source, "language", "TextValue", transcript.language)
        self.variable_value(source, "training", "BooleanValue", str(transcript.training).lower())

    def file(self, transcript: Transcript) -> str:
        return f"{self.guid('source', transcript.id)}.txt"

    def tree(self, spoken: list[Transcript], found: list[Mark]) -> ElementTree.Element:
        root = ElementTree.Element(
            "Project",
            xmlns=STANDARD,
            name="Simulated interviews, no real person",
            origin="cryptodrug",
            creatingUserGUID=self.user(self.scenario.consensus),
            creationDateTime=self.time,
        )
        users = ElementTree.SubElement(root, "Users")
        for coder in (*self.scenario.coders, self.scenario.consensus):
            ElementTree.SubElement(users, "User", guid=self.user(coder), name=coder)
        self.code_elements(ElementTree.SubElement(ElementTree.SubElement(root, "CodeBook"), "Codes"), "")
        variables = ElementTree.SubElement(root, "Variables")
        for name, kind in (("language", "Text"), ("training", "Boolean")):
            guid = self.guid("variable", name)
            ElementTree.SubElement(variables, "Variable", guid=guid, name=name, typeOfVariable=kind)
        sources = ElementTree.SubElement(root, "Sources")
        for transcript in spoken:
            self.source(sources, transcript, [mark for mark in found if mark.interview == transcript.id])
        notes = ElementTree.SubElement(root, "Notes")
        note = ElementTree.SubElement(
            notes, "Note", guid=self.guid("note"), name="About this project", **self.made(self.scenario.consensus)
        )
        ElementTree.SubElement(note, "PlainTextContent").text = "Everything in this project is simulated."
        return root


def project_file(scenario: InterviewScenario, codebook: str | Path) -> bytes:
    """The `.qdpx` of a scenario.

    The coders are users of one project, the consensus of both is a third; a passage that was said to be not so
    carries the code `x-no` beside its own, one that was and was not so `x-both`.
    """
    project = _Project(scenario, read_codebook(codebook))
    spoken = transcripts(scenario)
    root = project.tree(spoken, marks(scenario, spoken))
    ElementTree.indent(root)
    xml = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
    texts = [(f"sources/{project.file(one)}", one.text.encode("utf-8")) for one in spoken]
    return zip_stored([("project.qde", xml), *texts])
