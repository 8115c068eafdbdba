"""Options in, exit code out; the only package that prints. Nothing heavy is imported before a command needs it."""

from pipeline.cli.app import main

__all__ = ["main"]
