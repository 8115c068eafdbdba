"""A value that a field of a row would take, derived from the row's own context, for the words "an example". Pure."""

from pipeline.validation.suggesting.asking import Asking
from pipeline.validation.suggesting.values import suggestion

__all__ = ["Asking", "suggestion"]
