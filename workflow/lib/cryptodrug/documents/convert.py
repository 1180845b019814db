"""Markdown to PDF (Typst), Word and web page through pandoc. A warning of pandoc is an error."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pypandoc
import yaml

from cryptodrug.documents.word import cover, with_foot
from cryptodrug.errors import InputError
from cryptodrug.files import whole_file, write_text

# a fixed day in file formats that want one: 1 January 2020, the year of the study's report
EPOCH = "1577836800"
FROM = "markdown+pipe_tables+fenced_divs+bracketed_spans+implicit_figures+link_attributes-smart-auto_identifiers"

# a web page has a table of contents with links
FROM_LINKED = FROM.replace("-auto_identifiers", "+auto_identifiers")


def _pandoc(arguments: Sequence[str], folder: Path) -> None:
    """Run the locked pandoc; pictures are looked for in `folder`."""
    environment = {"SOURCE_DATE_EPOCH": EPOCH, "HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--fail-if-warnings", f"--resource-path={folder}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise InputError(
            f"pandoc refused the document: {done.stderr.strip()}",
            where=arguments[0],
            not_done="the document was not made",
            do="look at the Markdown named above",
        )


def _with_pictures(markdown: Path, ending: str, folder: Path, figures: Sequence[str]) -> Path:
    """The Markdown with file names of pictures in the wanted form, in a folder with links to them."""
    text = markdown.read_text(encoding="utf-8")
    for figure in figures:
        source = Path(figure)
        if source.suffix == f".{ending}":
            (folder / source.name).symlink_to(source.resolve())
            text = text.replace(f"]({source.stem})", f"]({source.name})")
    path = folder / markdown.name
    path.write_text(text, encoding="utf-8")
    return path


def _folder_of(package: str) -> Path:
    """Folder of an installed package that is not loaded for it."""
    return Path(find_spec(package).origin).parent


def to_pdf(markdown: Path, figures: Sequence[str], template: Path, blocks: Path, pdf: Path) -> None:
    """PDF by Typst with its own fonts and those of the locked packages only; tagged, without dates."""
    import typst

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = _with_pictures(markdown, "svg", folder, figures)
        typ = folder / "document.typ"
        design = [f"--template={template.resolve()}", f"--lua-filter={blocks.resolve()}"]
        _pandoc([str(source), "-f", FROM, "-t", "typst", *design, "-o", str(typ)], folder)
        fonts = _folder_of("matplotlib") / "mpl-data" / "fonts" / "ttf"
        made = typst.compile(str(typ), root=str(folder), font_paths=[str(fonts)], ignore_system_fonts=True)
        with whole_file(pdf) as temporary:
            temporary.write_bytes(made)


def to_docx(markdown: Path, figures: Sequence[str], reference: Path, blocks: Path, docx: Path) -> None:
    """Word file with the styles of `reference`; every page says in its foot what the document is."""
    with tempfile.TemporaryDirectory() as name, whole_file(docx) as temporary:
        folder = Path(name)
        source = _with_pictures(markdown, "png", folder, figures)
        _, head, body = source.read_text(encoding="utf-8").split("---\n", 2)
        front = yaml.safe_load(head)
        # a table of contents of pandoc's would stay empty until somebody asks Word to fill it
        head = head.replace("toc: true\n", "").replace("toc: false\n", "")
        source.write_text(f"---\n{head}---\n\n{cover(front)}{body}", encoding="utf-8")
        with_foot(reference, front.get("notice") or front["programme"], folder / "reference.docx")
        out = folder / "document.docx"
        style = [f"--reference-doc={folder / 'reference.docx'}", f"--lua-filter={blocks.resolve()}"]
        _pandoc([str(source), "-f", FROM, "-t", "docx", *style, "-o", str(out)], folder)
        temporary.write_bytes(out.read_bytes())


def _has_contents(markdown: Path) -> bool:
    """Whether the front matter asks for a table of contents."""
    return "\ntoc: true\n" in markdown.read_text(encoding="utf-8").split("\n---\n", 1)[0] + "\n"


def to_html(markdown: Path, figures: Sequence[str], template: Path, css: Path, html: Path) -> None:
    """Web page in one file: pictures and style are inside, nothing is loaded from elsewhere."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = _with_pictures(markdown, "svg", folder, figures)
        out = folder / "document.html"
        contents = ["--toc", "--toc-depth=2"] if _has_contents(source) else []
        _pandoc(
            [
                str(source), "-f", FROM_LINKED, "-t", "html5", "--standalone", "--embed-resources", "--section-divs",
                f"--template={template.resolve()}", f"--css={css.resolve()}", "-o", str(out), *contents,
            ],
            folder,
        )  # fmt: skip
        write_text(html, out.read_text(encoding="utf-8"))
