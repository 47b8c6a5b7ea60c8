/* Files that people bring: a patent's first page as a PDF, a spreadsheet in GB18030. */

const patent = `<!doctype html><meta charset="utf-8"><style>body { font: 11pt "Noto Sans CJK SC"; }</style>
<p>(19) 国家知识产权局</p><p>(12) 发明专利</p><p>(10) 授权公告号 CN 113555123 B</p><p>(21) 申请号 202110123456.0</p>
<p>(22) 申请日 2021.01.29</p><p>(73) 专利权人 示例理工大学</p><p>(72) 发明人 陈某 王某</p>
<p>(51) Int.Cl. F04D 29/046 (2006.01)</p><p>(54) 发明名称 一种含砂介质离心泵用自润滑滑动轴承</p>
<p>(57) 摘要 本发明公开了一种含砂介质离心泵用自润滑滑动轴承,在镍基合金衬套内壁开设螺旋排砂槽,并以激光熔覆形成含固体润滑剂的
耐磨层。含砂量 0.5 kg/m3 的黄河水中连续运行 9200 小时,磨损量不大于 0.12 mm,可用于石化流程泵和提灌泵站。</p>`;

export async function patent_pdf(browser) {
  const page = await browser.newPage();

  await page.setContent(patent);
  const buffer = await page.pdf({ format: "A4" });
  await page.close();
  return { name: "示例专利.pdf", mimeType: "application/pdf", buffer };
}

/* Node writes no GB18030, but reads it: the table of two-byte characters turned round. */
function gb18030(text) {
  const decoder = new TextDecoder("gb18030"), codes = new Map();

  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) codes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return Buffer.from([...text].flatMap(c => (c.charCodeAt(0) < 0x80 ? [c.charCodeAt(0)] : codes.get(c))));
}

export function spreadsheet(name, rows) {
  const cell = text => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

  return { name, mimeType: "text/csv", buffer: gb18030(rows.map(row => row.map(cell).join(",")).join("\r\n") + "\r\n") };
}
