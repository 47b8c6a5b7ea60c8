// Workbooks as offices keep them, made in the test: xlsx({ 表一: rows, … }, { merges: { 表一: ['A1:C1'] }, hidden: ['表一'] }).
// A cell is a text, a number, null for none, or { v: number, as: 'date' | 'percent' | 'share' } (0 %, 0.00 %).
import { crc32 } from 'node:zlib';

const STYLES = { date: 1, percent: 2, share: 3 };
const xml = text => text.replace(/[<>&"]/g, c => `&#${c.charCodeAt(0)};`);
const column = i => (i < 26 ? '' : column(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + i % 26);

function cell(value, reference) {
    if (value === null || value === '') return '';
    if (typeof value === 'object') return `<c r="${reference}" s="${STYLES[value.as]}"><v>${value.v}</v></c>`;
    if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
    return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${xml(value)}</t></is></c>`;
}

function sheet(rows, merges = []) {
    const lines = rows.map((row, r) => `<row r="${r + 1}">${row.map((value, c) => cell(value, `${column(c)}${r + 1}`)).join('')}</row>`);
    const merged = merges.length ? `<mergeCells count="${merges.length}">${merges.map(ref => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : '';
    return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${lines.join('')}</sheetData>${merged}</worksheet>`;
}

/** A ZIP file, nothing in it packed. */
function zip(parts) {
    const local = [], central = [];
    let at = 0;
    for (const [name, text] of Object.entries(parts)) {
        const bytes = Buffer.from(text), label = Buffer.from(name), head = Buffer.alloc(26);
        head.writeUInt16LE(20, 0);
        head.writeUInt32LE(crc32(bytes), 10);
        head.writeUInt32LE(bytes.length, 14);
        head.writeUInt32LE(bytes.length, 18);
        head.writeUInt16LE(label.length, 22);
        local.push(Buffer.from('PK\x03\x04'), head, label, bytes);
        const entry = Buffer.alloc(42);
        entry.writeUInt16LE(20, 0);
        head.copy(entry, 2);
        entry.writeUInt32LE(at, 38);
        central.push(Buffer.from('PK\x01\x02'), entry, label);
        at += 30 + label.length + bytes.length;
    }
    const directory = Buffer.concat(central), end = Buffer.alloc(18);
    end.writeUInt16LE(Object.keys(parts).length, 4);
    end.writeUInt16LE(Object.keys(parts).length, 6);
    end.writeUInt32LE(directory.length, 8);
    end.writeUInt32LE(at, 12);
    return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]);
}

/** A Word document of paragraphs; one that is a list is a row of a table. */
export function docx(paragraphs) {
    const main = 'http://schemas.openxmlformats.org', head = '<?xml version="1.0" encoding="UTF-8"?>', w = `${main}/wordprocessingml/2006/main`;
    const line = text => `<w:p><w:r><w:t xml:space="preserve">${xml(text)}</w:t></w:r></w:p>`;
    const row = cells => `<w:tr>${cells.map(text => `<w:tc>${line(text)}</w:tc>`).join('')}</w:tr>`;
    const body = paragraphs.map(one => (Array.isArray(one) ? `<w:tbl>${row(one)}</w:tbl>` : line(one))).join('').replaceAll('</w:tbl><w:tbl>', '');
    return zip({
        '[Content_Types].xml': `${head}<Types xmlns="${main}/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
        '_rels/.rels': `${head}<Relationships xmlns="${main}/package/2006/relationships"><Relationship Id="r" Type="${main}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
        'word/document.xml': `${head}<w:document xmlns:w="${w}"><w:body>${body}</w:body></w:document>`,
    });
}

export function xlsx(sheets, { merges = {}, hidden = [] } = {}) {
    const names = Object.keys(sheets), main = 'http://schemas.openxmlformats.org', head = '<?xml version="1.0" encoding="UTF-8"?>';
    const kinds = `${main}/officeDocument/2006/relationships`;
    const fmts = '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="10"/>';
    return zip({
        '[Content_Types].xml': `${head}<Types xmlns="${main}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
        '_rels/.rels': `${head}<Relationships xmlns="${main}/package/2006/relationships"><Relationship Id="r" Type="${kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
        'xl/workbook.xml': `${head}<workbook xmlns="${main}/spreadsheetml/2006/main" xmlns:r="${kinds}"><sheets>${names.map((name, i) =>
            `<sheet name="${xml(name)}" sheetId="${i + 1}" r:id="s${i}"${hidden.includes(name) ? ' state="hidden"' : ''}/>`).join('')}</sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${main}/package/2006/relationships"><Relationship Id="st" Type="${kinds}/styles" Target="styles.xml"/>${
            names.map((_, i) => `<Relationship Id="s${i}" Type="${kinds}/worksheet" Target="sheet${i}.xml"/>`).join('')}</Relationships>`,
        'xl/styles.xml': `${head}<styleSheet xmlns="${main}/spreadsheetml/2006/main"><cellXfs count="4">${fmts}</cellXfs></styleSheet>`,
        ...Object.fromEntries(names.map((name, i) => [`xl/sheet${i}.xml`, head + sheet(sheets[name], merges[name])])),
    });
}
