"""A whole Sở in 2019, replayed night by night through the real templates and the real run."""

from pipeline.demo.replaying import replay

__all__ = ["replay"]
