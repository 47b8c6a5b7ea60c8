// What people drop into the box and onto a form: documents of several pages and plain texts in whatever they were written in
// are read as what they are; what nobody can read is said in words.
import { test, finish, engines } from './house.mjs';
import { town, OURS } from './town.mjs';
import assert from 'node:assert/strict';

const TEXT = '离心泵轴承寿命要从3000小时提到8000小时,预算200万元';
const GB = Buffer.from('c0ebd0c4b1c3d6e1b3d0cad9c3fcd2aab4d333303030d0a1cab1cce1b5bd38303030d0a1cab12cd4a4cbe3323030cdf2d4aa', 'hex');
const LITTLE = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, 'utf16le')]);
const BIG = Buffer.from(LITTLE).swap16();

/** A PDF of so many pages, all ASCII, one line a page. */
function pdf(...pages) {
    const objects = ['<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Kids[${pages.map((_, i) => `${4 + 2 * i} 0 R`).join(' ')}]/Count ${pages.length}>>`,
        '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'];
    for (const [i, line] of pages.entries()) {
        const stream = `BT /F 12 Tf 72 700 Td (${line}) Tj ET`;
        objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${5 + 2 * i} 0 R/Resources<</Font<</F 3 0 R>>>>>>`,
            `<</Length ${stream.length}>>stream\n${stream}\nendstream`);
    }
    return `%PDF-1.4\n${objects.map((object, i) => `${i + 1} 0 obj${object}endobj\n`).join('')}trailer<</Root 1 0 R>>\n%%EOF\n`;
}

const PAGES = pdf('Bearing life of slurry pumps must rise from 3000 h to 8000 h', 'Budget and deadline stand on the second page');

async function boxed(who) {
    const read = await who.upload('/match', {}, { name: 'need.pdf', bytes: PAGES });
    assert.equal(read.status, 200, read.text);
    assert.match(read.text, /Bearing life of slurry pumps[^<]*\n[^<]*second page/);
    assert.ok(!read.text.includes('%PDF'), 'the document, not its bytes');
    for (const [name, bytes] of [['utf8.txt', TEXT], ['gb.txt', GB], ['little.txt', LITTLE], ['big.txt', BIG]]) {
        const reply = await who.upload('/match', {}, { name, bytes });
        assert.equal(reply.status, 200, `${name}: ${reply.text}`);
        assert.ok(reply.text.includes(TEXT), name);
    }
    const pasted = await who.form('/match', { q: `${TEXT}\f第二页` });
    assert.equal(pasted.status, 200, 'what was copied out of a PDF');
}

async function refused(who) {
    for (const [name, bytes, told] of [['control.txt', `${TEXT}\x01`, /第 \d+ 个字是不可见的控制字符\(U\+0001\)/], ['photo.png', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), /文件里的不是文字/],
        ['cut.txt', Buffer.from(TEXT).subarray(0, 41), /第 \d+ 个字不是有效的 UTF-8/]]) {
        const reply = await who.upload('/match', { q: '我写的话' }, { name, bytes });
        assert.equal(reply.status, 422, `${name}: ${reply.status}`);
        assert.match(reply.text, told);
        assert.match(reply.text, /我写的话/, 'what was typed stays');
    }
}

async function filled(member) {
    for (const [name, bytes] of [['gb.txt', GB], ['little.txt', LITTLE], ['utf8.txt', `\uFEFF${TEXT}`]]) {
        const form = await member.upload('/needs/new', {}, { name, bytes });
        assert.equal(form.status, 200, form.text);
        assert.match(form.text, /name="budget" value="200 ?万元?"/, name);
    }
    const form = await member.upload('/achievements/new', {}, { name: 'paper.pdf', bytes: PAGES });
    assert.equal(form.status, 200, form.text);
}

const shown = (page, name) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page.text)?.[1];

/** What somebody has typed stays; what the file says beside it is offered, and taken where he says so. */
async function kept(member) {
    const typed = { title: '我写好的题目', budget: '150万元', hidden: 'yes', due: '2029-12-31', draft: '', ver: '' };
    const form = await member.upload('/needs/new', typed, { name: 'need.txt', bytes: `${TEXT}。目标:轴承寿命提高到8000小时。` });
    assert.equal(form.status, 200, form.text);
    assert.deepEqual([shown(form, 'title'), shown(form, 'budget'), shown(form, 'due')], ['我写好的题目', '150万元', '2029-12-31']);
    assert.match(form.text, /id="f-hidden"[^>]* checked/);
    assert.match(form.text, /name="found_budget" value="200万元?"/);
    assert.match(form.text, /文件里是：<b>200万元?<\/b>[^<]*<q>[^<]*预算200万元/);
    assert.match(form.text, /name="goal"[^>]*>[^<]*8000小时/, 'what was empty is filled');
    assert.match(form.text, /另有 \d 项您已写过/);
    const again = await member.upload('/needs/new', { ...typed, budget: '2000000' }, { name: 'need.txt', bytes: TEXT });
    assert.ok(!again.text.includes('found_budget'), 'the same in other words is no other value');
    const values = { title: '我写好的题目', now: '轴承三千小时就坏,停机检修一次要两天', budget: '150万元', found_budget: '200万元' };
    for (const [take, budget] of [[[], '1500000'], [['budget'], '2000000']]) {
        const made = await member.form('/needs', { ...values, title: `我写好的题目 ${budget}`, take });
        assert.equal(made.status, 303, made.text);
        const page = await member.get(`/api/v1${made.location}`);
        assert.ok(page.text.includes(`"${budget}00"`), page.text);
    }
}

/** A form loses nothing where the file is missing or can't be read. */
async function unread(member) {
    for (const [file, told] of [[{ name: '', bytes: '' }, /还没有选文件/], [{ name: 'photo.png', bytes: Buffer.from('\x89PNG\0', 'latin1') }, /文件里的不是文字/],
        [{ name: 'broken.pdf', bytes: '%PDF-1.4\n\0' }, /role="alert"/]]) {
        const form = await member.upload('/needs/new', { title: '我写好的题目', budget: '150万元', do: 'read' }, file);
        assert.equal(form.status, 422, form.text);
        assert.match(form.text, told);
        assert.deepEqual([shown(form, 'title'), shown(form, 'budget')], ['我写好的题目', '150万元']);
    }
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, [['member', '甲厂成员', OURS, 'member']]);
            place.member = await place.server.signIn('member', place.password);
        });
        await test(`${engine}: the box reads documents of several pages and texts of other encodings`, () => boxed(place.server.guest()));
        await test(`${engine}: what can't be read is said in words`, () => refused(place.server.guest()));
        await test(`${engine}: a form is filled in from them`, () => filled(place.member));
        await test(`${engine}: what was typed stays, and what the file says is offered beside it`, () => kept(place.member));
        await test(`${engine}: a file that is not read costs nothing that was typed`, () => unread(place.member));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
