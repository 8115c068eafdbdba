"""A whole Sở in 2018 and 2019, replayed night by night through the real templates and the real run."""

from pipeline.demo.replaying import NIGHTS, TWO_YEARS, replay

__all__ = ["NIGHTS", "TWO_YEARS", "replay"]
