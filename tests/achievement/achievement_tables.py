"""The algorithm of forms.md as tables: a result, and the status that it must have."""

from collections.abc import Mapping, Sequence

from achievement_rows import (
    BELOW,
    COUNT,
    DUE,
    DUE_IN_AUTUMN,
    FROM_ABOVE,
    LEVEL,
    STAYS,
    WHOLE_YEAR,
    YES_NO,
    Result,
    Told,
    promise,
)

Table = Mapping[str, Sequence[Result]]
"""Status to the results that have it."""

_LATE_CODES: Told = {**WHOLE_YEAR, "full_year_estimate": 99.0}

STEP_1_CODED: Table = {
    "Chưa đủ số liệu": (
        Result("no data", {"actual_coded": "chưa có số liệu"}),
        Result("no data, due", {"actual_coded": "chưa có số liệu", **DUE}),
        Result("no data, though estimated", {"actual_coded": "chưa có số liệu", **_LATE_CODES}),
    ),
    "Không phát sinh": (
        Result("no case", {"actual_coded": "không phát sinh"}),
        Result("no case at the year's end", {"actual_coded": "không phát sinh", **WHOLE_YEAR, **DUE}),
        Result("nothing over nothing", {"numerator": 0, "denominator": 0}),
        Result("nothing over nothing, due", {"numerator": 0, "denominator": 0, **DUE}),
        Result("nothing over nothing, though estimated", {"numerator": 0, "denominator": 0, **_LATE_CODES}),
    ),
    "Không còn áp dụng": (
        Result("given up", {"actual_coded": "không áp dụng"}),
        Result("given up with a figure", {"actual": 50.0, "self_assessment": "Không còn áp dụng"}),
        Result("with a figure, due", {"actual": 50.0, "self_assessment": "Không còn áp dụng", **WHOLE_YEAR, **DUE}),
        Result("with a figure, no estimate", {"actual": 50.0, "self_assessment": "Không còn áp dụng", **WHOLE_YEAR}),
        Result(
            "given up, though the parts are there", {"actual_coded": "không áp dụng", "numerator": 1, "denominator": 2}
        ),
    ),
    "Không đạt": (
        Result("not done, due", {"actual_coded": "chưa thực hiện", **DUE}),
        Result("not done at the year's end", {"actual_coded": "chưa thực hiện", **WHOLE_YEAR}),
        Result("not done, with a milestone", {"actual_coded": "chưa thực hiện", "objective_milestone": 90}),
    ),
    "Không đạt (theo ước)": (
        Result(
            "not done, and the estimate falls short",
            {**_LATE_CODES, "actual_coded": "chưa thực hiện", "full_year_estimate": 94},
        ),
    ),
    "Chưa đến kỳ đánh giá": (
        Result("not done before its day", {"actual_coded": "chưa thực hiện"}),
        Result("an average over no cases yet", {**LEVEL, "denominator": 0, "actual": 90}),
    ),
    "Đạt (theo ước)": (
        Result("not done, but the estimate reaches it", {"actual_coded": "chưa thực hiện", **_LATE_CODES}),
    ),
}

