"""How lists that are told from one side are headed: 本方账号, 对方账号, 借贷标志, and what each column becomes."""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.records.recognition import header_key


@dataclass(frozen=True)
class Side:
    """A column told of either side: what it is called on the own and on the other side, and what it becomes."""

    own: str
    other: str
    giver: str
    taker: str
    needed: bool = True
    numbers: str = ""  # own columns of which two in one line are numbers of one account, as of a card and its account
    giver_too: str = ""
    taker_too: str = ""


@dataclass(frozen=True)
class Statement:
    """How one kind of statement is headed, of which records it is a list, and the words for the two directions."""

    kind: str
    sides: tuple[Side, ...]
    direction: str
    given: str
    taken: str
    told_by: tuple[str, str, str]  # the column that says whose side it is, and its words for giver and taker
    amounts: tuple[str, str, str] = ("", "", "")  # given, taken, and what the one filled in becomes


def _any(whose: str, what: str) -> str:
    """Each of these words for whose it is before each of those for what it is."""
    named = (one + two for one in whose.split("|") for two in what.split("|"))
    return "|".join(name for name in named if name != "交易名称")  # what kind of a transaction it is


_OWN = "本方|我方|用户侧|交易主体|交易|查询|主体|本人|客户"
_OTHER = "对方|对手侧|对手|对手方|交易对方|交易对手|交易对手方|对端"
_ACCOUNT = (
    "卡号|账卡号|账号|账户|帐号|帐户|帐卡号|卡账号|账号卡号|账号/卡号|卡号/账号|账户号|账户号码|银行账号|银行卡号"
)
_NAME = "户名|名称|姓名|账户名|账户名称|账户户名|账户姓名|单位名称|客户名称|全称"
_ID = "证件号|证件号码|身份证号|身份证号码|身份证件号码|开户证件号码"
BALANCE = "余额|账户余额|交易余额|交易后余额|本次余额|当前余额|联机余额|balance|account balance|running balance"

STATEMENTS = (
    Statement(
        "payment",
        (
            Side(
                f"{_any(_OWN, _ACCOUNT)}|账号|卡号|卡号/账号|"
                "用户id|用户账号|用户侧账号|account|account number|account no|own account|"
                "微信号|微信昵称|支付宝账户|支付宝账号|支付宝登录号",
                f"{_any(_OTHER, _ACCOUNT)}|交易方账号|"
                "对手方id|对手侧账号|对方id|对方账户id|counterparty account|counterparty account number|"
                "counterparty account no|contra account|other account|opposite account",
                "付款账号",
                "收款账号",
                numbers=f"{_any(_OWN, _ACCOUNT)}|账号|卡号",
                giver_too="付款账户另一号码",
                taker_too="收款账户另一号码",
            ),
            Side(
                f"{_any(_OWN, _NAME)}|交易方户名|户名|账户名称|用户姓名|"
                "姓名|客户名|account name|own name|account holder",
                f"{_any(_OTHER, _NAME)}|交易方名称|对手侧账户名称|交易对方|对方|"
                "counterparty|counterparty name|opposite name|other party name",
                "付款户名",
                "收款户名",
                needed=False,
            ),
            Side(f"{_any(_OWN, _ID)}|{_ID}", _any(_OTHER, _ID), "付款人证件号", "收款人证件号", needed=False),
        ),
        ""
        "借贷标志|借贷|借贷方向|收付标志|收付|收支|收支类型|收/支|进出|进出标志|资金流向|交易方向|收付方向|借贷类型|direction|dr/cr|debit/credit|in/out|"
        "借/贷|借贷标记|收付类型|收支标志|收支方向|资金方向|flow direction",
        "借|借方|借记|出|出账|付|付款|支|支出|转出|支取|往账|汇出|d|debit|dr|out|outgoing|paid|-",
        "贷|贷方|贷记|进|入|进账|入账|收|收款|收入|转入|存入|来账|汇入|c|credit|cr|in|incoming|received|+",
        ("记账方", "付款方", "收款方"),
        (
            "借方发生额|发生额借方|借方金额|借方|支出金额|支出|支取金额|转出金额|debit|debit amount|"
            "withdrawal|withdrawals|paid out|money out",
            "贷方发生额|发生额贷方|贷方金额|贷方|收入金额|收入|存入金额|转入金额|credit|credit amount|"
            "deposit|deposits|paid in|money in",
            "金额",
        ),
    ),
    Statement(
        "call",
        (
            Side(
                "本机号码|用户号码|计费号码|本方号码|主体号码|机主号码|查询号码|手机号码|"
                "subscriber|subscriber number|msisdn|"
                "own number|target number",
                "对方号码|对端号码|对方电话|通话对方|对方手机号|other number|other party|counterpart number|"
                "contact number",
                "主叫",
                "被叫",
            ),
            Side(
                "机主姓名|用户姓名|客户姓名|机主|本机姓名|subscriber name",
                "对方姓名|对方机主|对方机主姓名|对方户名|对端姓名|other party name",
                "主叫姓名",
                "被叫姓名",
                needed=False,
            ),
        ),
        "呼叫类型|通话类型|主被叫|主被叫类型|呼叫方向|通话方向|通信方式|通信类型|通讯方式|"
        "call type|call direction|direction",
        "主叫|呼出|拨出|去电|mo|out|outgoing|outbound",
        "被叫|呼入|拨入|接听|来电|mt|in|incoming|inbound",
        ("话单方", "主叫", "被叫"),
    ),
)  # fmt: skip

NAMES = frozenset(
    header_key(name)
    for statement in STATEMENTS
    for names in (
        statement.direction,
        *statement.amounts[:2],
        *(name for side in statement.sides for name in (side.own, side.other)),
    )
    for name in names.split("|")
    if name
)
"""Every name of a column of statements told from one side: they tell a header as the columns of records do."""

BALANCES = frozenset(map(header_key, BALANCE.split("|")))
"""Every name of a column that tells the balance after a line."""
