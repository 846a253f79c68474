"""Why a row or a cell is refused or remarked on: declared once, in both languages, with what mends it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkit.model.language import say

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Reason:
    """One reason; the texts may say `{value}`, the cell as written, and `{header}`, the column's name."""

    code: str
    en: str
    zh: str
    fix_en: str
    fix_zh: str

    @property
    def text(self) -> str:
        """What is wrong, in the language in use."""
        return say(self.en, self.zh)

    @property
    def fix(self) -> str:
        """What mends it, in the language in use."""
        return say(self.fix_en, self.fix_zh)


REASONS = (
    Reason(
        "missing",
        "{header} is empty",
        "“{header}”为空",
        "fill in {header}",
        "请填写“{header}”",
    ),
    Reason(
        "unknown_end",
        "{header} is empty: that end is unknown, as of cash or a fee",
        "“{header}”为空：该方未知（如现金、手续费）",
        "fill in {header} where it is known",
        "如已知，请填写“{header}”",
    ),
    Reason(
        "not_carried_out",
        "{header}: {value} says that it was not carried out",
        "“{header}”：{value}，表明该笔未成交",
        "nothing needs to be done, if it was not",
        "如确未成功，无需处理",
    ),
    Reason(
        "taken_back",
        "a payment that was taken back, or the line that takes it back: no money moved",
        "该笔付款已被冲正、退汇或撤销，或本行即冲正行：资金未实际转移",
        "nothing needs to be done, if it was",
        "如确已冲正，无需处理",
    ),
    Reason(
        "no_direction",
        "{header}: {value} does not say which way it went",
        "“{header}”：{value} 不能说明方向",
        "write in or out (calling or called) in the column for the direction, if it was a payment or a call at all",
        "如确为收付款或通话，请在方向列写明收或付（主叫或被叫）",
    ),
    Reason(
        "error_cell",
        "{header}: {value} is an error of the spreadsheet or a formula without a result, not a value",
        "“{header}”：{value} 是电子表格的错误值或没有结果的公式，没有内容",
        "open and save the original in a spreadsheet program, mend the formula, or enter the value itself",
        "请在电子表格软件中打开原表并保存、改正公式，或直接填写内容",
    ),
    Reason(
        "date_number",
        "{header}: {value} is a date; a spreadsheet may have made it of a number such as 2023-5",
        "“{header}”：{value} 是日期，可能是电子表格自动转换所致",
        "set the column to text in the original and enter the number again",
        "请在原表中将该列设为文本格式后重新填写",
    ),
    Reason(
        "rounded_number",
        "{header}: {value} is a number that a spreadsheet has rounded; its last digits are lost",
        "“{header}”：{value} 已被电子表格舍入，末尾数字丢失",
        "set the column to text in the original and enter the number again",
        "请在原表中将该列设为文本格式后重新填写完整号码",
    ),
    Reason(
        "bad_number",
        "{header}: {value} is not a number",
        "“{header}”：{value} 不是数字",
        "write digits only, such as 1234.5",
        "请只填数字，例如 1234.5",
    ),
    Reason(
        "negative",
        "{header}: {value} is below zero",
        "“{header}”：{value} 小于零",
        "write the amount without a sign; enter a return as a record in the other direction",
        "请填写不带负号的数值；退货、退款请作为反方向的记录填写",
    ),
    Reason(
        "too_large",
        "{header}: {value} is too large for a quantity or an amount",
        "“{header}”：{value} 过大，不是数量或金额",
        "write the quantity or amount; a barcode or another number belongs in another column",
        "请填写实际数量或金额；条码、编号等请填入其他列",
    ),
    Reason(
        "unit_conflict",
        "{header}: {value} names another unit than the unit column",
        "“{header}”：{value} 的单位与单位列不一致",
        "keep one of the two units",
        "请只保留一个单位",
    ),
    Reason(
        "other_currency",
        "{header}: {value} names another currency than the record",
        "“{header}”：{value} 的币种与记录不一致",
        "enter the currency in a column of its own",
        "请在币种列填写币种",
    ),
    Reason(
        "bad_time",
        "{header}: {value} is not a date or time",
        "“{header}”：{value} 不是日期或时间",
        "write 2022-01-24 or 2022-01-24 08:05",
        "请按 2022-01-24 或 2022-01-24 08:05 填写",
    ),
    Reason(
        "no_year",
        "{header}: {value} has no year, and neither the title nor the sheet says for certain which it is",
        "“{header}”：{value} 没有年份，标题、工作表名等也未写明",
        "write 2022-01-24, or the year in the sheet's name or above the header, such as 2022年",
        "请写全日期如 2022-01-24，或在工作表名、表头上方注明年份（如 2022年）",
    ),
    Reason(
        "short_year",
        "{header}: {value} has a year of two digits, and it is not certain which part it is",
        "“{header}”：{value} 的年份只有两位，无法确定哪一部分是年",
        "write 2022-01-24, or the year in the sheet's name or above the header, such as 2022年",
        "请写全日期如 2022-01-24，或在工作表名、表头上方注明年份（如 2022年）",
    ),
    Reason(
        "impossible_date",
        "{header}: there is no {value}",
        "“{header}”：日期 {value} 不存在",
        "correct the day, month or hour",
        "请更正年月日或时刻",
    ),
    Reason(
        "year_out_of_range",
        "{header}: {value} lies outside the years 1900 to 2100",
        "“{header}”：{value} 不在 1900 至 2100 年之间",
        "correct the year",
        "请更正年份",
    ),
    Reason(
        "ambiguous_date",
        "{header}: {value} was read with the day first",
        "“{header}”：{value} 按日在前、月在后读取",
        "write the year first, such as 2022-01-24",
        "请按年在前的格式填写，例如 2022-01-24",
    ),
    Reason(
        "invalid_id",
        "{header}: {value} is neither a valid resident id nor a valid credit code",
        "“{header}”：{value} 不是有效的身份证号或统一社会信用代码",
        "check the number against the document",
        "请与证件核对号码",
    ),
    Reason(
        "invalid_phone",
        "{header}: {value} is not a valid phone number",
        "“{header}”：{value} 不是有效的电话号码",
        "check the number; one number a cell",
        "请核对号码；每格只填一个号码",
    ),
    Reason(
        "invalid_account",
        "{header}: {value} does not look like an account",
        "“{header}”：{value} 不像账号",
        "enter the account in full, without asterisks",
        "请填写完整账号，不含星号",
    ),
    Reason(
        "invalid_plate",
        "{header}: {value} is not a number plate",
        "“{header}”：{value} 不是车牌号",
        "enter the plate in full, such as 粤B12345",
        "请填写完整车牌号，例如 粤B12345",
    ),
    Reason(
        "invalid_region",
        "{header}: {value} is not a division code",
        "“{header}”：{value} 不是行政区划代码",
        "enter six digits, such as 440305",
        "请填写六位代码，例如 440305",
    ),
    Reason(
        "unknown_unit",
        "{header}: the unit {value} is not known",
        "“{header}”：单位 {value} 无法识别",
        "use a known unit: 盒 支 瓶 片 粒 克 千克 吨 袋 箱 件",
        "请使用可识别的单位：盒 支 瓶 片 粒 克 千克 吨 袋 箱 件",
    ),
    Reason(
        "unknown_value",
        "{header}: {value} is not one of the known values",
        "“{header}”：{value} 不在可识别的取值之内",
        "use one of the values in the documentation of the record kind",
        "请使用该类记录说明中列出的取值",
    ),
    Reason(
        "wrong_type",
        "{header}: {value} is not of the kind that stands there",
        "“{header}”：{value} 不是该处应有的类型",
        "write {header} as the standard has it",
        "请按标准填写“{header}”",
    ),
    Reason(
        "repeated",
        "{header}: {value} was said before something else; the last word counts",
        "“{header}”：先后出现两次，以后者为准（{value} 为前者）",
        "say {header} once",
        "请只保留一处“{header}”",
    ),
    Reason(
        "repeated_id",
        "{header}: {value} stands at another record already",
        "“{header}”：{value} 与此前记录重复",
        "give each record an id of its own",
        "请为每条记录编不同的编号",
    ),
    Reason(
        "unknown_id",
        "{header}: no record of the file has the id {value}",
        "“{header}”：文件中没有编号为 {value} 的记录",
        "add that record or name another",
        "请补充该记录或更正编号",
    ),
    Reason(
        "total_line",
        "a total line, not a record",
        "合计行，不是记录",
        "nothing needs to be done",
        "无需处理",
    ),
)

