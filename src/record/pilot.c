/* What a pilot platform can do, its price list, its permits, its calendar; and the spaces in which firms grow. */
#include "record/pilot.h"

static const struct field capability_fields[CAPABILITY_FIELD_COUNT] = {
    OF_MATTER,
    [CAPABILITY_SERVICE] = {"service", "所属服务", "Service", FIELD_ID, .required = true, .choices = "service"},
    [CAPABILITY_NAME] = {"name", "能力名称", "Name", FIELD_LINE, .required = true, .min = 4, .max = 120,
                         .hint = "产线、装置或仪器的名称，如：高温涂层中试线"},
    [CAPABILITY_SORT] = {"sort", "类别", "Sort", FIELD_CHOICE, .required = true, .choices = "capability_sort"},
    [CAPABILITY_TRIALS] = {"trials", "验证能力", "Kinds of trial", FIELD_CHOICES, .max = 5, .choices = "trial",
                           .hint = "五种验证：设计、功能性能、工艺、适配、生产；大型仪器可以不选"},
    [CAPABILITY_INDUSTRY] = {"industry", "服务行业", "Industries (GB/T 4754)", FIELD_CODES, .required = true, .max = 8, .choices = "gbt4754"},
    [CAPABILITY_EQUIPMENT] = {"equipment", "设备与场地", "Equipment", FIELD_PROSE, .required = true, .min = 4, .max = 3000},
    [CAPABILITY_STATIONS] = {"stations", "并行工位", "Stations", FIELD_NUMBER, .required = true, .min = 1, .max = 100,
                             .hint = "同一时间能做几件；排期不会超过它"},
    [CAPABILITY_OPENS] = {"opens", "每日开机（时）", "Opens (hour)", FIELD_NUMBER, .required = true, .min = 0, .max = 23, .hint = "如 8"},
    [CAPABILITY_CLOSES] = {"closes", "每日关机（时）", "Closes (hour)", FIELD_NUMBER, .required = true, .min = 1, .max = 24,
                           .hint = "如 18；昼夜连续的填 0 到 24"},
    [CAPABILITY_WEEKENDS] = {"weekends", "周末也开", "Open at weekends", FIELD_YES},
    [CAPABILITY_CONFIDENCE] = {"confidence", "可提供的保密", "Confidentiality offered", FIELD_CHOICES, .required = true, .max = 4,
                               .choices = "confidence"},
    [CAPABILITY_TRL_FROM] = {"trl_from", "服务起点 TRL", "From TRL", FIELD_NUMBER, .min = 1, .max = 9},
    [CAPABILITY_TRL_TO] = {"trl_to", "服务终点 TRL", "To TRL", FIELD_NUMBER, .min = 1, .max = 9},
    [CAPABILITY_HAZARDS] = {"hazards", "可接的危险类别", "Hazards accepted", FIELD_CHOICES, .max = 9, .choices = "hazard",
                            .hint = "没有选的，报价前就会被安全门拦下"},
    [CAPABILITY_IN_PARK] = {"in_park", "位于化工园区", "In a chemical park", FIELD_YES},
    [CAPABILITY_SHARING] = {"sharing", "共享使用制度", "Rules of use", FIELD_PROSE, .max = 3000,
                            .hint = "谁可以用、怎样预约、怎样收费、怎样保密；大型仪器开放前必填"},
    [CAPABILITY_QUOTE_DAYS] = {"quote_days", "报价时限（工作日）", "Quotes within (working days)", FIELD_NUMBER, .required = true, .min = 1,
                               .max = 30, .hint = "收到请求后几个工作日内报价"},
    [CAPABILITY_CONTACT] = {"contact", "联系人", "Contact", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_SIGNED_IN,
                            .purpose = "办理业务"},
    [CAPABILITY_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_SIGNED_IN, .purpose = "办理业务"},
    [CAPABILITY_PAUSED] = {"paused", "停接原因", "Why paused", FIELD_LINE, .required = true, .min = 2, .max = 200},
};
MATTER_KIND(KIND_CAPABILITY, "capability", "capabilities", "中试能力", "Pilot capability", capability, CAPABILITY_FIELD_COUNT);

static const struct field tariff_fields[TARIFF_FIELD_COUNT] = {
    OF_ENTRY,
    [TARIFF_ITEM] = {"item", "收费项目", "Item", FIELD_LINE, .required = true, .min = 2, .max = 120},
    [TARIFF_UNIT] = {"unit", "单位", "Unit", FIELD_CHOICE, .required = true, .choices = "tariff_unit"},
    [TARIFF_PRICE] = {"price", "单价", "Price a unit", FIELD_MONEY, .required = true, .max = 100000000000},
    [TARIFF_NOTE] = {"note", "说明", "Note", FIELD_LINE, .max = 200},
    [TARIFF_ENDED] = {"ended", "停用日", "Ended on", FIELD_DATE, .required = true},
};
ENTRY_KIND(KIND_TARIFF, "tariff", "tariffs", "收费标准", "Price", tariff, TARIFF_FIELD_COUNT);

