"""Headers in the words of many departments, in Chinese and English: each is taken for the kind that it heads."""

from __future__ import annotations

import pytest

from graphkit.errors import UnknownTable
from graphkit.model.records import RECORD_KINDS, RecordKind
from graphkit.records.recognition import assign, recognise

HEADERS = [
    ("person", "Suspect Name,ID Card No,Gender,DOB,Tel,Residence,Role,Case No,Custody Status"),
    ("person", "犯罪嫌疑人姓名,身份证件号码,性别,出生年月,联系方式,现住地址,涉案作用,归案情况"),
    ("company", "Company Name,Credit Code,Legal Rep,Business Address,License No"),
    ("company", "市场主体名称,社会信用代码,负责人,经营场所,药品经营许可证号"),
    ("place", "Den ID,Site Type,Location,Operator,Discovered On"),
    ("place", "窝点号,窝点性质,窝点位置,管理人,捣毁时间"),
    ("seizure", "date,location,suspect,item,lot no,qty,uom,agency"),
    ("seizure", "查获时间,查获地址,嫌疑人,物品名称,批次,数量,计量单位,估价,查获单位"),
    ("supply", "date,from,to,product,qty,unit,amount"),
    ("supply", "Order Date,Supplier,Customer Name,Item,Lot Number,Qty,UOM,Price,Total"),
    ("supply", "时间,上家,下家,货品名称,批次,数量,单位,销售价,货款"),
    ("waybill", "Tracking No,Consignor,Consignor Tel,Consignee,Consignee Tel,Consignee Address,Contents,Pickup Date"),
    ("waybill", "邮件号,寄件人,寄件人手机,收件人,收件人手机,收货地址,内件,收寄时间,寄递企业"),
    ("payment", "Transaction No,From Account,From Name,To Account,To Name,Amount,Value Date"),
    ("payment", "流水号,汇出账号,汇款人,汇入账号,收款人,转账金额,转账时间"),
    ("account", "Account Number,Account Name,Holder ID,Bank"),
    ("call", "from,to,start,duration"),
    ("call", "主叫方,被叫方,呼叫时间,通话秒数"),
    ("vehicle", "License Plate,Registered Owner,Model"),
    ("online", "Website,Username,Nickname,Real Name,Link"),
    ("relation", "Person A,Relationship,Person B"),
    ("case", "Case No,Charge,Investigating Agency,Opening Date"),
    ("lead", "channel,reported on,description,target,tel"),
    ("lead", "举报渠道,接报时间,反映内容,涉及对象"),
    ("sampling", "Sample No,Sampled Company,Drug Name,Lot No,Sampling Date,Conclusion"),
    ("stocktake", "Warehouse,Item,Qty,Unit,Count Date"),
    ("purchase", "Order Number,Victim,Mobile,Shop,Product,Purchase Date"),
    ("handover", "Case No,Transferring Agency,Receiving Agency,Transfer Date,Direction,Deadline"),
    ("handover", "案件编号,移送机关,受移送机关,移送时间,移送类型"),
    ("request", "Case No,Requesting Agency,Assisting Agency,Request Date,Due,Reply Date"),
    ("transformation", "窝点编号,分装日期,原料名称,原料批号,原料数量,原料单位,成品名称,成品批号,成品数量,成品单位"),
]


@pytest.mark.parametrize(("kind", "header"), HEADERS)
def test_every_column_is_known(kind: str, header: str) -> None:
    names = header.split(",")
    found = recognise(names, "here")
    left = [name for place, name in enumerate(names) if place not in found.columns.values()]
    assert (found.kind.name, left) == (kind, [])


@pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.name)
def test_every_name_of_a_field_is_taken_for_it_alone(kind: RecordKind) -> None:
    told = [(name, field.name) for field in kind.every_field for name in field.names]
    assert [(name, *assign([name], kind)) for name, _ in told] == told


@pytest.mark.parametrize(
    "header", ["from,to,date", "sender,receiver,date", "时间,来源,内容", "名称,数量,日期", "日期,品名,数量,单位,金额"]
)
def test_a_header_that_may_be_anything_is_not_guessed(header: str) -> None:
    with pytest.raises(UnknownTable, match="graphkit mapping"):
        recognise(header.split(","), "here")
