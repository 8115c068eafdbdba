"""What may stand in a cell, of every type and none: seeded, so that a file can be made again by its number."""

import datetime as dt
import unicodedata
from random import Random
from xml.sax.saxutils import escape

from nights_books import Written

from pipeline.spreadsheet import RawCell

LONGEST = 32_767
_TEXTS = (
    "",
    "   ",
    "\u00a0\u200b",
    "x",
    "x" * LONGEST,
    "Nâng cao chất lượng phục vụ nhân dân " * 40,
    "1e308",
    "-1e999",
    "NaN",
    "inf",
    "-0",
    "9" * 400,
    "0," + "0" * 320 + "1",
    "9" * 308 + "%",
    "١٢٣",
    "½",
    "1.200",
    "1,200",
    "95%",
    "-95,5 %",
    "khoảng 5",
    "từ 5 đến 7",
    "=1+1",
    "=HYPERLINK(A1)",
    "+5",
    "@x",
    "#N/A",
    "'",
    "{0}",
    "{label}",
    "%s",
    "<b>&amp;</b>",
    "_x0001_",
    "_x000D_",
    "\u202eabc\u202c",
    "\ufeffđầu",
    "😀🇻🇳",
    "\U0001d54f",
    unicodedata.normalize("NFD", "Nguyễn Văn Hòa"),
    "TrÇn ThÞ Mai",
    "Höôùng daãn",
    "dòng một\ndòng hai\ttab",
    "Tổng cộng",
    "A",
    "(1)",
    "code",
    "division",
    "MT01",
    "MT99",
    "NV01",
    "có",
    "không",
    "không áp dụng",
    "không phát sinh",
    "đạt",
    "VP",
    "TCT",
    "2019",
    "2018",
    "1000000000000000",
    "-2019",
    "0000",
    "２０１９",
    "31/02/2019",
    "00/00/0000",
    "12/31/2019",
    "9999-12-31",
    "1900-01-00",
    "29/2/2019",
    "12/5",
    "quý II/2019",
    "Không quá 99999999999999999999999 ngày trong năm 2019",
    "Đạt 1e400% hồ sơ trước ngày 31/12/9999",
    "Giảm ít nhất 0,0000000000000000001% so với năm 0",
    "Hoàn thành 100% trước 30/02/2019, từ 95 đến 90 lớp",
)
_NUMBERS = (
    *(0.0, -0.0, 1.0, -1.0, 0.5, 0.95, 1.5, 2019.0, 2018.0, 95.0, 100.0, 101.0, 1e10, 0.1 + 0.2, 1 / 3, 1e-5, 1e-9),
    *(1e14, 1e15, 1e16, 123456789012345678.0, 1e22, 1e100, 1e154, 1e155, 1e300, 1e308, -1e308, 1.7976931348623157e308),
    *(1e-10, 1e-16, 1e-100, 1e-300, 2.2250738585072014e-308, 5e-324, -5e-324),
    *(1e15 + 0.3, 43466.0, 43466.999999, 60.0, 59.0, 2958465.0, 2958466.0, 3e6, 32874.0, 73415.0, 73416.0, 110000.0),
)
_FORMATS = (
    *("General", "0%", "0.00%", "dd/mm/yyyy", "hh:mm:ss", "[h]:mm:ss", "@", "0.00E+00", "#,##0", "mmm-yy"),
    *('"Đạt" 0', "[Red]-0;0", "yyyy", "General;;;@", '0" %"', "0\\%"),
)
_ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
_ODD = (
    Written("", ""),
    Written("", "<v></v>"),
    Written("", "<f>1/0</f>"),
    Written("", "<f>SUM(A1:A9)</f><v>95</v>"),
    Written("", "<f>TODAY()</f><v>43466</v>", "dd/mm/yyyy"),
    Written("str", "<f>A1</f><v>chữ</v>"),
    Written("str", "<f>A1</f>"),
    Written("b", "<f>TRUE()</f><v>1</v>"),
    Written("e", "<f>1/0</f><v>#DIV/0!</v>"),
    Written("", '<f t="shared" si="0" ref="A1:A3">1+1</f><v>2</v>'),
    Written("", '<f t="array" ref="A1">1+1</f><v>2</v>'),
    Written("d", "<v>2019-01-20T00:00:00</v>", "dd/mm/yyyy"),
    Written("inlineStr", "<is><r><rPr><b/></rPr><t>Đậm</t></r><r><t> nhạt</t></r></is>"),
    Written("inlineStr", '<is><r><rPr><rFont val=".VnTime"/></rPr><t>TrÇn ThÞ Mai</t></r></is>'),
    Written("inlineStr", "<is><t>_x0001_a_x001F_</t></is>"),
    Written("inlineStr", "<is/>"),
    Written("b", "<v>1</v>"),
    Written("", "<v>1E+308</v>"),
    Written("", "<v>-0.0</v>"),
)
"""What the XML of a sheet may hold and a value cannot say: formulas with and without a value, letters set apart."""


def junk(random: Random) -> RawCell | Written:
    """One cell."""
    match random.randrange(10):
        case 0 | 1 | 2:
            return RawCell(random.choice(_TEXTS), random.choice(_FORMATS))
        case 3 | 4 | 5:
            return RawCell(random.choice(_NUMBERS), random.choice(_FORMATS))
        case 6:
            return random.choice(_ODD)
        case 7:
            return RawCell(random.choice(_ERRORS), None, is_error=True)
        case 8:
            return RawCell(random.random() < 0.5, "General")
        case _:
            return _moment(random)


def any_text(random: Random) -> str:
    """A text out of letters of all kinds, or one of the usual suspects."""
    if random.random() < 0.5:
        return random.choice(_TEXTS)
    letters = [chr(random.choice(_LETTERS)) for _ in range(random.randrange(1, 60))]
    return escape("".join(letters)) if random.random() < 0.1 else "".join(letters)


_LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x300, 0x330),
    *range(0x1EA0, 0x1EFA),
    0x202E,
    0x200F,
    0x2028,
)


def _moment(random: Random) -> RawCell:
    day = dt.date(random.choice((1900, 1990, 2018, 2019, 2020, 2100, 2101, 9999)), random.randrange(1, 13), 28)
    clock = dt.time(random.randrange(24), random.randrange(60))
    moments = (day, dt.datetime.combine(day, clock), clock, dt.timedelta(hours=random.randrange(10_000)))
    return RawCell(random.choice(moments), random.choice(("dd/mm/yyyy", "hh:mm", "[h]:mm", "General")))
