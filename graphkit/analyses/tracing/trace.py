"""Where did it come from, and where did it go?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.analyses.base import Analysis, Casefile, Findings, Parameter
from graphkit.analyses.limits import FOLLOW, followed, region_prefix
from graphkit.analyses.parties.entities import position_of
from graphkit.analyses.period import MOST_DAYS, moment
from graphkit.analyses.tracing.request import CONVENTIONS, Asked, exact_stop, product_code
from graphkit.analyses.tracing.what_if import CROSS_CONTAMINATION, WITHOUT, what_if
from graphkit.errors import RequestError
from graphkit.model.answer import Column
from graphkit.model.regions import CALLED

if TYPE_CHECKING:
    from graphkit.tracing.walk.firmest import Tracer


def trace(
    casefile: Casefile, *, id: str, direction: str, follow: tuple[str, ...], lots_only: bool, since: str | None,
    until: str | None, max_lag: float | None, min_quantity: float | None, product: str | None, region: str | None,
    hops: int | None, limit: int, exact: str | None, convention: str | None, explain: str | None,
    without: tuple[str, ...], cross_contamination: tuple[str, ...],
) -> Findings:  # fmt: skip
    """Everything that chains in time order lead to, or with `explain` the best chains to one entity."""
    from graphkit.analyses.goods.one_movement import lots_told
    from graphkit.analyses.parties.meant import ties
    from graphkit.analyses.tracing.chains import explained
    from graphkit.analyses.tracing.rows import listed
    from graphkit.tracing.request import DAY, FAR, Request
    from graphkit.tracing.walk.firmest import Tracer

    if explain is not None and (exact or convention):
        raise RequestError(
            "--explain shows chains and no quantities, so that --exact and --convention have no effect: leave "
            "them out, or ask for them without --explain.",
            "--explain 只列链条、不列数量，--exact 和 --convention 不起作用：请去掉，或不带 --explain 另行查询。",
        )
    network = casefile.network()
    node = position_of(network, casefile.store, id)
    media = followed(follow, network.kind_of(node))
    lag = FAR if max_lag is None else round(max_lag * DAY)
    request = Request(
        back=direction == "back",
        lots_only=lots_only,
        since=moment("since", since, -FAR),
        until=moment("until", until, FAR),
        max_lag=lag,
        min_quantity=min_quantity or 0.0,
        product=product_code(network, casefile.store, product),
        hops=hops or Request.hops,
        pay_window=Request.pay_window if max_lag is None else lag,
        pairs={"goods", "money"} <= set(media),
        **what_if(network, casefile.store, without, cross_contamination),
    )
    if node in request.closed:
        raise RequestError(
            f"{id} is where the trace begins and is taken out by --without: nothing is left to trace; name another.",
            f"{id} 既是追踪起点，又被 --without 排除，无可追踪：二者只能取一。",
        )
    same = ties(casefile.store, network) if {"goods", "money"} & set(media) else None
    lots = lots_told(casefile.store, network) if "goods" in media else None
    tracer: Tracer = Tracer(network, node, media, request, same, lots)
    if explain is not None:
        return explained(casefile, tracer, position_of(network, casefile.store, explain), limit)
    stop = exact_stop(network, casefile.store, exact)
    columns = _with_convention(convention) if convention else ()
    return listed(casefile, tracer, Asked(region_prefix(region), limit, stop, convention, columns))


def _with_convention(name: str) -> tuple[Column, ...]:
    """The columns with one for what the convention gives, after the bounds."""
    titles = {"proportional": ("Proportionally (a convention)", "按比例（惯例）"),
              "first_in_first_out": ("First in, first out (a convention)", "先进先出（惯例）"),
              "last_in_first_out": ("Last in, first out (a convention)", "后进先出（惯例）")}  # fmt: skip
    place = [column.name for column in TRACE.columns].index("unit")
    own = Column("by_convention", "number", "", *titles[name])
    return (*TRACE.columns[:place], own, *TRACE.columns[place:])


TRACE = Analysis(
    id="trace",
    question_en="Where did it come from, and where did it go?",
    question_zh="它从哪里来，到哪里去？",
    parameters=(
        Parameter(
            "id",
            "A seizure, batch, item, place, person, company, account or phone: its id, a name or number only it has, "
            "or its GS1 code.",
            "扣押、批号、单件、场所、人员、企业、账户或电话的标识，或只有它才有的名称、号码，或其 GS1 编码。",
            positional=True,
            of="entity",
        ),
        Parameter(
            "direction",
            "Back to the sources or forward.",
            "回溯来源或顺查去向。",
            default="back",
            choices=("back", "forward"),
        ),
        Parameter(
            "follow",
            f"What to follow: {', '.join(FOLLOW)}; goods unless the start is an account or a phone.",
            "追踪什么：goods 货物、money 资金、calls 通话；从账户、电话开始时为资金、通话，否则为货物。",
            many=True,
        ),
        Parameter(
            "lots_only",
            "Step only where a row says that the one went into the other.",
            "只走有记录写明批次去向的步骤。",
            "flag",
            False,
        ),
        Parameter("since", "Not before this day or instant.", "不早于此日或此时。", metavar="TIME"),
        Parameter("until", "Not after this day or instant.", "不晚于此日或此时。", metavar="TIME"),
        Parameter(
            "max_lag",
            "Wait at most so many days at each stop; 36h or 90min serve too.",
            "每站最多停留几天；也可写作 36h、90min。",
            "days",
            minimum=0,
            maximum=MOST_DAYS,
            metavar="DAYS",
        ),
        Parameter(
            "min_quantity", "Pass over smaller deliveries and payments.", "不计更小的货量、金额。", "number", minimum=0
        ),
        Parameter("product", "Only deliveries of this product.", "只看此品名。", of="Product"),
        Parameter("region", "Show only what lies in this division.", "只列此行政区划内的对象。"),
        Parameter("hops", "At most so many links away.", "最多隔几条联系。", "integer", minimum=1, maximum=1000),
        Parameter(
            "limit",
            "Show at most so many entities, or chains.",
            "最多列出几个对象，或几条链条。",
            "integer",
            1000,
            minimum=1,
        ),
        Parameter(
            "exact",
            "Give exact bounds for this entity, the others staying outer; with `all` for each one shown.",
            "对此对象给出精确界，其余仍为宽界；写 all 则对所列各对象均给出。",
            metavar="STOP",
        ),
        Parameter(
            "convention",
            "Give beside the bounds what this convention says; it proves nothing.",
            "在界之外另列按此惯例推算的数量（不作证明）。",
            choices=CONVENTIONS,
        ),
        Parameter(
            "explain",
            "Give the best chains to this entity, one by one.",
            "逐条给出到此对象的最佳链条。",
            of="entity",
            metavar="ID",
        ),
        WITHOUT,
        CROSS_CONTAMINATION,
    ),
    columns=(
        Column("id", en="ID", zh="标识"),
        Column("kind", en="Kind", zh="种类"),
        Column("name", en="Name", zh="名称"),
        Column("hops", "integer", "links", "Hops", "步数"),
        Column("earliest", en="Earliest", zh="最早"),
        Column("latest", en="Latest", zh="最晚"),
        Column("quantity_min", "number", "", "At least", "至少"),
        Column("quantity_max", "number", "", "At most", "至多"),
        Column("unit", en="Unit", zh="单位"),
        Column("bound", en="Bound", zh="界"),
        Column("score", "number", "", "Score", "可信度"),
        Column("ungraded", "integer", "links", "Ungraded", "未评级"),
        Column("doubtful_row", en="Doubtful row", zh="存疑依据"),
        Column("region", en="Region", zh="区划", words=CALLED),
        Column("evidence", "list", "", "Rows", "依据"),
    ),
    find=trace,
    help_en=(
        "A chain is possible when instants can be chosen within the times of its links so that nothing leaves before "
        "it came; a day is all its hours, an unknown time may be any. Goods go from party to party and are at a place "
        "where they are with who controls it; what is worked up there goes on as what came of it. Goods of a batch go "
        "on in deliveries of that batch, or of what rows say it was made into; where no row of a movement names its "
        "batch product and dates decide, and the step scores less; a waybill of as much of the same product is taken "
        "at its ledger's word for the batch. A thing with a serial number goes on by the events that name it, and "
        "by those of the carton or pallet it was in while it was; for what went in containers no quantity is told. "
        "With goods and money followed, a payment within the lag (7 days "
        "unless --max-lag is given) of a delivery between the same two is one step with it: before it left, while on "
        "its way, or after it came, by what is told of these; of unknown time either may be near. hops: the "
        "fewest. earliest, latest: over all chains. Quantities: forward, how much of what left the start came there; "
        "back, how much of what came to the start, or was seized, left there; what comes back counts again. They are "
        "outer bounds, never too narrow, and mostly wide; --exact gives one entity the narrowest there are, and "
        "--convention adds what a usual convention would say, but of what came out of a recipe of several inputs. "
        "They hold for the rows that there are: a stop that sent "
        "more than it had must have had more. Amounts go through a transformation with its yield; what a seized lot "
        "was made of is told by the lot, even if nobody tells of its way. What ledger, counter-ledger and waybill tell "
        "of one movement counts once, and a waybill of no quantity up to what its weight allows, where other waybills "
        "show what the product weighs, as a note says (docs/quantities.md). score: the "
        "weakest step of the best chain: A1 1, B2 .8, C3 .6, D4 .4, E5 .2, the weaker half counts; without a grade, F "
        "or 6: .5, and counted under ungraded; times .7 where product and date tie a step to the one before, where "
        "only the lot tells where goods were made, and where a name is taken for somebody's by more than rows "
        "show, such as goods that both had (a note says whose, and why), .5 where only the dates do. doubtful_row: a "
        "row graded below C3 without which nothing leads there."
    ),
    help_zh=(
        "链条可能成立，是指能在各联系的时间内选定时刻，使任何一步都不早于前一步到达；"
        "只有日期的按全天计，时间不详的可为任何时刻。货物在主体之间流转，场所的货物归其控制人；加工后按产出继续追踪。"
        "有批号的货物只随同一批号或记录写明由其加工成的批号流转；"
        "同一次流转的各行均未写批号的，按品名和日期判断，可信度较低（品名、数量相同的运单以台账所记批号为准）。"
        "有序列号的单件按指明它的事件、以及它装在其中期间箱和托盘的事件流转；"
        "容器中的货物不列数量。同时追踪货物和资金时，同两方之间前后相距不超过 --max-lag"
        "（默认 7 天）的付款与供货算同一步：可在发出之前、在途期间或到达之后，只记载发出或到达之一的按其一计，"
        "时间不详的也可能相近。hops 取最少；earliest、latest 就所有链条而言。"
        "数量：顺查时为起点流出的有多少到了该处，"
        "回溯时为到达起点（或被扣押）的有多少出自该处，返回的再计一次；"
        "所列为宽界：实际值必在其中，往往较宽；--exact 给出一个对象的最窄界，"
        "--convention 另列惯例推算的数量（多种投入的配方产出除外）。"
        "以现有记录为准：流出多于流入的，必另有来源。加工按收率折算；"
        "被扣押批号由何物制成，以批号为准，即使无人说明其流转。"
        "销货台账、进货台账与运单所记的同一次流转只计一次；未写数量的运单，"
        "其他运单显示该品名重量的，按重量所容上限计（另有提示）。score 为最佳链条上最弱一步："
        "A1 为 1，B2 为 .8，C3 为 .6，D4 为 .4，E5 为 .2，"
        "两项取弱；未评级、F 或 6 为 .5，另计入 ungraded；只凭品名和日期衔接的、"
        "只凭批号得知由何处加工的、只凭名称和同一品名等认作同一主体的乘 .7，只凭日期的乘 .5。"
        "doubtful_row：评级低于 C3 而缺之则链条中断的一行。"
    ),
    method=(
        "Walks in time order with bounded waiting: Casteigts, Himmel, Molter, Zschoche (2021), Finding temporal paths "
        "under waiting time constraints; Wu et al. (2014), Path problems in temporal graphs. Lots and deliveries: "
        "Weiser et al. (2016), FoodChain-Lab. Quantities: marked goods as a flow within the flow of all (Ford and "
        "Fulkerson 1956, Maximal flow through a network), see docs/quantities.md. Best chains: Pollack (1960), The "
        "maximum capacity through a network; Lawler (1972)."
    ),
    example="graphkit trace KY20230512000034 --direction back --limit 20",
)
