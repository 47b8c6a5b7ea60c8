/* Choices of pilot platforms, vouchers and spaces (record/pilot.h). */
#include "record/choice_int.h"

static const struct choice capability_sort[] = {
    {"pilot", "中试验证", "Pilot line"},
    {"instrument", "大型仪器", "Large instrument"},
};

static const struct choice confidence[] = {
    {"plain", "一般保密", "Plain confidentiality"},
    {"nda", "签保密协议", "Under NDA"},
    {"apart", "专区隔离", "In a separate area"},
    {"unkept", "不留样、不留数据", "Nothing is kept"},
};

static const struct choice hazard[] = {
    {"none", "不涉及", "None"},
    {"fire", "易燃易爆", "Flammable or explosive"},
    {"toxic", "有毒有害", "Toxic"},
    {"corrosive", "腐蚀", "Corrosive"},
    {"pressure", "高温高压、特种设备", "Pressure vessels"},
    {"bio", "病原微生物", "Pathogens"},
    {"radiation", "放射性或射线装置", "Radioactive or ionising"},
    {"waste", "产生危险废物", "Hazardous waste"},
    {"dust", "可燃粉尘", "Combustible dust"},
};

static const struct choice reaction[] = {
    {"no", "没有", "None"}, {"yes", "有", "Yes"}, {"unsure", "说不准", "Not sure"},
};

static const struct choice tariff_unit[] = {
    {"hour", "小时", "Hour"},   {"half_day", "半天", "Half day"}, {"shift", "班次", "Shift"},
    {"day", "天", "Day"},       {"batch", "批次", "Batch"},       {"sample", "样品", "Sample"},
    {"report", "份报告", "Report"},
};

static const struct choice permit[] = {
    {"eia", "环境影响评价批复", "Environmental approval"},
    {"safety", "安全生产许可或安全设施验收", "Safety approval"},
    {"radiation", "辐射安全许可证", "Radiation licence"},
    {"park", "化工园区认定", "Chemical park"},
    {"fire", "消防验收或备案", "Fire safety"},
    {"waste", "危险废物处置合同", "Hazardous waste contract"},
    {"pressure", "特种设备使用登记", "Pressure equipment"},
    {"bio", "实验室生物安全备案", "Biosafety filing"},
    {"discharge", "排污许可", "Discharge permit"},
};

static const struct choice job_end[] = {
    {"full", "排期已满", "No free slot"},
    {"safety", "安全环保条件不具备", "Safety conditions"},
    {"field", "不在能力范围", "Outside of what is offered"},
    {"equipment", "设备故障或检修", "Equipment down"},
    {"price", "价格", "Price"},
    {"time", "时间来不及", "Too late"},
    {"elsewhere", "已在别处做", "Done elsewhere"},
    {"plan", "计划有变", "Plans changed"},
    {"breach", "对方没有履行", "The other side did not keep to it"},
};

static const struct choice custody[] = {
    {"received", "接收", "Received"}, {"sealed", "封存", "Sealed"},     {"opened", "启封", "Opened"},
    {"stored", "存放", "Stored"},     {"returned", "退回", "Returned"}, {"destroyed", "销毁", "Destroyed"},
};

static const struct choice trial_outcome[] = {
    {"reached", "达到", "Reached"}, {"part", "部分达到", "Partly"}, {"failed", "没有达到", "Not reached"},
};

/* 浙江省促进科技成果转化条例 §22: what a voucher is for */
static const struct choice voucher_purpose[] = {
    {"buy", "购买科技成果", "Buying results"},
    {"test", "检验检测", "Testing"},
    {"design", "研究开发设计", "Research and design"},
    {"pilot", "中间试验", "Pilot trials"},
};

/* Of the purposes of a voucher those that an order of a service may have. */
static const struct choice order_purpose[] = {{"test", "检验检测", "Testing"}, {"design", "研究开发设计", "Research and design"}};

static const struct choice voucher_use[] = {
    {"reserve", "预留", "Reserved"}, {"release", "退还", "Returned"}, {"spend", "核销", "Spent"}, {"expire", "失效", "Lapsed"},
};

static const struct choice half_year[] = {{"1", "上半年", "First half"}, {"2", "下半年", "Second half"}};

static const struct choice clearance[] = {
    {"land", "用地", "Land"},
    {"planning", "规划许可", "Planning permission"},
    {"project", "项目核准或备案", "Approval or filing of the project"},
    {"eia", "环境影响评价", "Environmental impact"},
    {"energy", "节能审查", "Energy review"},
    {"safety", "安全设施“三同时”", "Safety facilities"},
    {"construction", "施工许可", "Construction permit"},
    {"fire", "消防设计审查与验收", "Fire safety"},
    {"discharge", "排污许可", "Discharge permit"},
    {"product", "生产许可与行业准入", "Production licence"},
};

static const struct choice clearance_state[] = {
    {"open", "没有办", "Not begun"}, {"filed", "已受理", "Filed"},    {"granted", "已批准", "Granted"},
    {"refused", "未批准", "Refused"}, {"needless", "不需要办", "Not needed"},
};

static const struct choice graduation[] = {
    {"revenue", "营业收入达标", "Revenue"},
    {"finance", "获得融资", "Financed"},
    {"hitech", "通过高新技术企业认定", "High-tech enterprise"},
    {"listed", "挂牌、上市或被并购", "Listed or acquired"},
    {"factory", "自建或迁入产业化场地", "Moved to a plant of their own"},
};

static const struct choice space_service[] = {
    {"mentor", "创业辅导", "Mentoring"}, {"finance", "融资对接", "Finance"},     {"ip", "知识产权", "Intellectual property"},
    {"pilot", "中试对接", "Pilot trials"}, {"market", "市场与场景对接", "Market"}, {"law", "法律与财税", "Law and tax"},
    {"training", "培训", "Training"},
};

const struct choice_list choices_pilot[CHOICES_PILOT] = {
    LIST(capability_sort, "capability_sort"), LIST(confidence, "confidence"),       LIST(hazard, "hazard"),
    LIST(tariff_unit, "tariff_unit"),         LIST(permit, "permit"),               LIST(job_end, "job_end"),
    LIST(custody, "custody"),                 LIST(trial_outcome, "trial_outcome"), LIST(voucher_purpose, "voucher_purpose"),
    LIST(order_purpose, "order_purpose"), LIST(voucher_use, "voucher_use"),         LIST(clearance, "clearance"),         LIST(clearance_state, "clearance_state"),
    LIST(half_year, "half_year"),             LIST(reaction, "reaction"),             LIST(graduation, "graduation"),           LIST(space_service, "space_service"),
};
