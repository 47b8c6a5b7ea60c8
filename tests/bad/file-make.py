#!/usr/bin/env python3
"""Makes the bad files that tests/unit/file/bad_test.c feeds to the table reader, with what must be said of each.

    file-make.py DIR

writes DIR/NAME and DIR/expected.tsv, one line a file:

    name  outcome  rows  line  message part  hint part

outcome: refused (table_open says no), bad (at least one bad row; the first is compared), broken (the file can't be
read on), good. rows counts the good rows read before the end or the break. "-" stands for nothing to compare.
"""
import os
import sys

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
expected = []


def case(name, content, outcome, rows=0, line=0, message="-", hint="-"):
    with open(os.path.join(out, name), "wb") as file:
        if isinstance(content, (bytes, str)):
            content = [content]
        for part in content:
            file.write(part.encode() if isinstance(part, str) else part)
    expected.append((name, outcome, rows, line, message, hint))


def gb(text):
    return text.encode("gb18030")


BOM = b"\xef\xbb\xbf"

# What the bytes are not.
case("empty.csv", b"", "refused", message="文件是空的", hint="第一行写列名")
case("bom-only.csv", BOM, "refused", message="文件是空的")
case("blank-lines.csv", b"\n" * 100000, "refused", message="文件是空的")
case("really-xlsx.csv", b"PK\x03\x04" + b"\0" * 40 + b"xl/workbook.xml", "refused", message="名字与内容不符",
     hint="扩展名改为 .xlsx")
