"""Make the input of a simulated study: archives of pages, a survey export, coded interviews."""

from pathlib import Path

from cryptodrug.errors import SettingsError
from cryptodrug.files import whole_file
from cryptodrug.simulate.interviews import export as export_interviews
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.study import archive_names, write_archive
from cryptodrug.simulate.survey import exports


def simulate_demo(
    scenario: str,
    archives: list[str],
    survey: list[str] | None = None,
    interviews: str | None = None,
    interview_scenario: str | None = None,
    interview_codebook: str | None = None,
) -> None:
    """Write what the scenario describes.

    1. The true markets are drawn: vendors, listings, prices, sales. It is written nowhere: nothing in front of the
       analysis may know it.
    2. The download is drawn: which pages are asked for, what goes wrong, what arrives.
    3. Pages are packed without compression and without dates, so that the bytes are the same on any machine.
    4. The survey is written as survey platforms would, the same respondents in every form: with records that must be
       left out, missing codes, and personal data that the reader must leave behind.
    5. The interviews are written as a coding program would: transcripts, code book, what each coder marked.

    Stops when the snapshot table asks for archives that the scenario does not give, or leaves some out.
    """
    model = read_scenario(scenario)
    known = archive_names(model)
    wanted = {Path(path).name: path for path in ([archives] if isinstance(archives, str) else archives)}
    if set(wanted) != set(known):
        raise SettingsError(
            "the snapshot table and the scenario do not speak of the same archives",
            where=f"table: {', '.join(sorted(wanted))}; scenario {scenario}: {', '.join(sorted(known))}",
            not_done="nothing was written",
            do="run `cryptodrug demo make` after a change of the scenario; it renews the snapshot table",
        )
    world = draw_world(model)
    for name, path in wanted.items():
        with whole_file(path) as temporary:
            write_archive(temporary, world, *known[name])
    made = exports(model) if survey else {}
    for path in [survey] if isinstance(survey, str) else survey or []:
        with whole_file(path) as temporary:
            temporary.write_bytes(made[Path(path).name])
    if interviews:
        data = export_interviews(interview_scenario, interview_codebook)
        with whole_file(interviews) as temporary:
            temporary.write_bytes(data)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, simulate_demo)
