"""Surnames, given names and nicknames that the made-up people are called by, and how each is misspelt and romanised."""

from __future__ import annotations

# Written form, pinyin. The common ones come first and are drawn more often.
SURNAMES: tuple[tuple[str, str], ...] = (
    ("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"), ("黄", "Huang"),
    ("赵", "Zhao"), ("吴", "Wu"), ("周", "Zhou"), ("徐", "Xu"), ("孙", "Sun"), ("马", "Ma"), ("朱", "Zhu"),
    ("胡", "Hu"), ("郭", "Guo"), ("何", "He"), ("林", "Lin"), ("高", "Gao"), ("罗", "Luo"), ("郑", "Zheng"),
    ("梁", "Liang"), ("谢", "Xie"), ("宋", "Song"), ("唐", "Tang"), ("许", "Xu"), ("邓", "Deng"), ("韩", "Han"),
    ("冯", "Feng"), ("曹", "Cao"), ("彭", "Peng"), ("曾", "Zeng"), ("肖", "Xiao"), ("田", "Tian"), ("董", "Dong"),
    ("潘", "Pan"), ("袁", "Yuan"), ("蔡", "Cai"), ("蒋", "Jiang"), ("余", "Yu"), ("于", "Yu"), ("杜", "Du"),
    ("叶", "Ye"), ("程", "Cheng"), ("魏", "Wei"), ("苏", "Su"), ("吕", "Lyu"), ("丁", "Ding"), ("任", "Ren"),
    ("卢", "Lu"), ("姚", "Yao"), ("沈", "Shen"), ("钟", "Zhong"), ("姜", "Jiang"), ("崔", "Cui"), ("谭", "Tan"),
    ("陆", "Lu"), ("范", "Fan"), ("汪", "Wang"), ("廖", "Liao"), ("石", "Shi"), ("金", "Jin"), ("单", "Shan"),
    ("解", "Xie"), ("仇", "Qiu"), ("区", "Ou"), ("查", "Zha"), ("欧阳", "Ouyang"), ("上官", "Shangguan"),
)  # fmt: skip

# Written form, pinyin, and a homophone or look-alike that a hurried clerk writes instead ("" where none is usual).
GIVEN: tuple[tuple[str, str, str], ...] = (
    ("伟", "wei", "玮"), ("芳", "fang", "方"), ("娜", "na", ""), ("敏", "min", "闵"), ("静", "jing", "婧"), ("丽", "li", "莉"),
    ("强", "qiang", ""), ("磊", "lei", "雷"), ("军", "jun", "君"), ("洋", "yang", "阳"), ("勇", "yong", "永"), ("艳", "yan", "燕"),
    ("杰", "jie", "洁"), ("涛", "tao", "滔"), ("明", "ming", "铭"), ("超", "chao", ""), ("秀", "xiu", ""), ("霞", "xia", ""),
    ("平", "ping", "萍"), ("刚", "gang", "钢"), ("桂", "gui", "贵"), ("英", "ying", "瑛"), ("华", "hua", "花"), ("玉", "yu", "钰"),
    ("建", "jian", "健"), ("国", "guo", ""), ("红", "hong", "宏"), ("波", "bo", "博"), ("斌", "bin", "彬"), ("辉", "hui", "晖"),
    ("鹏", "peng", ""), ("飞", "fei", ""), ("海", "hai", ""), ("春", "chun", ""), ("梅", "mei", "媚"), ("兰", "lan", "岚"),
    ("志", "zhi", "智"), ("文", "wen", "雯"), ("学", "xue", ""), ("庆", "qing", "清"), ("福", "fu", ""), ("生", "sheng", "胜"),
    ("金", "jin", "锦"), ("成", "cheng", "诚"), ("荣", "rong", "蓉"), ("德", "de", ""), ("元", "yuan", "源"), ("凤", "feng", ""),
    ("亮", "liang", ""), ("欣", "xin", "新"), ("雪", "xue", ""), ("佳", "jia", "嘉"), ("琴", "qin", "勤"), ("忠", "zhong", "钟"),
    ("凯", "kai", ""), ("峰", "feng", "锋"), ("龙", "long", "隆"), ("林", "lin", "琳"), ("云", "yun", "芸"), ("宇", "yu", "雨"),
)  # fmt: skip

NICKNAMES: tuple[str, ...] = (
    "阿{0}",
    "老{1}",
    "小{1}",
    "{1}老板",
    "{1}总",
    "{0}哥",
    "{1}师傅",
    "大{0}",
    "{0}子",
)  # {0} last character, {1} surname

BRANDS: tuple[str, ...] = (
    "康泽", "瑞恒", "益安", "百汇", "仁德堂", "同源济", "福寿康", "济民", "颐年", "慧达", "宏昌", "天禄", "正源", "博雅", "嘉禾",
    "永盛", "金鼎", "华信", "普惠", "中泽", "启元", "安顺", "和众", "鑫隆", "德润", "恒顺", "明达", "万全", "长青", "吉祥",
)  # fmt: skip

# Company kind → how its name ends.
ENDINGS: dict[str, tuple[str, ...]] = {
    "manufacturer": ("制药有限公司", "药业有限公司"),
    "chemicals": ("化工有限公司", "生物科技有限公司", "化学原料有限公司"),
    "wholesaler": ("医药有限公司", "医药贸易有限公司", "药材有限公司"),
    "retailer": ("大药房", "药店", "医药连锁有限公司", "百姓药房"),
    "medical_institution": ("诊所", "门诊部", "卫生服务站"),
    "online_shop": ("健康商行", "保健品店", "网络科技有限公司"),
}