case("really-docx.csv", b"PK\x03\x04" + b"\0" * 40 + b"word/document.xml", "refused", message="Word 文档")
case("really-pdf.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "refused", message="PDF 文档", hint=".xlsx")
case("really-html.csv", "<html><table><tr><td>名称</td></tr></table></html>", "refused", message="网页(HTML)",
     hint="另存为")
case("really-html.xls", "\n <TABLE border=1><tr><td>名称</td></tr></TABLE>", "refused", message="网页(HTML)")
case("really-xml.csv", '<?xml version="1.0"?><Workbook/>', "refused", message="XML")
case("really-xls.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "refused", message="旧版 Excel", hint=".xlsx")
case("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "refused", message="加了密码", hint="去掉密码")
case("really-text.xlsx", "名称,摘要\n泵,好\n", "refused", message="名字与内容不符", hint=".csv")
case("really-gzip.csv", b"\x1f\x8b\x08\0\0\0\0\0", "refused", message="gzip", hint="解压")
case("really-png.csv", b"\x89PNG\r\n\x1a\n", "refused", message="图片")
case("utf16.csv", "名称,摘要\n泵,好\n".encode("utf-16"), "refused", message="UTF-16", hint="CSV UTF-8")
case("array.json", '[{"title":"泵"}]', "refused", message="JSON 数组", hint="每行写一个对象")

# Headers.
case("columns-million.csv", ["c0"] + [",c%d" % i for i in range(1, 1000000)] + ["\n1\n"], "refused", line=1,
     message="第 1 行有 1000000 列，最多 1000 列")
case("header-repeats.csv", "名称,摘要,名称\n泵,好,坏\n", "refused", line=1, message="第 1 列和第 3 列同名“名称”",
     hint="改名")
case("header-only.csv", "名称,摘要\n", "good", rows=0)
case("header-quote.csv", '名称,"摘要\n泵,好\n', "refused", line=1, message="第 1 行第 2 列打开的引号没有闭合")
case("header-bytes.csv", b"\xef\xbb\xbfname,\xff\xfe\n1,2\n", "refused", line=1, message="第 1 行第 2 列有不属于 UTF-8")

# Rows.
case("quote-unclosed.csv", '名称,摘要\n泵,好\n阀,"坏\n管,好\n杆,好\n', "broken", rows=1, line=3,
     message="第 3 行第 2 列打开的引号没有闭合", hint="引号")
case("quote-unclosed-later.csv", '名称,摘要\n泵,"好\n阀,坏\n管,"好"\n', "broken", rows=0, line=2,
     message="第 2 行第 2 列打开的引号没有闭合")
case("quote-unclosed-large.csv", ['名称,摘要\n泵,"好\n'] + ["管,好\n"] * 400000, "broken", rows=0, line=2,
     message="第 2 行第 2 列打开的引号没有闭合")
case("quote-tail.csv", '名称,摘要\n"泵"x,好\n阀,好\n', "bad", rows=1, line=2, message="第 2 行第 1 列：引号后面")
case("row-wide.csv", "名称,摘要\n泵,好,,\n阀,好,多\n管,好\n", "bad", rows=2, line=3, message="第 3 行有 3 列，表头只有 2 列",
     hint="引号")
case("rows-million.csv", ["名称,摘要\n"] + ["泵,好\n"] * 1000000, "good", rows=1000000)
case("row-million.csv", ["名称,摘要\n泵,好\n", "a," * 1000000, "\n阀,好\n"], "bad", rows=2, line=3,
     message="第 3 行有 1000001 列，最多 1000 列")
case("cell-giant.csv", ["名称,摘要\n泵,", "长" * 400000, "\n阀,好\n"], "bad", rows=1, line=2,
     message="第 2 行第 2 列的内容超过 1 MiB")
case("row-giant.csv", [",".join("c%d" % i for i in range(40)), "\n", ",".join(["y" * 500000] * 40), "\nend\n"], "bad",
     rows=1, line=2, message="第 2 行的内容超过 16 MiB")
case("nul.csv", b"name,text\na,b\0c\nd,e\n", "bad", rows=1, line=2, message="第 2 行第 2 列有空字符")
case("blank-rows.csv", ["名称,摘要\n泵,好\n", "\n" * 50000, ",\r\n" * 50000, '"",\r\n阀,坏"\n'], "good", rows=2)
case("ends-mixed.csv", '名称,摘要\n泵,好\r\n阀,坏\r管,"两\r\n行"\n\r杆,好', "good", rows=4)

# Bytes.
case("utf8-cut.csv", "名称,摘要\n".encode() + b"\xe6\xb3\xb5\xe9\x98,\xe5\xa5\xbd\n" + "阀门,很好很好\n".encode() * 4,
     "bad", rows=4, line=2, message="第 2 行第 1 列有不属于 UTF-8 编码的字节：E9 98")
case("utf8-overlong.csv", BOM + b"name\na\xc0\xafb\nc\n", "bad", rows=1, line=2, message="UTF-8 编码的字节：C0 AF")
case("utf8-surrogate.csv", BOM + b"name\na\xed\xa0\x80b\nc\n", "bad", rows=1, line=2, message="字节：ED A0 80")
case("utf8-five.csv", BOM + b"name\na\xf8\x88\x80\x80\x80b\nc\n", "bad", rows=1, line=2, message="字节：F8")
case("utf8-late.csv", ["名称,摘要\n", "泵,好\n" * 200000, b"\xb1\xc3,\xba\xc3\n", "阀,好\n"], "bad", rows=200001,
     line=200002, message="第 200002 行第 1 列有不属于 UTF-8 编码的字节：B1")
case("gb-four-bytes.csv", gb("姓名,单位\n𠮷野,兰州㙓大学\n"), "good", rows=1)
case("gb-cut.csv", gb("名称,摘要\n泵,好\n") + b"\xb7\xa7,\xff\x3c\n" + gb("管,好\n"), "bad", rows=2, line=3,
     message="第 3 行第 2 列有不属于 GB18030 编码的字节：FF")
case("gb-lead-comma.csv", gb("名称,摘要\n") + b"\xb1,\xba\xc3\n" + gb("管道,很好\n"), "bad", rows=1, line=2,
     message="第 2 行第 1 列有不属于 GB18030 编码的字节：B1")
case("gb-backslash.csv", gb("名称,摘要\n") + b"\xbf\x5c,\xba\xc3\n", "good", rows=1)
case("gb-cut-at-end.csv", gb("名称,摘要\n泵阀,好") + b"\xb1", "bad", rows=0, line=2, message="字节：B1")

# JSON Lines.
case("nested.jsonl", '{"title":"泵","owner":{"name":"甲"}}\n{"title":"阀"}\n', "bad", rows=1, line=1,
     message="第 1 行的成员“owner”里还有一层", hint="展开")
case("cut.jsonl", '{"title":"泵"}\n{"title":"阀\n{"title":"管"}\n', "bad", rows=2, line=2, message="第 2 行第 11 列附近不是有效的 JSON：没有写完")
case("deep.jsonl", '{"title":"泵"}\n' + '{"a":' + "[" * 10000 + "\n", "bad", rows=1, line=2, message="嵌套超过 64 层")
case("repeats.jsonl", '{"title":"泵","title":"阀"}\n{"title":"管"}\n', "bad", rows=1, line=1, message="第 1 行")
case("nul.jsonl", '{"title":"a\\u0000b"}\n{"title":"管"}\n', "bad", rows=1, line=1, message="第 1 行")
case("surrogate.jsonl", '{"title":"\\ud800"}\n{"title":"管"}\n', "bad", rows=1, line=1, message="第 1 行")
case("huge-number.jsonl", '{"n":1e400}\n{"n":1}\n', "bad", rows=1, line=1, message="第 1 行")
case("not-object.jsonl", '{"title":"泵"}\n"阀"\n', "bad", rows=1, line=2, message="第 2 行不是一个 JSON 对象")
case("bytes.jsonl", b'{"t":"a"}\n{"t":"a\xffb"}\n{"t":"c"}\n', "bad", rows=2, line=2, message="不属于 UTF-8 编码的字节：FF")
case("long.jsonl", ['{"t":"a"}\n{"t":"', "x" * (17 << 20), '"}\n{"t":"c"}\n'], "bad", rows=2, line=2,
     message="第 2 行超过 16 MiB")
case("late-member.jsonl", ['{"t":"a"}\n' * 120, '{"t":"b","u":"c"}\n'], "bad", rows=120, line=121,
     message="第 121 行的成员“u”在前 100 行里没有出现过")
case("members-many.jsonl", ["{"] + [",".join('"m%d":1' % i for i in range(1001))] + ["}\n"], "refused", line=1,
     message="成员超过 1000 个")

with open(os.path.join(out, "expected.tsv"), "w", encoding="utf-8") as file:
    for row in expected:
        file.write("\t".join(str(x) for x in row) + "\n")
