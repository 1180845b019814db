"""Reading one configuration, with every fault in it reported at once."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cryptodrug.errors import SettingsError
from cryptodrug.settings.models import Settings
from cryptodrug.yaml_files import fault_lines, listed, read_yaml


def _refusal(what: str, path: Path) -> SettingsError:
    return SettingsError(
        what,
        where=str(path),
        not_done="no job was started",
        do="mend the lines named above; docs/configuration.md says what each key may hold",
    )


def _missing_files(settings: Settings, root: Path) -> list[str]:
    """Files named in the settings that are not there; what the simulator makes is not asked for."""
    wanted = {
        "snapshots": settings.snapshots,
        "judgements.folder": settings.judgements and settings.judgements.folder,
        "judgements.corrections": settings.judgements and settings.judgements.corrections,
        "survey.questionnaire": settings.survey and settings.survey.questionnaire,
        "survey.mapping": settings.survey and settings.survey.mapping,
        "survey.structure": settings.survey and settings.survey.structure,
        "survey.words": settings.survey and settings.survey.words,
        "interviews.codebook": settings.interviews and settings.interviews.codebook,
        "interviews.themes": settings.interviews and settings.interviews.themes,
        "interviews.mapping": settings.interviews and settings.interviews.mapping,
        "interviews.anomalies": settings.interviews and settings.interviews.anomalies,
        "interviews.inferences": settings.interviews and settings.interviews.inferences,
        "interviews.quotations": settings.interviews and settings.interviews.quotations,
        "profiles.codebook": settings.profiles and settings.profiles.codebook,
        "profiles.sample": settings.profiles and settings.profiles.sample,
        "profiles.consensus": settings.profiles and settings.profiles.consensus,
        "profiles.types": settings.profiles and settings.profiles.types,
        "simulation.scenario": settings.simulation and settings.simulation.scenario,
        "simulation.comparators": settings.simulation and settings.simulation.comparators,
        "simulation.profiles": settings.simulation and settings.simulation.profiles,
        "simulation.interviews": settings.simulation and settings.simulation.interviews,
    }
    return [
        f"{place}: no such file or folder: {path}"
        for place, path in wanted.items()
        if path is not None and not (root / path).exists()
    ]


def settings_from(data: Any, path: str | Path, root: str | Path = ".") -> Settings:
    """Check `data`, the content of the configuration file `path`; relative paths in it start at `root`.

    Raises
    ------
    SettingsError : one message that lists every fault with its path in the file.
    """
    if data is None:
        raise _refusal("the configuration file is empty", Path(path))
    try:
        settings = Settings.model_validate(data)
    except ValidationError as error:
        lines = fault_lines(error)
    else:
        lines = _missing_files(settings, Path(root))
        if not lines:
            return settings
    raise _refusal(f"the configuration has {listed(lines)}", Path(path))


def load_settings(path: str | Path, root: str | Path = ".") -> Settings:
    """Read and check one configuration file."""
    data = read_yaml(path, lambda what: _refusal(f"the configuration cannot be used: {what}", Path(path)))
    return settings_from(data, path, root)
