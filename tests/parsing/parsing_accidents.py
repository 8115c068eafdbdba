"""The battery: what happens to a form in an office, and what must come of it (issue 4, item 5).

Each line: the form, what is done to it, and the exact findings. Where none of them is an error, the rows must be those
of the untouched form.
"""

from parsing_accidents_cells import CELLS
from parsing_accidents_heads import HEADS
from parsing_accidents_places import PLACES
from parsing_lines import Line

ACCIDENTS: tuple[Line, ...] = (*PLACES, *HEADS, *CELLS)
