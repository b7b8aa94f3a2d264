"""The Political Terror Scale, 2022 release: the one in the latent human rights scores."""

from __future__ import annotations

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.sets import pts
from beholden.sources.tidying import raw_address

__all__ = ["DATASET"]

FILE = "fariss_lhrs/PTS-2022.csv"

DATASET = Dataset(
    name="pts_2022",
    title="The Political Terror Scale 1976-2021",
    producer=pts.DATASET.producer,
    version="PTS-2022",
    home=pts.DATASET.home,
    doi="",
    licence=pts.DATASET.licence,
    redistribution=pts.DATASET.redistribution,
    released="2022",
    citation=(
        "Gibney, M., Cornett, L., Wood, R., Haschke, P., Arnon, D., Pisano, A., et al. (2022). "
        "The Political Terror Scale 1976-2021 [Data set]. https://www.politicalterrorscale.org"
    ),
    bibtex="""@misc{pts_2022,
  author = {Gibney, Mark and Cornett, Linda and Wood, Reed and Haschke, Peter and
    Arnon, Daniel and Pisano, Attilio and others},
  title = {The {Political} {Terror} {Scale} 1976-2021},
  year = {2022},
  note = {Data set, release PTS-2022},
  url = {https://www.politicalterrorscale.org}
}""",
    unit="state-year",
    keys=("country", "year"),
    span=(1976, 2021),
    originals=(
        Original(
            FILE,
            "113d2a2639a723ff65b9cc21cbf6a2751e50c123be8fda4fba35fb1fc539246c",
            612469,
            raw_address(
                "CJFariss/Human-Rights-Latent-Variable",
                "2f1892e74899",
                "LHRS-V4/data_raw/PTS-2022.csv",
            ),
        ),
    ),
    columns=pts.DATASET.columns,
    read=lambda paths: pts.scale(paths[FILE]),
    states=(StateCode("cow_code_n", "cow", "iso3"),),
    traps=(
        "An older release, kept as the input of fariss_lhrs; for all else use pts.",
        (
            "fariss_lhrs leaves out the scores of territories and of Serbia, puts those of "
            "Czechoslovakia under 316 and of the Soviet Union under 365, and takes the Federal "
            "Republic's where both Yugoslavias have one."
        ),
        *pts.DATASET.traps,
    ),
)