static const struct field permit_fields[PERMIT_FIELD_COUNT] = {
    OF_ENTRY,
    [PERMIT_SORT] = {"sort", "证照", "Permit", FIELD_CHOICE, .required = true, .choices = "permit"},
    [PERMIT_NUMBER] = {"number", "编号", "Number", FIELD_LINE, .required = true, .min = 2, .max = 80},
    [PERMIT_ISSUER] = {"issuer", "发证（批复）机关", "Issued by", FIELD_LINE, .required = true, .min = 2, .max = 80},
    [PERMIT_COVERS] = {"covers", "范围", "Covers", FIELD_LINE, .max = 300},
    [PERMIT_FROM] = {"from_day", "自", "From", FIELD_DATE, .required = true},
    [PERMIT_UNTIL] = {"until_day", "有效至", "Until", FIELD_DATE, .required = true, .hint = "长期有效的填 2199-12-31"},
    [PERMIT_DIGEST] = {"digest", "扫描件 SHA-256", "SHA-256 of the scan", FIELD_DIGEST, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_PERMIT, "permit", "permits", "平台证照", "Permit held", permit, PERMIT_FIELD_COUNT);

static const struct field booking_fields[BOOKING_FIELD_COUNT] = {
    OF_ENTRY,
    [BOOKING_CAPABILITY] = {"capability", "中试能力", "Capability", FIELD_ID, .required = true, .choices = "capability", .level = LEVEL_SIGNED_IN},
    [BOOKING_ON] = {"on_day", "日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_SIGNED_IN},
    [BOOKING_FROM] = {"from_hour", "从（时）", "From (hour)", FIELD_NUMBER, .required = true, .min = 0, .max = 23, .level = LEVEL_SIGNED_IN},
    [BOOKING_UNTIL_ON] = {"until_day", "到哪一日", "Until (day)", FIELD_DATE, .level = LEVEL_SIGNED_IN, .hint = "不填就是同一日"},
    [BOOKING_UNTIL] = {"until_hour", "到（时）", "Until (hour)", FIELD_NUMBER, .required = true, .min = 1, .max = 24, .level = LEVEL_SIGNED_IN},
    [BOOKING_STATIONS] = {"stations", "工位数", "Stations", FIELD_NUMBER, .min = 1, .max = 100, .level = LEVEL_SIGNED_IN,
                          .hint = "不填：作业占一个，检修占全部"},
    [BOOKING_WHAT] = {"what", "用途", "What for", FIELD_LINE, .max = 120, .level = LEVEL_OWN},
    [BOOKING_FIRST] = {"first", "起始小时", "First hour", FIELD_NUMBER, .max = 3000000, .level = LEVEL_SIGNED_IN},
    [BOOKING_LAST] = {"last", "结束小时", "Last hour", FIELD_NUMBER, .max = 3000000, .level = LEVEL_SIGNED_IN},
    [BOOKING_FREED] = {"freed", "已释放", "Freed", FIELD_YES, .level = LEVEL_SIGNED_IN},
    [BOOKING_FREED_WHY] = {"freed_why", "释放原因", "Why freed", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_BOOKING, "booking", "bookings", "排期", "Booking", booking, BOOKING_FIELD_COUNT);

/* --- after the pilot --- */

static const struct field industrial_fields[INDUSTRIAL_FIELD_COUNT] = {
    OF_MATTER,
    [INDUSTRIAL_JOB] = {"job", "来自中试作业", "From the pilot job", FIELD_ID, .choices = "pilot_job", .level = LEVEL_OWN,
                        .hint = "作业的编号；没有就不填"},
    [INDUSTRIAL_NAME] = {"name", "项目名称", "Project", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_OWN},
    [INDUSTRIAL_REGION] = {"region", "落地地区", "Region", FIELD_CODES, .required = true, .max = 1, .choices = "division", .level = LEVEL_OWN},
    [INDUSTRIAL_SITE] = {"site", "园区或地块", "Site", FIELD_LINE, .max = 200, .level = LEVEL_OWN},
    [INDUSTRIAL_OUTPUT] = {"output", "产能", "Output", FIELD_LINE, .max = 200, .level = LEVEL_OWN},
    [INDUSTRIAL_BY] = {"wanted_by", "计划投产", "Planned start", FIELD_DATE, .level = LEVEL_OWN},
    [INDUSTRIAL_END_WHY] = {"end_why", "终止原因", "Why ended", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_INDUSTRIAL, "industrial", "industrials", "产业化清单", "After the pilot", industrial, INDUSTRIAL_FIELD_COUNT);

static const struct field clearance_fields[CLEARANCE_FIELD_COUNT] = {
    OF_ENTRY,
    [CLEARANCE_ITEM] = {"item", "事项", "Item", FIELD_CHOICE, .required = true, .choices = "clearance", .level = LEVEL_OWN},
    [CLEARANCE_OFFICE] = {"office", "向哪个部门办", "Office", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [CLEARANCE_LAW] = {"law", "依据", "By which law", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_OWN},
    [CLEARANCE_SOURCE] = {"source", "依据的来源", "How well known", FIELD_CHOICE, .required = true, .choices = "source_level", .level = LEVEL_OWN},
    [CLEARANCE_STATE] = {"progress", "办理情况", "Progress", FIELD_CHOICE, .required = true, .choices = "clearance_state", .level = LEVEL_OWN},
    [CLEARANCE_NUMBER] = {"number", "批准或受理编号", "Number", FIELD_LINE, .max = 80, .level = LEVEL_OWN, .hint = "已批准的必填"},
    [CLEARANCE_DAY] = {"day", "日期", "Day", FIELD_DATE, .level = LEVEL_OWN},
    [CLEARANCE_NOTE] = {"note", "说明", "Note", FIELD_LINE, .max = 300, .level = LEVEL_OWN, .hint = "不需要办的写明为什么"},
};
ENTRY_KIND(KIND_CLEARANCE, "clearance", "clearances", "产业化事项", "Clearance", clearance, CLEARANCE_FIELD_COUNT);

/* --- spaces --- */

static const struct field tenancy_fields[TENANCY_FIELD_COUNT] = {
    OF_MATTER,
    [TENANCY_SPACE] = {"space", "科创空间", "Space", FIELD_ID, .required = true, .choices = "service", .level = LEVEL_SIGNED_IN},
    [TENANCY_TENANT] = {"tenant", "入驻企业", "Tenant", FIELD_PARTY, .required = true, .level = LEVEL_SIGNED_IN},
    [TENANCY_FROM] = {"from_day", "入驻日", "Moved in", FIELD_DATE, .required = true, .level = LEVEL_SIGNED_IN},
    [TENANCY_UNTIL] = {"until_day", "协议到期", "Agreed until", FIELD_DATE, .level = LEVEL_OWN},
    [TENANCY_AREA] = {"area", "面积（平方米）", "Area (m²)", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [TENANCY_DESKS] = {"desks", "工位", "Desks", FIELD_NUMBER, .max = 10000, .level = LEVEL_OWN},
    [TENANCY_STAFF] = {"staff", "入驻时人数", "Staff at the start", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [TENANCY_GONE_ON] = {"gone_on", "离开日", "Left on", FIELD_DATE, .required = true, .level = LEVEL_SIGNED_IN},
    [TENANCY_GRADUATION] = {"graduation", "毕业依据", "Graduated by", FIELD_CHOICE, .required = true, .choices = "graduation", .level = LEVEL_SIGNED_IN},
    [TENANCY_STAFF_THEN] = {"staff_then", "离开时人数", "Staff at the end", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [TENANCY_GONE_WHY] = {"gone_why", "离开原因", "Why they left", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [TENANCY_CONTEST] = {"contest_why", "企业的异议", "What the tenant contests", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_TENANCY, "tenancy", "tenancies", "入驻", "Tenancy", tenancy, TENANCY_FIELD_COUNT);

static const struct field space_service_fields[GIVEN_FIELD_COUNT] = {
    OF_ENTRY,
    [GIVEN_DAY] = {"day", "日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [GIVEN_SORT] = {"sort", "服务", "Service", FIELD_CHOICE, .required = true, .choices = "space_service", .level = LEVEL_OWN},
    [GIVEN_WHAT] = {"what", "做了什么", "What was done", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [GIVEN_HOURS] = {"hours", "小时", "Hours", FIELD_NUMBER, .required = true, .min = 1, .max = 1000, .level = LEVEL_OWN},
    [GIVEN_BY] = {"given_by", "谁提供的", "By whom", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN,
                  .purpose = "说明服务由谁提供"},
};
ENTRY_KIND(KIND_SPACE_SERVICE, "space_service", "space_services", "空间服务", "Service given", space_service, GIVEN_FIELD_COUNT);
