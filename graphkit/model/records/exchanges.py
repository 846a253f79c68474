"""What passes between accounts and between phones: payments, the accounts themselves, calls."""

from __future__ import annotations

from dataclasses import replace

from graphkit.model.fields import Field, Value, words
from graphkit.model.fields import FieldType as T
from graphkit.model.records.base import RecordKind
from graphkit.model.records.shared import VOID, account_template, phone_template, wallet_template
from graphkit.model.templates import LinkTemplate, NodeTemplate

# What banks write where the other side is cash or the bank itself: no name of anybody.
CASH = (
    r"(?i)^(?:现金|现金(?:存款|存入|取款|支取|存取款?|交易)|取现|现取|存现|现存|续存|支取|柜[台面](?:现金|存款|取款|交易)?|"
    r"自助(?:存款|取款|设备)|atm.{0,2}(?:现金|取现|取款|存现|存款|转账|交易|机)?(?:\(.*\)|（.*）)?|(?:.{0,4}手续|短信|年|工本|"
    r"账户管理)费|(?:活期|存款|结算)?(?:利息|结息)|利息税|cash(?: ?(?:withdrawal|deposit))?|"
    r"atm ?(?:withdrawal|deposit)|(?:bank |service )?(?:fees?|charges?)|interest)$"
)


def told_by(zh: str, giver: Value, taker: Value) -> Field:
    """Whose statement or list a row stands in; told where a table is one side's."""
    return Field("told_by", zh, T.ENUM, values=(giver, taker), strict=True)


PAYMENT = RecordKind(
    "payment",
    "资金",
    (
        Field(
            "payment_id",
            "流水号",
            T.CODE,
            key=True,
            aliases=words(
                "交易流水号 交易单号 交易号 transaction_id payment_number 交易编号 转账流水号 流水 tx_id "
                "txn_id 交易订单号 transaction_number transaction_no payment_reference"
            ),
        ),
        Field(
            "payer_account",
            "付款账号",
            T.ACCOUNT,
            required=True,
            open=True,
            aliases=words(
                "付款卡号 付款方账号 转出账号 sender_account 付方账号 汇出账号 借方账号 from_account account_from "
                "ordering_account debit_account source_account sender_account_id payer_account_id originator_account"
            ),
        ),
        # the account of the card, or the card of the account, where a row gives both numbers of one side
        Field("payer_other_number", "付款账户另一号码", T.ACCOUNT),
        Field(
            "payer",
            "付款户名",
            T.NAME,
            nothing=CASH,
            aliases=words(
                "付款方 付款人 付款方户名 借方户名 借方名称 sender_name 付方户名 汇款人 from_name debit_name "
                "ordering_customer ordering_party remitter"
            ),
        ),
        Field(
            "payer_id_number",
            "付款人证件号",
            T.PARTY_ID,
            aliases=words("付款方证件号 付款方证件号码 付款人身份证号 付款户名证件号"),
        ),
        Field(
            "payee_account",
            "收款账号",
            T.ACCOUNT,
            required=True,
            open=True,
            aliases=words(
                "收款卡号 收款方账号 转入账号 receiver_account recipient_account beneficiary_account 收方账号 "
                "汇入账号 贷方账号 对方收款账号 to_account account_to credit_account destination_account "
                "target_account receiver_account_id recipient_account_id payee_account_id"
            ),
        ),
        Field("payee_other_number", "收款账户另一号码", T.ACCOUNT),
        Field(
            "payee",
            "收款户名",
            T.NAME,
            nothing=CASH,
            aliases=words(
                "收款方 收款人 收款方户名 贷方户名 贷方名称 receiver_name recipient_name beneficiary 收方户名 "
                "to_name credit_name beneficiary_name"
            ),
        ),
        Field(
            "payee_id_number",
            "收款人证件号",
            T.PARTY_ID,
            aliases=words("收款方证件号 收款方证件号码 收款人身份证号 收款户名证件号"),
        ),
        Field(
            "amount",
            "金额",
            T.MONEY,
            required=True,
            unit="CNY",
            aliases=words(
                "交易金额 收入/支出金额 收支金额 转账金额 付款金额 收款金额 交易额 发生额 amt sum amount_cny "
                "value tx_amount "
                "transaction_amount txn_amount payment_amount"
            ),
        ),
        Field("currency", "币种", T.CODE, aliases=words("货币 币别 货币种类 交易币种 ccy currency_code")),
        Field(
            "paid_at",
            "交易时间",
            T.TIME,
            required=True,
            aliases=words(
                "交易日期 交易日期时间 交易创建时间 transaction_date transaction_time payment_date 日期 时间 date "
                "转账时间 转账日期 付款时间 付款日期 入账时间 记账日期 记账时间 time timestamp datetime "
                "paid_on payment_time value_date booking_date"
            ),
        ),
        Field("channel", "渠道", aliases=words("交易渠道 支付方式 交易方式 转账方式 method payment_method")),
        Field(
            "memo",
            "摘要",
            aliases=words(
                "交易摘要 附言 用途 转账备注 交易备注 附言摘要 purpose reference description details_of_payment "
                "payment_details"
            ),
        ),
        Field(
            "state",
            "交易状态",
            aliases=words(
                "交易是否成功 是否成功 交易结果 当前状态 支付状态 状态 成功标志 transaction_status payment_status "
                "tx_status status state"
            ),
            void=VOID,
        ),
        told_by("记账方", Value("payer", "付款方"), Value("payee", "收款方")),
    ),
    (
        account_template("payer_account", "payer_account", ("number", "payer_other_number"), by_row=True),
        account_template("payee_account", "payee_account", ("number", "payee_other_number"), by_row=True),
        NodeTemplate("payer", "Party", name="payer", id="payer_id_number", properties=(("name", "payer"),)),
        NodeTemplate("payee", "Party", name="payee", id="payee_id_number", properties=(("name", "payee"),)),
        wallet_template("payer_phone", "payer_account"),
        wallet_template("payee_phone", "payee_account"),
    ),
    (
        LinkTemplate(
            "PAID",
            "payer_account",
            "payee_account",
            key=("payment_id",),
            event=True,
            started="paid_at",
            amount="amount",
            currency="currency",
            properties=(("channel", "channel"), ("memo", "memo"), ("state", "state"), ("told_by", "told_by")),
        ),
        LinkTemplate("HOLDS", "payer", "payer_account"),
        LinkTemplate("HOLDS", "payee", "payee_account"),
        LinkTemplate("USES", "payer", "payer_phone"),
        LinkTemplate("USES", "payee", "payee_phone"),
    ),
    main="PAID",
    at_least_one=("payer_account", "payee_account"),
)

