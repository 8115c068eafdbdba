"""The fixed choices of the forms. The words are stored as staff see them, so that every reader meets the same ones."""

from enum import StrEnum

from pipeline.vocabulary.fields import Listed


class Coded(StrEnum):
    """Answers that stand in place of a number or a date (forms.md, head)."""

    NOT_APPLICABLE = "không áp dụng"
    NO_DATA = "chưa có số liệu"
    NO_CASE = "không phát sinh"
    NOT_DONE = "chưa thực hiện"


class YesNo(StrEnum):
    """Yes or no."""

    YES = "có"
    NO = "không"


class Measure(StrEnum):
    """What kind of figure an objective's indicator is."""

    RATE = "tỷ lệ"
    CHANGE = "tăng, giảm"
    CUMULATIVE = "số lũy kế"
    LEVEL = "mức"
    YES_NO = "có/không"


class Comparator(StrEnum):
    """How the actual value is held against the target."""

    AT_LEAST = "ít nhất"
    AT_MOST = "không quá"
    EXACTLY = "đúng bằng"
    MORE_THAN = "lớn hơn"
    LESS_THAN = "nhỏ hơn"
    BETWEEN = "trong khoảng"

    @classmethod
    def floors(cls) -> tuple["Comparator", ...]:
        """Those under which more is better."""
        return (cls.AT_LEAST, cls.MORE_THAN)

    @classmethod
    def ceilings(cls) -> tuple["Comparator", ...]:
        """Those under which less is better."""
        return (cls.AT_MOST, cls.LESS_THAN)


class RangeBeaten(StrEnum):
    """What becomes of *trong khoảng* when the result lies outside of the range."""

    ABOVE = "vượt vẫn đạt"
    BELOW = "thấp hơn vẫn đạt"
    STAYS = "phải ở trong khoảng"


class Status(StrEnum):
    """How far an objective has been reached; by an estimate where the year's figures are not all there yet."""

    MET = "Đạt"
    NOT_MET = "Không đạt"
    MET_BY_ESTIMATE = "Đạt (theo ước)"
    NOT_MET_BY_ESTIMATE = "Không đạt (theo ước)"
    NOT_DUE = "Chưa đến kỳ đánh giá"
    NO_DATA = "Chưa đủ số liệu"
    NO_CASE = "Không phát sinh"
    NO_LONGER = "Không còn áp dụng"

    @classmethod
    def met(cls) -> tuple["Status", ...]:
        """Reached, in fact or by an estimate."""
        return (cls.MET, cls.MET_BY_ESTIMATE)

    @classmethod
    def not_met(cls) -> tuple["Status", ...]:
        """Missed, in fact or by an estimate."""
        return (cls.NOT_MET, cls.NOT_MET_BY_ESTIMATE)


class Effect(StrEnum):
    """Whether a corrective action did away with the cause (TCVN ISO 9001:2015, 10.2.1 d)."""

    EFFECTIVE = "có"
    NOT_EFFECTIVE = "không"
    TOO_EARLY = "chưa đến lúc đánh giá"


class TaskStatus(StrEnum):
    """How far a task of the plan is."""

    DONE = "Hoàn thành"
    UNDER_WAY = "Đang thực hiện"
    NOT_STARTED = "Chưa thực hiện"
    CANCELLED = "Hủy"


class Frequency(StrEnum):
    """How often an indicator is followed."""

    MONTHLY = "tháng"
    QUARTERLY = "quý"
    HALF_YEARLY = "6 tháng"
    YEARLY = "năm"


class Category(StrEnum):
    """The legal standing of a staff member."""

    CIVIL_SERVANT = "công chức"
    PUBLIC_EMPLOYEE = "viên chức"
    WORKER = "người lao động"


class Absence(StrEnum):
    """Why a person could not be told of the policy yet."""

    MATERNITY = "thai sản"
    SECONDED = "biệt phái"
    NEW = "mới đến"
    LONG_LEAVE = "nghỉ dài hạn"


class Understanding(StrEnum):
    """How it was checked that a person understood the policy."""

    SIGNED = "ký nhận"
    ANSWERED = "trả lời câu hỏi"
    TESTED = "bài kiểm tra"


class DeclarationKind(StrEnum):
    """A first declaration or a later one."""

    FIRST = "lần đầu"
    AGAIN = "công bố lại"


class PostedBy(StrEnum):
    """How a declaration is made public (QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3)."""

    NOTICE_BOARD = "niêm yết"
    PORTAL = "đăng tải"


class ScopeChange(StrEnum):
    """What calls for a new declaration: a change of scope (dispatch, duty 2), or another standard."""

    ADJUSTED = "điều chỉnh"
    EXTENDED = "mở rộng"
    REDUCED = "thu hẹp"
    STANDARD = "đổi tiêu chuẩn"


class DivisionKind(StrEnum):
    """What a division is."""

    DIVISION = "phòng"
    LEADERSHIP = "lãnh đạo"
    WORKING_GROUP = "tổ công tác"


CODED = tuple(str(word) for word in Coded)
YES_NO = tuple(YesNo)
COMMUNICATION_CHANNELS = (
    "Họp cơ quan",
    "Họp phòng",
    "Sao gửi văn bản",
    "Thư điện tử công vụ",
    "Niêm yết tại trụ sở",
    "Cổng thông tin điện tử",
)

DIVISIONS = Listed("divisions")
YEARS = Listed("years")
POLICY_POINTS = Listed("policy_points")
POLICY_VERSIONS = Listed("policy_versions")
AGENCY_OBJECTIVES = Listed("agency_objectives")
STANDARDS = Listed("standards")
UNITS = Listed("units")
STAFF_CODES = Listed("staff_codes")
STAFF_NAMES = Listed("staff_names")