STEP_2_VALUE: Table = {
    "Đạt": (
        Result("the share decides, not the typed figure", {"numerator": 96, "denominator": 100, "actual": 94, **DUE}),
        Result("a share that floats compute a hair too low", {"numerator": 0.57, "denominator": 0.6, **DUE}),
        Result("100 x 19/20", {"numerator": 19, "denominator": 20, **DUE}),
        Result("without parts the typed figure", {"actual": 95, **DUE}),
        Result("parts of a level are no share", {**LEVEL, "numerator": 1, "denominator": 2, "actual": 95, **DUE}),
        Result("met already, no estimate needed", {**WHOLE_YEAR, "actual": 96}),
        Result("met already, the estimate keeps it", {**WHOLE_YEAR, "actual": 96, "full_year_estimate": 95.5}),
        Result("done already, no estimate needed", {**YES_NO, **WHOLE_YEAR, "actual_coded": "có"}),
        Result("no estimate once it is due", {**WHOLE_YEAR, **DUE_IN_AUTUMN, "actual": 95, "full_year_estimate": 10}),
        Result("no estimate at six months", {"actual": 95, "full_year_estimate": 10}),
    ),
    "Không đạt": (
        Result("a share that rounds to the target", {"numerator": 9499, "denominator": 10000, "actual": 95, **DUE}),
        Result(
            "the division's own word, which no estimate argues away",
            {**WHOLE_YEAR, "actual": 94, "full_year_estimate": 95, "self_assessment": "Không đạt"},
        ),
        Result(
            "the division's own word, without an estimate",
            {**WHOLE_YEAR, "actual": 94, "self_assessment": "Không đạt"},
        ),
        Result(
            "a bound that is passed, whatever the estimate says",
            {**WHOLE_YEAR, **promise("không quá", 5), **COUNT, "actual": 6, "full_year_estimate": 5},
        ),
    ),
    "Đạt (theo ước)": (
        Result("the estimate, not the figure so far", {**WHOLE_YEAR, "actual": 80, "full_year_estimate": 95}),
        Result(
            "the estimate's word", {**YES_NO, **WHOLE_YEAR, "actual_coded": "không", "full_year_estimate_coded": "có"}
        ),
        Result(
            "under a bound that can still break",
            {**WHOLE_YEAR, **promise("không quá", 5), **COUNT, "actual": 3, "full_year_estimate": 4},
        ),
    ),
    "Không đạt (theo ước)": (
        Result("an estimate that falls short", {**WHOLE_YEAR, "actual": 99, "full_year_estimate": 94.9}),
        Result(
            "the estimate's word", {**YES_NO, **WHOLE_YEAR, "actual_coded": "có", "full_year_estimate_coded": "không"}
        ),
        Result(
            "both fall short, and the division says so",
            {**WHOLE_YEAR, "actual": 90, "full_year_estimate": 94, "self_assessment": "Không đạt"},
        ),
    ),
}

