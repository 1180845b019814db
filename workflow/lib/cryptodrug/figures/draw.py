"""Drawing one figure in all languages, to SVG and PNG, always the same bytes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from cryptodrug.figures.style import house_style, mark
from cryptodrug.files import whole_file
from cryptodrug.release import ReleasedTable, read_tables
from cryptodrug.words.catalogue import english, read_catalogue
from cryptodrug.words.context import Translator
from cryptodrug.words.messages import Message, label_messages

DPI = 200
PLACES = 6  # of the width of a figure: a thousandth of a point
Draw = Callable[[Mapping[str, ReleasedTable], Translator], Figure]


@dataclass(frozen=True)
class Words:
    """Files with the words of figures and tables; `study`: those of one study, which go before the others."""

    exhibits: str
    vocabulary: str
    places: str
    catalogues: Sequence[str]
    markets: Mapping[str, str]
    study: str | None = None

    @cached_property
    def labels(self) -> Mapping[str, Message]:
        """English labels by id; read once for all languages."""
        labels = label_messages(self.exhibits) | label_messages(self.vocabulary)
        return labels | (label_messages(self.study) if self.study else {})

    def translator(self, language: str, draft: bool) -> Translator:
        """Labels of one language; the catalogue of a language is the file `<language>.po`."""
        path = next((path for path in self.catalogues if Path(path).stem == language), None)
        catalogue = english() if path is None else read_catalogue(path, language)
        return Translator(language, catalogue, self.labels, Path(self.places), draft, self.markets)


def mark_text(nature: str, translator: Translator) -> str | None:
    """What stands inside every figure of a study that is not the real one."""
    return translator.text("frame.simulated-mark") if nature == "simulated" else None


def settle(figure: Figure) -> None:
    """Lay the figure out once and keep the places, rounded.

    The solver of the layout adds in an order that differs from run to run; the last bits of a place then differ, and
    with them the names that SVG makes of places.
    """
    figure.get_layout_engine().execute(figure)
    figure.set_layout_engine("none")
    for axes in figure.axes:
        axes.set_position([round(part, PLACES) for part in axes.get_position().bounds])


def save(figure: Figure, svg: str | Path, png: str | Path, title: str) -> None:
    """Write both files without dates or versions.

    Each canvas draws once; `Figure.savefig` draws a second time before it, to lay out what is laid out here already.
    """
    settle(figure)
    with whole_file(svg) as temporary:
        FigureCanvasSVG(figure).print_svg(temporary, metadata={"Date": None, "Creator": None, "Title": title})
    figure.set_dpi(DPI)
    with whole_file(png) as temporary:
        FigureCanvasAgg(figure).print_png(temporary, metadata={"Software": None, "Title": title})


def draw_figure(
    draw: Draw,
    exhibit: str,
    tables: Sequence[str],
    words: Words,
    svg: Sequence[str],
    png: Sequence[str],
    languages: Sequence[str],
    draft_languages: Sequence[str],
    nature: str,
) -> None:
    """Draw a figure once per language; `tables`: files of released tables; `svg`, `png`: a path per language."""
    data = read_tables(tables)
    for language, svg_path, png_path in zip(languages, svg, png, strict=True):
        translator = words.translator(language, language in draft_languages)
        with house_style():
            figure, said = draw(data, translator), mark_text(nature, translator)
            mark(figure, said)
            title = translator.text(f"{exhibit}.title")
            save(figure, svg_path, png_path, f"{title} ({said})" if said else title)


def figure_step(draw: Draw, exhibit: str) -> Callable[..., None]:
    """The function that a figure's job calls: its parameters are the inputs, outputs and params of rule `figure`."""

    def step(
        tables: list[str],
        exhibits: str,
        vocabulary: str,
        places: str,
        catalogues: list[str],
        svg: list[str],
        png: list[str],
        languages: list[str],
        draft_languages: list[str],
        nature: str,
        markets: dict[str, str],
        words: str | None = None,
    ) -> None:
        said = Words(exhibits, vocabulary, places, catalogues, markets, words)
        draw_figure(draw, exhibit, tables, said, svg, png, languages, draft_languages, nature)

    return step
