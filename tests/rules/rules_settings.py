"""The small agency whose forms are judged here: three divisions, six people, two versions of the quality policy."""

import datetime as dt

from pipeline.settings import Settings

_POINTS = ({"code": "CS1", "text": "Đúng pháp luật"}, {"code": "CS2", "text": "Cải tiến thường xuyên"})

SETTINGS = Settings.model_validate(
    {
        "agency": ({"name": "Sở Lao động", "superior": "Ủy ban nhân dân tỉnh", "place": "Sóc Trăng"},),
        "standards": (
            {"designation": "TCVN ISO 9001:2008", "valid_to": dt.date(2018, 9, 14)},
            {"designation": "TCVN ISO 9001:2015"},
        ),
        "years": {
            2017: {"6T": {"BM-02": dt.date(2017, 6, 10), "BM-04": dt.date(2017, 6, 10)}},
            2018: {"KH": {"BM-01": dt.date(2018, 1, 31)}},
            2019: {
                "KH": {"BM-01": dt.date(2019, 1, 31), "BM-03": dt.date(2019, 3, 31)},
                "6T": {"BM-02": dt.date(2019, 6, 10), "BM-04": dt.date(2019, 6, 10)},
                "CN": {"BM-02": dt.date(2019, 11, 10), "BM-04": dt.date(2019, 11, 10)},
            },
        },
        "policy_versions": (
            {"version": "CSCL-2018/01", "approved_on": dt.date(2018, 3, 15), "points": _POINTS},
            {"version": "CSCL-2019/01", "approved_on": dt.date(2019, 2, 20), "points": _POINTS},
        ),
        "agency_objectives": (
            {
                "code": "MC1",
                "text": "Hồ sơ giải quyết đúng hạn đạt ít nhất 90%",
                "measure": "tỷ lệ",
                "comparator": "ít nhất",
                "target": 90,
                "unit": "%",
                "valid_to": dt.date(2018, 12, 31),
            },
            {
                "code": "MC1",
                "text": "Hồ sơ giải quyết đúng hạn đạt ít nhất 95%",
                "measure": "tỷ lệ",
                "comparator": "ít nhất",
                "target": 95,
                "unit": "%",
                "valid_from": dt.date(2019, 1, 1),
            },
        ),
        "divisions": (
            {"code": "VP", "name": "Văn phòng Sở", "kind": "phòng", "owes": ("BM-01", "BM-02", "BM-03")},
            {
                "code": "KHTC",
                "name": "Phòng Kế hoạch - Tài chính",
                "kind": "phòng",
                "owes": ("BM-01", "BM-02", "BM-03"),
            },
            {"code": "TCT", "name": "Tổ công tác ISO", "kind": "tổ công tác", "owes": ("BM-04",)},
        ),
        "staff": (
            {
                "staff_code": "CB001",
                "name": "Trần Thị Mai",
                "division": "VP",
                "position": "Chuyên viên",
                "category": "công chức",
                "valid_from": dt.date(2017, 1, 1),
            },
            {
                "staff_code": "CB002",
                "name": "Nguyễn Văn Hòa",
                "division": "VP",
                "position": "Chánh Văn phòng",
                "category": "công chức",
            },
            {
                "staff_code": "CB003",
                "name": "Lê Văn Tám",
                "division": "VP",
                "position": "Lái xe",
                "category": "người lao động",
            },
            {
                "staff_code": "CB004",
                "name": "Phạm Thị Lan",
                "division": "KHTC",
                "position": "Trưởng phòng",
                "category": "công chức",
            },
            {
                "staff_code": "CB005",
                "name": "Võ Minh Đăng",
                "division": "TCT",
                "position": "Tổ trưởng",
                "category": "công chức",
            },
            {
                # Joins after the due date of BM-03: may be listed, is not expected.
                "staff_code": "CB006",
                "name": "Phan Thị Út",
                "division": "VP",
                "position": "Văn thư",
                "category": "viên chức",
                "valid_from": dt.date(2019, 6, 1),
            },
        ),
    }
)
