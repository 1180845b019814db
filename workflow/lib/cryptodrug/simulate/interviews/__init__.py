"""The coded interviews of a simulated study: transcripts, two coders who differ in known ways, a REFI-QDA project."""

from pathlib import Path


def export(scenario: str | Path, codebook: str | Path) -> bytes:
    """The project exchange file (`.qdpx`) as bytes, the same on any machine.

    Parameters
    ----------
    scenario : file of the interviews, such as `data/demo/interviews.yaml`.
    codebook : code book (CSV) whose codes and definitions stand in the project.
    """
    from cryptodrug.simulate.interviews.project import project_file
    from cryptodrug.simulate.interviews.scenario import read_interview_scenario

    return project_file(read_interview_scenario(scenario), codebook)