STEP_3_FINAL: Table = {
    "Đạt": (
        Result("at least, just", {**promise("ít nhất", 5), **LEVEL, "actual": 5, **DUE}),
        Result("at most, just", {**promise("không quá", 5), **LEVEL, "actual": 5, **DUE}),
        Result("exactly", {**promise("đúng bằng", 5), **LEVEL, "actual": 5, **DUE}),
        Result("exactly none", {**promise("đúng bằng", 0), **COUNT, "actual": 0, **DUE}),
        Result("exactly all", {**promise("đúng bằng", 100), "numerator": 70, "denominator": 70, **DUE}),
        Result("more than", {**promise("lớn hơn", 5), **LEVEL, "actual": 5.1, **DUE}),
        Result("less than", {**promise("nhỏ hơn", 5), **LEVEL, "actual": 4.9, **DUE}),
        Result("between, at the lower end", {**promise("trong khoảng", 3, 5), **LEVEL, "actual": 3, **DUE}),
        Result(
            "between, beaten, as published (h6)",
            {**promise("trong khoảng", 6.6, 6.8), "objective_measure": "tăng, giảm", "actual": 7.02, **DUE},
        ),
        Result(
            "between, beaten, though last year was more",
            {
                **promise("trong khoảng", 6.6, 6.8),
                "objective_measure": "tăng, giảm",
                "objective_baseline": 7.2,
                "actual": 7.02,
                **DUE,
            },
        ),
        Result("between, beaten below", {**promise("trong khoảng", 3, 5), **BELOW, **LEVEL, "actual": 2.9, **DUE}),
        Result(
            "between, beaten below by what comes down",
            {**promise("trong khoảng", 3, 5), **LEVEL, **FROM_ABOVE, "actual": 2.9, **DUE},
        ),
        Result("between, at the upper end", {**promise("trong khoảng", 3, 5), **LEVEL, "actual": 5, **DUE}),
        Result(
            "a loss smaller than promised",
            {**promise("ít nhất", -5), "objective_measure": "tăng, giảm", "actual": -3, **DUE},
        ),
        Result("yes", {**YES_NO, "actual_coded": "có", **DUE}),
        Result("due on the day of the figures", {"actual": 95, **DUE}),
        Result("the year's report is final", {**WHOLE_YEAR, **DUE_IN_AUTUMN, "actual": 95}),
        Result(
            "a cumulative number under its bound at the end", {**promise("không quá", 5), **COUNT, "actual": 4, **DUE}
        ),
    ),
    "Không đạt": (
        Result("at least, not quite", {**promise("ít nhất", 5), **LEVEL, "actual": 4.99, **DUE}),
        Result("at most, a little more", {**promise("không quá", 5), **LEVEL, "actual": 5.01, **DUE}),
        Result("exactly, too much", {**promise("đúng bằng", 5), **LEVEL, "actual": 6, **DUE}),
        Result("exactly, too little", {**promise("đúng bằng", 5), **LEVEL, "actual": 4, **DUE}),
        Result("exactly none, yet one", {**promise("đúng bằng", 0), **COUNT, "actual": 1, **DUE}),
        Result("more than, just as much", {**promise("lớn hơn", 5), **LEVEL, "actual": 5, **DUE}),
        Result("less than, just as much", {**promise("nhỏ hơn", 5), **LEVEL, "actual": 5, **DUE}),
        Result("between, below", {**promise("trong khoảng", 3, 5), **LEVEL, "actual": 2.9, **DUE}),
        Result("between, above", {**promise("trong khoảng", 3, 5), **STAYS, **LEVEL, "actual": 5.1, **DUE}),
        Result(
            "between, above what comes down",
            {**promise("trong khoảng", 3, 5), **LEVEL, **FROM_ABOVE, "actual": 5.1, **DUE},
        ),
        Result(
            "between, above what may lie below",
            {**promise("trong khoảng", 3, 5), **BELOW, **LEVEL, "actual": 5.1, **DUE},
        ),
        Result(
            "between, below what must stay", {**promise("trong khoảng", 3, 5), **STAYS, **LEVEL, "actual": 2.9, **DUE}
        ),
        Result("no", {**YES_NO, "actual_coded": "không", **DUE}),
        Result("no, in the year's report", {**YES_NO, **WHOLE_YEAR, **DUE_IN_AUTUMN, "actual_coded": "không"}),
        Result("a milestone does not help once it is due", {"actual": 94, "objective_milestone": 90, **DUE}),
    ),
}

