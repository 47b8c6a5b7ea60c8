#!/usr/bin/env python3
"""Makes the documents, good and hostile, that tests/unit/read/reader_test.c gives to tieqiao-read.

    file-documents.py DIR

writes DIR/NAME and DIR/expected.tsv, one line a file:

    name  outcome  part  part ...

outcome: text (each part must stand in the text; LF is written \\n, FF \\f, TAB \\t, U+2028 \\l), exact (the text is the
part and nothing else), refused (the message must hold the first part and the hint the second).
"""
import hashlib
import os
import struct
import sys
import zipfile
import zlib

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
expected = []


def expect(name, outcome, *parts):
    escaped = [p.replace("\\", "\\\\").replace("\n", "\\n").replace("\f", "\\f").replace("\t", "\\t").replace("\u2028", "\\l")
               for p in parts]
    expected.append("\t".join([name, outcome] + escaped))


def package(name, parts, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(os.path.join(out, name), "w", compression) as file:
        for part, content in parts.items():
            file.writestr(part, content)
    return os.path.join(out, name)


def patch(path, old, new, count=-1):
    with open(path, "rb") as file:
        content = file.read()
    assert old in content, path
    with open(path, "wb") as file:
        file.write(content.replace(old, new, count))


# ---- DOCX ------------------------------------------------------------------------------------

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="%s/officeDocument" Target="%%s"/></Relationships>' % OFFICE)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(body, before=""):
    return '<?xml version="1.0" encoding="UTF-8"?>%s<w:document %s><w:body>%s</w:body></w:document>' % (before, W, body)


def docx(name, body, before="", more=None, **options):
    parts = {"[Content_Types].xml": "<Types/>", "_rels/.rels": RELS % "word/document.xml",
             "word/document.xml": document(body, before) if isinstance(body, str) else body}
    parts.update(more or {})
    return package(name, parts, **options)


def p(*texts):
    return "<w:p>" + "".join("<w:r><w:t>%s</w:t></w:r>" % t for t in texts) + "</w:p>"


def table(*rows):
    return "<w:tbl>" + "".join("<w:tr>" + "".join("<w:tc>%s</w:tc>" % c for c in r) + "</w:tr>" for r in rows) + "</w:tbl>"


docx("good.docx", p("技术", "需求") + p("") + table([p("需求名称"), p("轴承寿命")], [p("现状"), p("三千小时") + p("卡在润滑")])
     + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>第二页</w:t><w:br/><w:t>换行</w:t><w:tab/><w:t>后</w:t></w:r></w:p>"
     + table([p("外") + table([p("内一"), p("内二")])])
     + '<w:p><w:del><w:r><w:delText>删</w:delText><w:t>去</w:t></w:r></w:del><w:ins><w:r><w:t>留下</w:t></w:r></w:ins>'
       '<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
     + '<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>' + p("框内") + '</w:txbxContent></mc:Choice>'
       '<mc:Fallback>' + p("重复") + '</mc:Fallback></mc:AlternateContent><w:t>框外</w:t></w:r></w:p>')
expect("good.docx", "exact", "技术需求\n需求名称\t轴承寿命\n现状\t三千小时\u2028卡在润滑\n\f第二页\n换行 后\n外\u2028内一\u2028内二\n留下☑\n框内\n框外\n")

parts = {"_rels/.rels": RELS % "/word/document2.xml", "word/document2.xml": document(p("别名"))}
package("renamed.docx", parts)
expect("renamed.docx", "exact", "别名\n")
docx("stored.docx", p("未压缩"), compression=zipfile.ZIP_STORED)
expect("stored.docx", "exact", "未压缩\n")
docx("pictures.docx", p("有图"), more={"word/media/a.png": os.urandom(200000), "word/embeddings/a.xlsx": b"PK\3\4"})
expect("pictures.docx", "exact", "有图\n")
docx("empty.docx", "")
expect("empty.docx", "refused", "里面没有文字", "OCR")
docx("laughs.docx", p("&lol9;"), before='<!DOCTYPE lolz [<!ENTITY lol "lol">' + "".join(
    '<!ENTITY lol%d "%s">' % (i, "&lol%s;" % (i - 1 if i > 1 else "") * 10) for i in range(1, 10)) + "]>")
expect("laughs.docx", "refused", "DOCTYPE", "恶意")
docx("external.docx", p("&x;"), before='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
expect("external.docx", "refused", "DOCTYPE", "恶意")
docx("deep.docx", "<w:x>" * 5000 + "</w:x>" * 5000)
expect("deep.docx", "refused", "嵌套过深")
docx("tables-deep.docx", "<w:tbl><w:tr><w:tc>" * 40 + p("里") + "</w:tc></w:tr></w:tbl>" * 40)
expect("tables-deep.docx", "refused", "嵌套过深")
docx("broken-xml.docx", b"<w:document><w:body><w:p>")
expect("broken-xml.docx", "refused", "损坏")
docx("bad-bytes.docx", b"<w:document><w:body><w:p><w:t>\xff\xfe</w:t></w:p></w:body></w:document>")
expect("bad-bytes.docx", "refused", "损坏")
docx("zip-in-zip.docx", open(docx("inner.docx", p("内层")), "rb").read())
expect("zip-in-zip.docx", "refused", "损坏")
expect("inner.docx", "exact", "内层\n")
docx("parts-many.docx", p("多"), more={"word/p%d.xml" % i: "" for i in range(1001)})
expect("parts-many.docx", "refused", "超过 1000 个")
docx("bomb.docx", p(" " * (60 << 20)))
expect("bomb.docx", "refused", "解压后超过 50 MiB")
docx("ratio.docx", p("小"), more={"word/zeros.bin": b"\0" * (8 << 20)})
expect("ratio.docx", "refused", "解压后超过")
docx("slip.docx", p("越界"), more={"word/../../../etc/cron.d/x": "x"})
expect("slip.docx", "refused", "越界的文件名", "恶意")
docx("absolute.docx", p("越界"), more={"/etc/cron.d/x": "x"})
expect("absolute.docx", "refused", "越界的文件名")

# Says it inflates to 1,000 bytes, in both directories; holds 40 MiB.
path = docx("lying.docx", p("长" * 3000000))
size = struct.pack("<L", len(document(p("长" * 3000000)).encode()))
patch(path, size, struct.pack("<L", 1000))
expect("lying.docx", "refused", "损坏")
path = docx("crc.docx", p("校验"))
patch(path, struct.pack("<L", zlib.crc32(document(p("校验")).encode())), b"\1\2\3\4")
expect("crc.docx", "refused", "损坏")
path = docx("cut.docx", p("截断" * 1000))
with open(path, "r+b") as file:
    file.truncate(os.path.getsize(path) - 30)
expect("cut.docx", "refused", "损坏")
path = docx("locked.docx", p("加密"), compression=zipfile.ZIP_STORED)
patch(path, b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\1\0")
patch(path, b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\1\0")
expect("locked.docx", "refused", "密码", "去掉密码")

with open(os.path.join(out, "old.doc"), "wb") as file:
    file.write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
expect("old.doc", "refused", "旧版 Office", ".docx")
package("other.zip", {"a.txt": "x"})
expect("other.zip", "refused", "压缩包", "解压")
with open(os.path.join(out, "text.docx"), "w") as file:
    file.write("just text")
expect("text.docx", "refused", "不是 PDF、Word 或 Excel")
with open(os.path.join(out, "nothing.pdf"), "wb"):
    pass
expect("nothing.pdf", "refused", "不是 PDF、Word 或 Excel")

# ---- XLSX ------------------------------------------------------------------------------------

S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="%s"' % OFFICE
STYLES = ('<styleSheet %s><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
          '<numFmt numFmtId="165" formatCode="0000"/><numFmt numFmtId="166" formatCode="#,##0.00&quot;万元&quot;;[Red]-#,##0.00"/>'
          '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
          '<xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="10"/><xf numFmtId="165"/><xf numFmtId="166"/>'
          '<xf numFmtId="20"/></cellXfs></styleSheet>' % S)


def sheet(rows):
    return '<worksheet %s><sheetData>%s</sheetData></worksheet>' % (S, rows)


def xlsx(name, sheets, strings="", properties="", states=None, **options):
    listed = "".join('<sheet name="s%d" sheetId="%d" r:id="rId%d"%s/>' % (i, i, i, ' state="%s"' % states[i - 1]
                     if states and states[i - 1] else "") for i in range(1, len(sheets) + 1))
    rels = "".join('<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>' % (i, OFFICE, i)
                   for i in range(1, len(sheets) + 1))
    rels += '<Relationship Id="rId90" Type="%s/styles" Target="styles.xml"/>' % OFFICE
    rels += '<Relationship Id="rId91" Type="%s/sharedStrings" Target="/xl/sharedStrings.xml"/>' % OFFICE
    parts = {"[Content_Types].xml": "<Types/>", "_rels/.rels": RELS % "xl/workbook.xml",
             "xl/workbook.xml": "<workbook %s>%s<sheets>%s</sheets></workbook>" % (S, properties, listed),
             "xl/_rels/workbook.xml.rels": "<Relationships>%s</Relationships>" % rels,
             "xl/styles.xml": STYLES, "xl/sharedStrings.xml": "<sst %s>%s</sst>" % (S, strings)}
    parts.update({"xl/worksheets/sheet%d.xml" % (i + 1): s for i, s in enumerate(sheets)})
    return package(name, parts, **options)


def n(ref, value, style=0):
    return '<c r="%s" s="%d"><v>%s</v></c>' % (ref, style, value)


strings = ("<si><t>名称</t></si><si><r><t>富</t></r><r><t>文本</t></r><rPh><t>zhu</t></rPh></si><si><t>a,\"b\"_x000A_c_x005F_x0041_</t></si>")
xlsx("good.xlsx", [sheet(
    '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>行内</t></is></c></row>'
    '<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" t="b"><v>1</v></c><c r="C4" t="str"><f>A1</f><v>公式</v></c>'
    '<c r="D4" t="e"><v>#N/A</v></c><c r="E4" t="s"><v>2</v></c><c r="F4" t="s"><v>999</v></c></row>'
    '<row r="5">' + n("A5", "0.30000000000000004") + n("B5", "43831", 1) + n("C5", "45383", 2) + n("D5", "45383.5", 3)
    + n("E5", "0.125", 4) + n("F5", "7", 5) + n("G5", "1234.5", 6) + n("H5", "0.75", 7) + n("I5", "110105194912310000")
    + n("J5", "1E-3") + '</row><row r="6"><c r="A6"/></row>')], strings)
expect("good.xlsx", "exact", '\r\n名称,,行内\r\n\r\n富文本,true,公式,#N/A,"a,""b""\nc_x0041_"\r\n'
       '0.3,2020-01-01,2024-04-01,2024-04-01 12:00,12.5%,0007,1234.5,18:00,110105194912310000,0.001\r\n')
def t(ref, text):
    return '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (ref, text)


xlsx("table.xlsx", [sheet('<row r="1">' + t("A1", "盘点表") + '</row><row r="3">' + t("A3", "名称") + t("B3", "日期") + t("C3", "备注")
                          + '</row><row r="6">' + t("A6", "泵\n阀") + n("B6", 43831, 1) + '</row><row r="7">' + t("A7", "管")
                          + t("C7", "=1") + '</row>')])
expect("table.xlsx", "text", "盘点表\r\n\r\n名称,日期,备注")
xlsx("dates.xlsx", [sheet('<row>' + "".join('<c s="1"><v>%s</v></c>' % v for v in (1, 59, 60, 61, 0, -1, 2958465, 2958466))
                          + "</row>")])
expect("dates.xlsx", "exact", "1900-01-01,1900-02-28,60,1900-03-01,0,-1,9999-12-31,2958466\r\n")
xlsx("dates-1904.xlsx", [sheet('<row><c s="1"><v>0</v></c><c s="1"><v>42369</v></c></row>')], properties='<workbookPr date1904="1"/>')
expect("dates-1904.xlsx", "exact", "1904-01-01,2020-01-01\r\n")
hello = sheet('<row><c t="inlineStr"><is><t>见</t></is></c></row>')
xlsx("hidden.xlsx", [hello.replace("见", "藏"), hello.replace("见", "深藏"), sheet('<row r="9"><c r="A9"/></row>'), hello],
     states=["hidden", "veryHidden", "", ""])
expect("hidden.xlsx", "exact", "见\r\n")
xlsx("all-hidden.xlsx", [hello], states=["hidden"])
expect("all-hidden.xlsx", "refused", "里面没有文字", "未隐藏")
xlsx("strings-million.xlsx", [sheet('<row><c t="s"><v>999999</v></c></row>')],
     "".join("<si><t>s%d</t></si>" % i for i in range(1000000)))
expect("strings-million.xlsx", "exact", "s999999\r\n")
xlsx("rows-beyond.xlsx", [sheet('<row r="1048577"><c t="inlineStr"><is><t>x</t></is></c></row>')])
expect("rows-beyond.xlsx", "refused", "损坏")
xlsx("columns-beyond.xlsx", [sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>')])
expect("columns-beyond.xlsx", "refused", "损坏")
xlsx("rows-backwards.xlsx", [sheet('<row r="5">%s</row><row r="3">%s</row>' % (n("A5", 1), n("A3", 1)))])
expect("rows-backwards.xlsx", "refused", "损坏")
xlsx("blow-up.xlsx", [sheet("<row>%s</row>" % ('<c t="s"><v>0</v></c>' * 9000))], "<si><t>%s</t></si>" % ("长" * 30000))
expect("blow-up.xlsx", "refused", "表格内容太长", "CSV")
xlsx("sheet-doctype.xlsx", ['<!DOCTYPE x [<!ENTITY a "b">]>' + hello])
expect("sheet-doctype.xlsx", "refused", "DOCTYPE")
xlsx("sheet-bomb.xlsx", [sheet('<row><c t="inlineStr"><is><t>' + "x" * (55 << 20) + "</t></is></c></row>")])
expect("sheet-bomb.xlsx", "refused", "解压后超过")

# ---- PDF -------------------------------------------------------------------------------------


def pdf(name, objects, trailer="", head=b"%PDF-1.4\n"):
    content, offsets = head, []
    for i, body in enumerate(objects):
        offsets.append(len(content))
        content += b"%d 0 obj" % (i + 1) + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % o for o in offsets)
    content += ("trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)).encode()
    with open(os.path.join(out, name), "wb") as file:
        file.write(content)


def stream(content, extra=""):
    return ("<</Length %d%s>>stream\n" % (len(content), extra)).encode() + content + b"\nendstream"


def pages(content, font, extra="", more=()):
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(content, extra), font] + list(more)


HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
pdf("good.pdf", pages(b"BT /F 12 Tf 50 700 Td (A bearing) Tj 0 -40 Td (lasts 8000 h) Tj ET", HELVETICA))
expect("good.pdf", "exact", "A bearing\nlasts 8000 h\n")

# A font that is not embedded: its codes need poppler's character maps, the only files it may still open.
text = "本发明涉及轴承".encode("gbk").hex()
pdf("gbk.pdf", pages(("BT /F 12 Tf 50 700 Td <%s> Tj ET" % text).encode(),
    "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>", more=[
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>",
    "<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"]))
expect("gbk.pdf", "exact", "本发明涉及轴承\n")

pdf("scan.pdf", pages(b"10 10 100 100 re f", HELVETICA))
expect("scan.pdf", "refused", "里面没有文字", "OCR")
with open(os.path.join(out, "garbage.pdf"), "wb") as file:
    file.write(b"%PDF-1.7\n" + bytes(range(256)) * 40)
expect("garbage.pdf", "refused", "损坏")
pdf("loop.pdf", ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>"])
expect("loop.pdf", "refused", "文件打不开")

# Inflates to 512 MiB of drawing orders.
packer = zlib.compressobj(9)
bomb = b"".join([packer.compress(b"0 0 m " * (1 << 20)) for _ in range(86)]) + packer.flush()
bomb_twice = zlib.compress(bomb, 9)
pdf("bomb.pdf", pages(bomb_twice, HELVETICA, "/Filter[/FlateDecode/FlateDecode]"))
expect("bomb.pdf", "refused", "没有读完")

# Encrypted with a user's password: the standard handler, revision 2.
PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key, content):
    state, j, result = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in content:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        result.append(byte ^ state[(state[i] + state[j]) & 255])
    return bytes(result)


owner = rc4(hashlib.md5((b"owner" + PAD)[:32]).digest()[:5], (b"secret" + PAD)[:32])
key = hashlib.md5((b"secret" + PAD)[:32] + owner + struct.pack("<l", -4) + b"0123456789abcdef").digest()[:5]
user = rc4(key, PAD)
pdf("locked.pdf", pages(b"BT ET", HELVETICA), "/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
    (b"0123456789abcdef".hex(),) * 2 + (owner.hex(), user.hex())))
expect("locked.pdf", "refused", "密码", "去掉密码")

with open(os.path.join(out, "expected.tsv"), "w", encoding="utf-8", newline="") as file:
    file.write("\n".join(line.replace("\r", "\\r") for line in expected) + "\n")