_HELD = account_template("account", "account", ("institution", "institution"), ("type", "type"))

ACCOUNT = RecordKind(
    "account",
    "账户",
    (
        Field(
            "account",
            "账号",
            T.ACCOUNT,
            key=True,
            aliases=words("交易账号 银行账号 账户 账户号码 开户账号 account_number account_no"),
        ),
        Field("card", "卡号", T.ACCOUNT, aliases=words("交易卡号 银行卡号 银行卡 card_number card_no")),
        Field(
            "holder",
            "户名",
            T.NAME,
            required=True,
            aliases=words(
                "账户名称 开户人 账户名 开户名 账户开户名称 开户人姓名 持卡人 账户持有人 account_name account_holder "
                "holder_name owner"
            ),
        ),
        Field(
            "holder_id",
            "证件号",
            T.PARTY_ID,
            aliases=words("证件号码 身份证号 开户证件号 开户人证件号码 开户人证件号 开户证件号码"),
        ),
        Field(
            "institution",
            "开户行",
            aliases=words("平台 开户行/平台 开户银行 银行 银行名称 开户机构 开户网点 bank bank_name"),
        ),
        Field("type", "类型", aliases=words("账户类型 account_type")),
        Field(
            "phone",
            "手机号",
            T.PHONE,
            many=True,
            aliases=words(
                "预留手机号 预留手机 绑定手机 绑定手机号 预留电话 联系电话 联系手机 手机号码 手机 电话 开户手机号 "
                "bound_phone phone_number mobile tel telephone"
            ),
        ),
    ),
    (
        replace(_HELD, otherwise=account_template("account", "card")),
        account_template("card", "card"),
        NodeTemplate("holder", "Party", name="holder", id="holder_id", phone="phone", properties=(("name", "holder"),)),
        phone_template(),
        wallet_template("wallet_phone", "account"),
    ),
    (
        LinkTemplate("HOLDS", "holder", "account"),
        LinkTemplate("HOLDS", "holder", "card"),
        LinkTemplate("USES", "holder", "phone"),
        LinkTemplate("USES", "holder", "wallet_phone"),
    ),
    main="account",
    at_least_one=("account", "card"),
)

CALL = RecordKind(
    "call",
    "话单",
    (
        Field("call_id", "话单号", T.CODE, key=True),
        Field(
            "caller",
            "主叫",
            T.PHONE,
            required=True,
            aliases=words(
                "calling_party a_party "
                "主叫号码 calling_number caller_number a_number 主叫方 calling from caller_phone from_number"
            ),
        ),
        Field("caller_name", "主叫姓名", T.NAME, aliases=words("主叫机主 主叫户名 主叫机主姓名")),
        Field(
            "callee",
            "被叫",
            T.PHONE,
            required=True,
            aliases=words(
                "called_party b_party 被叫号码 called_number callee_number b_number 被叫方 called to "
                "callee_phone to_number"
            ),
        ),
        Field("callee_name", "被叫姓名", T.NAME, aliases=words("被叫机主 被叫户名 被叫机主姓名")),
        Field(
            "started_at",
            "开始时间",
            T.TIME,
            required=True,
            aliases=words(
                "通话时间 起始时间 通话开始时间 通话起始时间 start_date start_time 时间 date call_date call_time "
                "通话日期 呼叫时间 "
                "拨打时间 start started call_start start_datetime time datetime timestamp"
            ),
        ),
        Field(
            "duration_s",
            "时长",
            T.NUMBER,
            required=True,
            unit="s",
            aliases=words(
                "通话时长 通信时长 时长(秒) 时长（秒） duration duration_seconds 通话时间(秒) 通话秒数 "
                "通话时长秒 call_duration length seconds duration_sec"
            ),
        ),
        Field("cell", "基站", aliases=words("基站号 小区 基站编号 基站位置 cell_id base_station tower")),
        told_by("话单方", Value("caller", "主叫"), Value("callee", "被叫")),
    ),
    (
        phone_template("caller", "caller"),
        phone_template("callee", "callee"),
        NodeTemplate("caller_user", "Party", name="caller_name", phone="caller", properties=(("name", "caller_name"),)),
        NodeTemplate("callee_user", "Party", name="callee_name", phone="callee", properties=(("name", "callee_name"),)),
    ),
    (
        LinkTemplate(
            "CALLED",
            "caller",
            "callee",
            key=("call_id",),
            event=True,
            started="started_at",
            properties=(("duration_s", "duration_s"), ("cell", "cell"), ("told_by", "told_by")),
        ),
        LinkTemplate("USES", "caller_user", "caller"),
        LinkTemplate("USES", "callee_user", "callee"),
    ),
    main="CALLED",
)
