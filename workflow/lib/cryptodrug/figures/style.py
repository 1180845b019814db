"""The look of all figures: colours that colour-blind readers tell apart, shapes that tell them apart in grey."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib
from matplotlib import font_manager
from matplotlib.figure import Figure

# Okabe & Ito (2008): distinguishable with all common forms of colour blindness
FOCUS, REST, COMPARATOR, LINE = "#0072B2", "#D55E00", "#666666", "#333333"
WIDTH = 6.3  # inches: the text width of an A4 page
FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"

SETTINGS = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": LINE,
    "axes.labelsize": 9,
    "axes.titlesize": 9,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "cryptodrug",
    "figure.dpi": 100,
    "axes.formatter.use_locale": False,
}


@contextmanager
def house_style() -> Iterator[None]:
    """Settings of the house, and nothing of the machine's."""
    font_manager.fontManager.addfont(str(FONT))
    with matplotlib.rc_context(rc=None):
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)
        yield


def new_figure(height: float) -> Figure:
    """An empty figure of the text width; `height` in inches."""
    return Figure(figsize=(WIDTH, height), layout="constrained")


def mark(figure: Figure, text: str | None) -> None:
    """Say inside the picture what the data are."""
    if text:
        figure.text(0.995, 0.005, text, ha="right", va="bottom", fontsize=8, color="#8B0000", weight="bold")
        figure.get_layout_engine().set(rect=(0, 0.045, 1, 0.955))
