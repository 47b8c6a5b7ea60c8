#include "file/reader_end.h"

#include <signal.h>
#include <sys/wait.h>

#include "file/reader_code.h"

static const struct {
    const char *what, *hint;
} endings[READER_CODE_END - READER_USAGE] = {
    [READER_USAGE - READER_USAGE] = {N_("读取程序没有装好"), N_("请联系管理员")},
    [READER_UNLOCKED - READER_USAGE] = {N_("读取程序无法建立隔离"), N_("请联系管理员检查内核的 seccomp 支持")},
    [READER_BROKEN - READER_USAGE] = {N_("内容已损坏或不完整"), N_("请用原来的程序打开，另存一份再试")},
    [READER_PASSWORD - READER_USAGE] = {N_("设有打开密码"), N_("请去掉密码，另存一份再试")},
    [READER_LARGE - READER_USAGE] = {N_("超过 32 MiB"), N_("请删去大图片后另存，或拆成几个文件")},
    [READER_PARTS - READER_USAGE] = {N_("文档包里的部件超过 1000 个"), N_("请用原来的程序打开，另存一份再试")},
    [READER_BOMB - READER_USAGE] = {N_("解压后超过 50 MiB"), N_("请删去空白的行列和大图片，或另存为 CSV")},
    [READER_NAME - READER_USAGE] = {N_("文档包里有越界的文件名"), N_("文件可能带有恶意内容，请向来源核实")},
    [READER_DOCTYPE - READER_USAGE] = {N_("文档里有实体定义(DOCTYPE)"), N_("文件可能带有恶意内容，请向来源核实")},
    [READER_DEEP - READER_USAGE] = {N_("内容嵌套过深"), N_("请用原来的程序打开，另存一份再试")},
    [READER_EMPTY - READER_USAGE] = {N_("里面没有文字"), N_("扫描件请先做文字识别(OCR)；表格请检查是否有未隐藏的工作表")},
    [READER_LONG - READER_USAGE] = {N_("表格内容太长"), N_("请拆成几个文件，或另存为 CSV")},
};

bool reader_refuse(const char *what, const char *hint, struct err *err)
{
    err_set(err, ERR_INVALID, "文件打不开：%s", what);
    return err_hint(err, "%s", hint);
}

bool reader_refuse_large(struct err *err)
{
    return reader_refuse(endings[READER_LARGE - READER_USAGE].what, endings[READER_LARGE - READER_USAGE].hint, err);
}

static bool ended_by_signal(int number, struct err *err)
{
    if (number == SIGXCPU || number == SIGKILL)
        return reader_refuse(N_("内容太复杂，10 秒内没有读完"), N_("请另存为较简单的格式，或只保留需要的页"), err);
    if (number == SIGSYS)
        return reader_refuse(N_("读取时试图越出隔离，已拦下"), N_("文件可能带有恶意内容，请向来源核实"), err);
    if (number == SIGABRT || number == SIGSEGV || number == SIGBUS)
        return reader_refuse(N_("内容已损坏，或读取需要的内存超过 256 MiB"), N_("请用原来的程序打开，另存一份再试"), err);
    return reader_refuse(N_("读取中断"), N_("请另存一份再试"), err);
}

bool reader_judge(int status, enum reader_form form, bool *rest, struct err *err)
{
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : READER_BROKEN;

    *rest = false;
    if (WIFSIGNALED(status))
        return ended_by_signal(WTERMSIG(status), err);
    *rest = code == READER_REST;
    if (code == READER_DONE || code == READER_REST)
        return true;
    if (code < READER_USAGE || code >= READER_CODE_END)
        code = READER_BROKEN;
    reader_refuse(endings[code - READER_USAGE].what, endings[code - READER_USAGE].hint, err);
    if (code == READER_EMPTY && form == READER_XLSX)
        err_hint(err, "请检查工作簿里是否有未隐藏、有内容的工作表");
    if (code == READER_USAGE || code == READER_UNLOCKED)
        err->code = ERR_IO;
    return false;
}
