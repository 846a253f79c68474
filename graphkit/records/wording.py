"""Words that departments use for the same column: 销货单位名称 is the seller, 收货人手机号码 the recipient's phone.

A header that is no column's name as it stands is compared once more with its words replaced: who is meant at its
beginning, what is told of him at its end. Exact names always come first.
"""

from __future__ import annotations

import re

_WHO = {
    "卖方": "销售方|销货方|供货方|供应方|供方|出售方|卖家|供货单位|供货企业|供货商|供应商|销售单位|销货单位|"
    "发货单位|发货方",
    "买方": "退货单位|退货方|退货人|退回单位|领用单位|领用部门|领用科室|领药单位|领药科室|购买者|购药人|"
    "购买方|购货方|采购方|需方|买家|购货单位|采购单位|购买单位|购进单位|收货单位|收货方|客户|会员",
    "寄件人": "发件人|寄货人|寄件方|寄方|发货人|寄递人|寄件(?!人)|发件(?!人)",
    "收件人": "收货人|收件方|收方|收件(?!人)",
    "付款": "付款方|付款人|汇款方|汇款人|转出方|转出|打款方|打款人",
    "收款": "收款方|收款人|转入方|转入",
    "持有人": "被扣押人|物品持有人|当事人",
    "控制人": "实际控制人|现场负责人|窝点负责人",
    "扣押": "缴获|查获|收缴|查处|起获|查缴|没收|查扣",
    "法人": "法定代表人|法人代表|企业负责人",
    "sender": "consignor|shipper",
    "recipient": "consignee|receiver|addressee",
    "seller": "supplier|vendor",
    "buyer": "purchaser|customer|client",
}
TRADERS = frozenset({"卖方", "买方", "seller", "buyer"})
_WHAT = {
    "电话": "手机号码|手机号|手机|联系电话|联系方式|联系号码|电话号码",
    "证件号": "居民身份证号码|公民身份号码|身份证明号码|身份证号码|身份证号|身份证|证件号码|证件编号|统一社会信用代码|"
    "社会信用代码|信用代码|纳税人识别号|税号",
    "账号": "银行账号|银行账户|账户号码|账户号|账号|账卡号|账户|帐号|帐户",
    "卡号": "银行卡号|银行卡",
    "批号": "药品批号|产品批号|生产批号|生产批次|批次号|批次",
    "品名": "怀疑药品通用名称|怀疑药品名称|怀疑药品|标称产品名称|标示产品名称|标称品名|标示品名|标称名称|标示名称|"
    "药品通用名称|药品通用名|通用名称|药品名称|药品名|产品名称|商品名称|货物名称|物品名称|样品名称|检品名称|"
    "托寄物内容|托寄物品名|托寄物品|托寄物|内件品名|"
    "品种名称|品种|通用名|商品名|药名",
    "单位": "计量单位|数量单位|包装单位",
    "数量": "数量数值|退货数量|退回数量|数目|购销数量|销售数量|扣押数量|查扣数量|数量合计|"
    "(?:入库|出库|购进|采购|进货|购入|购买|发货|收货|到货|实收|实发|验收|领用|配送|销货|订购)(?:数量|数|量)|"
    "库存数量|结存数量|实存数量|盘点数量|实盘数量|实盘数|盘点数|实存数|库存数|库存量|购药数量",
    "地址": "住址|详细地址|所在地址|地点",
    "日期": "退货日期|退货时间|退回日期|日期时间|时间|(?<=[件易货])日",
    "货值": "货值金额|案值|涉案货值",
    "流水号": "交易流水号|流水编号|交易流水|交易编号|交易序号",
    "金额": "交易金额|总金额|总价|价税合计",
    "运单号": "运单号码|快递单号码|快递单号|运单编号|快递编号|物流单号|面单号",
    "单号": "单据编号|单据号|出库单号|入库单号|入库单编号|验收单号|采购单号|销售单号|购销单号|随货同行单号|票据号",
    "案件编号": "案件号|案号|立案编号|案件文号",
    "编号": "清单编号|清单号|决定书文号|文书号|决定书编号|决定书号",
    "phone": "phonenumber|phoneno\\.?|mobilenumber|mobile|telephone|contactnumber|tel",
    "batch": "batchnumber|batchno\\.?|lotnumber|lotno\\.?",
    "product": "productname|itemdescription|itemname|item|drugname|goods",
    "quantity": "qty",
    "amount": "linetotal|totalamount|totalprice",
    "id": "(?<=[a-z])(?:number|no\\.?)",
}
_CALLED = "账户名称|账户名|帐户名|户名|开户名|姓名|名称|全称|name"
_BEGINS = [(re.compile(rf"^(?:{said})(?:{_CALLED})?"), word) for word, said in _WHO.items()]
_ENDS = [(re.compile(rf"(?:{said})$"), word) for word, said in _WHAT.items()]
_NAMED = re.compile(
    rf"^(\w*人|付款|收款|持有人|控制人|法人|卖方|买方|车主)(?:{_CALLED})$"
    r"|^(sender|recipient|seller|buyer|payer|payee|holder|owner|controller)name$"
)


def reworded(key: str) -> str:
    """A header with the words for who and for what each replaced by one that stands for all that say the same.

    `key` is half-width, in lower case and without spaces. A word for a name at the end is dropped after another word.

    >>> reworded("销货单位名称") == reworded("供货单位") == "卖方"
    True
    >>> reworded("收货人手机号码"), reworded("姓名")
    ('收件人电话', '姓名')
    """
    for pattern, word in _ENDS:
        changed = pattern.sub(word, key, count=1)
        if changed != key:
            key = changed
            break
    for pattern, word in _BEGINS:
        changed = pattern.sub(word, key, count=1)
        if changed != key:
            return changed
    named = _NAMED.match(key)
    return (named[1] or named[2]) if named else key