BY_CODE = {reason.code: reason for reason in REASONS}


def explain(code: str, value: str, header: str) -> tuple[str, str]:
    """What is wrong with this cell and what mends it, in the language in use."""
    reason = BY_CODE[code]
    told = {"{value}": value, "{header}": header}
    return _fill(reason.text, told), _fill(reason.fix, told)


def explained(issues: pl.DataFrame) -> pl.DataFrame:
    """The issues with what is wrong (`text`) and what mends it (`fix`), in the language in use."""
    met = [BY_CODE[code] for code in issues["reason"].unique().sort()]
    return issues.with_columns(
        _chosen({reason.code: reason.text for reason in met}).alias("text"),
        _chosen({reason.code: reason.fix for reason in met}).alias("fix"),
    )


def _chosen(templates: dict[str, str]) -> pl.Expr:
    import polars as pl

    chosen: pl.Expr = pl.lit(None, dtype=pl.String)
    for code, template in templates.items():
        chosen = pl.when(pl.col("reason") == code).then(_expression(template)).otherwise(chosen)
    return chosen


def _pieces(template: str) -> list[str]:
    return [piece for piece in re.split(r"(\{value\}|\{header\})", template) if piece]


def _fill(template: str, told: dict[str, str]) -> str:
    return "".join(told.get(piece, piece) for piece in _pieces(template))


def _expression(template: str) -> pl.Expr:
    import polars as pl

    placeholders = {"{value}": pl.col("value").fill_null(""), "{header}": pl.col("header").fill_null("")}
    return pl.concat_str([placeholders.get(piece, pl.lit(piece)) for piece in _pieces(template)])
