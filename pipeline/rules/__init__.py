"""The rules in which forms say what a submission must keep to. Each is one class with all its renderings.

A new rule is one class in one of these modules: a mask over pandas columns (``kept``), an Excel formula (``live``) or
``NotLive`` with a reason in ``wording/live.toml``, what must be joined first (``needs``), and what it can honestly
propose (``proposal``, ``bounds``, ``allows``).
"""
