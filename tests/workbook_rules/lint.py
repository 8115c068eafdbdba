"""Every rule held against one workbook."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from workbook_rules.checks import charts, content, figures, formulas, looks, pages, paper, shape, signs
from workbook_rules.outcome import Outcome, outcome
from workbook_rules.package import NotAWorkbookError
from workbook_rules.reader import ReadWorkbook, read_workbook
from workbook_rules.rules import Rule

Check = Callable[[ReadWorkbook], Iterable[str]]
CHECKS: Final[Mapping[Rule, Check]] = {
    Rule.SHEETS: shape.sheets,
    Rule.OPENING: shape.opening,
    Rule.TOTALS: figures.totals,
    Rule.CACHED: formulas.cached,
    Rule.SHORT: formulas.short,
    Rule.STEADY: formulas.steady,
    Rule.OLD_FUNCTIONS: formulas.old_functions,
    Rule.EXTENSIONS: formulas.extensions,
    Rule.PLAIN_REFERENCES: formulas.plain_references,
    Rule.CRITERIA: formulas.criteria,
    Rule.NO_ERRORS: formulas.no_errors,
    Rule.TABLES: shape.tables,
    Rule.UNMERGED: shape.unmerged,
    Rule.NO_BLANK_ROWS: shape.no_blank_rows,
    Rule.EMPTY_SAID: shape.empty_said,
    Rule.NUMBERS: figures.numbers,
    Rule.DATES: figures.dates,
    Rule.FORMATS: figures.formats,
    Rule.UNITS: figures.units,
    Rule.SIGNS: signs.signs,
    Rule.LIVE_SIGNS: signs.live_signs,
    Rule.CONTRAST: looks.contrast,
    Rule.FONT: looks.font,
    Rule.WIDTHS: looks.widths,
    Rule.CHART_WORDS: charts.words,
    Rule.CHART_KINDS: charts.kinds,
    Rule.CHART_SCALES: charts.scales,
    Rule.PAPER: paper.paper,
    Rule.HEADER_ROWS: paper.header_rows,
    Rule.PAGE_HEADERS: paper.page_headers,
    Rule.PRINT_AREAS: paper.print_areas,
    Rule.PRINT_SIZE: pages.print_size,
    Rule.FROZEN: pages.frozen,
    Rule.FOREIGN_HEADERS: pages.foreign_headers,
    Rule.PAGE_FEET: pages.page_feet,
    Rule.TEXT_STAYS_TEXT: content.text_stays_text,
    Rule.LINKS: content.links,
    Rule.CONTROLS: content.controls,
    Rule.HEADLINE: content.headline,
    Rule.CREATED: content.created,
}
"""Each rule and the check that holds it: a check gives the places where its rule is broken."""


def lint(workbook: bytes) -> tuple[Outcome, ...]:
    """The outcome of every rule, in their order.

    Raises:
        NotAWorkbookError: the bytes are no .xlsx workbook that can be read within bounds.
    """
    book = read_workbook(workbook)
    try:
        return tuple(outcome(rule, check(book)) for rule, check in CHECKS.items())
    except ValueError as damage:
        # An address or a number of the file that is none: some are only read when a check asks for them.
        raise NotAWorkbookError("damaged") from damage