STEP_4_SIX_MONTHS: Table = {
    "Đạt": (
        Result("met now", {"actual": 96}),
        Result("met now, the milestone with it", {"actual": 96, "objective_milestone": 90}),
        Result("a level under its bound now", {**promise("không quá", 5), **LEVEL, "actual": 4}),
        Result("a cumulative number over its floor stays there", {**promise("ít nhất", 5), **COUNT, "actual": 6}),
        Result("more than its floor", {**promise("lớn hơn", 5), **COUNT, "actual": 6}),
        Result("over a range that may be beaten", {**promise("trong khoảng", 3, 5), **COUNT, "actual": 6}),
        Result("in a range that may be beaten", {**promise("trong khoảng", 3, 5), **COUNT, "actual": 4}),
        Result("yes already", {**YES_NO, "actual_coded": "có"}),
        Result("a level in its range", {**promise("trong khoảng", 3, 5), **LEVEL, "actual": 4}),
    ),
    "Chưa đến kỳ đánh giá": (
        Result("not met yet", {"actual": 80}),
        Result("not yet", {**YES_NO, "actual_coded": "không"}),
        Result("on track: the milestone reached", {"actual": 91, "objective_milestone": 90}),
        Result("on track: just", {"actual": 90, "objective_milestone": 90}),
        Result("at most, it can still break", {**promise("không quá", 5), **COUNT, "actual": 5}),
        Result("less than, it can still break", {**promise("nhỏ hơn", 5), **COUNT, "actual": 4}),
        Result("exactly none, it can still break", {**promise("đúng bằng", 0), **COUNT, "actual": 0}),
        Result("exactly, not there yet", {**promise("đúng bằng", 5), **COUNT, "actual": 4}),
        Result("exactly, there, it can still break", {**promise("đúng bằng", 5), **COUNT, "actual": 5}),
        Result("in its range, it can still leave it", {**promise("trong khoảng", 3, 5), **STAYS, **COUNT, "actual": 4}),
        Result("under its range", {**promise("trong khoảng", 3, 5), **COUNT, "actual": 2}),
        Result(
            "under its bound and its milestone",
            {**promise("không quá", 5), **COUNT, "actual": 2, "objective_milestone": 2},
        ),
        Result(
            "ahead of the milestone of an exact target",
            {**promise("đúng bằng", 10), **COUNT, "actual": 6, "objective_milestone": 5},
        ),
        Result(
            "there, ahead of the milestone",
            {**promise("đúng bằng", 10), **COUNT, "actual": 10, "objective_milestone": 5},
        ),
        Result(
            "coming down to an exact target",
            {**promise("đúng bằng", 5), **LEVEL, "actual": 7, "objective_milestone": 8},
        ),
        Result(
            "coming down into its range",
            {**promise("trong khoảng", 3, 5), **LEVEL, "actual": 6, "objective_milestone": 7},
        ),
        Result(
            "coming up into its range",
            {**promise("trong khoảng", 3, 5), **LEVEL, "actual": 2, "objective_milestone": 2},
        ),
    ),
    "Không đạt": (
        Result("the milestone missed", {"actual": 89, "objective_milestone": 90}),
        Result(
            "a ceiling's milestone missed", {**promise("không quá", 5), **LEVEL, "actual": 7, "objective_milestone": 6}
        ),
        Result(
            "under its bound, over its milestone",
            {**promise("không quá", 5), **COUNT, "actual": 3, "objective_milestone": 2},
        ),
        Result("at most, broken", {**promise("không quá", 5), **COUNT, "actual": 6}),
        Result("less than, broken at the bound", {**promise("nhỏ hơn", 5), **COUNT, "actual": 5}),
        Result("exactly, broken", {**promise("đúng bằng", 5), **COUNT, "actual": 6}),
        Result("exactly none, broken", {**promise("đúng bằng", 0), **COUNT, "actual": 1}),
        Result("over its range, broken", {**promise("trong khoảng", 3, 5), **STAYS, **COUNT, "actual": 6}),
        Result(
            "broken, though the milestone is kept",
            {**promise("không quá", 5), **COUNT, "actual": 6, "objective_milestone": 9},
        ),
        Result(
            "behind the milestone of an exact target",
            {**promise("đúng bằng", 10), **COUNT, "actual": 4, "objective_milestone": 5},
        ),
        Result("not down far enough", {**promise("đúng bằng", 5), **LEVEL, "actual": 9, "objective_milestone": 8}),
        Result(
            "not down into its range", {**promise("trong khoảng", 3, 5), **LEVEL, "actual": 8, "objective_milestone": 7}
        ),
        Result(
            "exactly none is the milestone too",
            {**promise("đúng bằng", 0), **LEVEL, "actual": 1, "objective_milestone": 0},
        ),
    ),
}

WITHOUT_STATUS = (
    Result(
        "no objective is known",
        {"objective_measure": None, "objective_comparator": None, "objective_target": None, "actual": 95},
    ),
    Result("no objective, no case", {"objective_measure": None, "numerator": 0, "denominator": 0}),
    Result("nothing is answered"),
    Result("a figure for có/không", {**YES_NO, "actual": 1}),
    Result("a word for a figure", {"actual_coded": "có"}),
    Result("no estimate where one is due", {**WHOLE_YEAR, "actual": 94}),
    Result(
        "no estimate under a bound that can still break",
        {**WHOLE_YEAR, **promise("không quá", 5), **COUNT, "actual": 3},
    ),
    Result("no word as estimate where one is due", {**YES_NO, **WHOLE_YEAR, "actual_coded": "không"}),
)
