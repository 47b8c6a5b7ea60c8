/* (libxlsxwriter's headers mention a banned function: the build keeps base/banned.h out of this file.) */
#include "inventory.h"

#include <xlsxwriter.h>

const char *const inventory[INVENTORY_ROWS][INVENTORY_COLUMNS] = {
    {"示例理工大学存量专利盘点表"},
    {"填报单位（盖章）：示例理工大学", "", "", "", "", "", "", "", "填报日期：2024年9月30日"},
    {"序号", "专利号/申请号", "专利名称", "专利类型", "申请日", "授权日", "法律状态", "第一发明人", "IPC主分类号", "所属院系",
     "产业化评价", "", "", "转化意向", "", "联系人", "联系电话"},
    {"", "", "", "", "", "", "", "", "", "", "是否有产业化前景", "产业化前景分层", "技术成熟度", "应用领域", "拟转化方式"},
    {"1", "ZL 2021 1 0123456.0", "一种耐磨离心泵叶轮及其制备方法", "发明", "2021年1月29日", "2022.03.04", "有效", "陈某（示例）",
     "F04D 29/22(2006.01)I", "能源与动力学院", "有", "第一层", "6", "黄河提灌、渣浆输送", "普通许可、作价入股", "王某（示例）",
     "0931-0000001"},
    {"2", "202120654321.7", "阀门密封面修复装置", "", "2021/5/6", "", "授权维持", "李某（示例）", "F16K1/36", "材料学院", "有", "第二层",
     "中试", "石化阀门", "转让", "王某（示例）", "0931-0000001"},
    {"3", "CN202311112222.3", "一种铁铬液流电池电解液", "发明专利", "2023-11-02", "/", "审中", "周某（示例）", "H01M8/18", "材料学院", "无",
     "-", "", "", "", "", ""},
    {"4", "ZL202330098765.X", "提灌泵站巡检车（外观）", "外观", "2023-02-30", "", "有效", "吴某（示例）", "", "机械学院", "", "", "", "", "", "",
     ""},
    {"5", "", "一种没有专利号也没有类型的东西", "", "2020-01-01", "", "", "", "", "", "", "", "", "", "", "", ""},
};

static void span(lxw_worksheet *sheet, lxw_row_t first_row, lxw_col_t first, lxw_row_t last_row, lxw_col_t last)
{
    worksheet_merge_range(sheet, first_row, first, last_row, last, inventory[first_row][first], NULL);
}

int inventory_xlsx(const char *path)
{
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "盘点表");

    for (lxw_row_t r = 0; r < INVENTORY_ROWS; r++)
        for (lxw_col_t c = 0; c < INVENTORY_COLUMNS; c++)
            if (inventory[r][c] && *inventory[r][c])
                worksheet_write_string(sheet, r, c, inventory[r][c], NULL);
    span(sheet, 0, 0, 0, INVENTORY_COLUMNS - 1);
    span(sheet, 2, 10, 2, 12);
    span(sheet, 2, 13, 2, 14);
    for (lxw_col_t c = 0; c < INVENTORY_COLUMNS; c++)
        if (c < 10 || c > 14)
            span(sheet, 2, c, 3, c);
    return workbook_close(book) == LXW_NO_ERROR ? 0 : -1;
}
