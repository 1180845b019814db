"""The XML of REFI-QDA, read without trust: no document type, no entities, no network."""

from cryptodrug.errors import InputError
from cryptodrug.interviews.package import refuse

PROJECT, CODEBOOK = "Project", "CodeBook"
STANDARD = "urn:QDA-XML:"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def parse(data: bytes, where: str):
    """The root element, its elements without their namespace, and a note when that was not the standard's.

    Some programs write another namespace, or none; the names inside it are the same.

    Returns
    -------
    (lxml element, list of notes)

    Raises
    ------
    InputError : no XML, a document type (the only way to entities, which can grow without end or fetch files), or
        another kind of document.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _no_xml(str(error), where) from None
    if root.getroottree().docinfo.doctype:
        raise refuse("the project declares a document type", where, "export the project again: no program writes one")
    namespace = etree.QName(root).namespace or ""
    for element in root.iter(etree.Element):
        element.tag = _local(element.tag)
    if root.tag not in (PROJECT, CODEBOOK):
        raise refuse(f"the file is no project and no code book but `{root.tag}`", where, "export it as REFI-QDA")
    known = namespace.startswith(STANDARD)
    return root, [] if known else [f"the namespace is not that of the standard: {namespace or '(none)'}"]


def _no_xml(error: str, where: str) -> InputError:
    return refuse(f"the project is not readable as XML: {error}", where, "export the project again")


def guid(text: str | None) -> str | None:
    """An id as it is compared: programs write it in capitals or not, with braces or not."""
    return text.strip().strip("{}").lower() if text else None
