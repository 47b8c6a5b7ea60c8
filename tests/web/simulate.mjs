// The simulator: anybody asks, by a form or by an address that can be sent on; each figure says its rule and article, what is wrong
// is said at its field, what the law forbids is answered with the text that forbids it. Nothing of it is stored (tests/web/secret.mjs).
import { test, finish, engines, City } from './house.mjs';
import assert from 'node:assert/strict';

const TEAM = '示例甲 40% 主要 收入16万元\n示例乙 30% 主要\n示例丙 30%';
const ASK = { amount: '100万元', way: 'assign', region: '620000', team: TEAM };
const address = (at, asked) => `${at}?${new URLSearchParams(asked)}`;
const api = async (guest, asked) => (await guest.get(address('/api/v1/simulate', { ...ASK, ...asked })));
const outcome = async (guest, asked = {}) => {
    const reply = await api(guest, asked);
    assert.equal(reply.status, 200, reply.text);
    return reply.json.simulate.outcome;
};
const line = (lines, label) => lines.find(one => one.label.includes(label));

async function asked(guest) {
    const { columns: [column] } = await outcome(guest);
    assert.deepEqual(column.people.map(one => [one.name, one.fen, one.whole.tax, one.relieved.left]), [
        ['示例甲', '24000000', '4560000', '22040000'], /* 340,000 × 25 % − 31,920 − 7,480; at half 220,000 × 20 % − 16,920 − 7,480 */
        ['示例乙', '18000000', '948000', '17910000'], ['示例丙', '18000000', '948000', '17910000']]);
    assert.equal(column.people.reduce((sum, one) => sum + Number(one.fen), 0), 60000000);
    const floor = line(column.steps, '法定下限');
    assert.deepEqual([floor.fen, floor.share, floor.rule, floor.unverified], ['60000000', 6000, 'R21', true]);
    assert.match(floor.basis, /甘肃省促进科技成果转化条例/);
    assert.equal(line(column.steps, '单位留用').fen, '40000000');
    assert.equal(line(column.taxes, '免征的部分').unverified, false, '条例 §90 is at hand');
    for (const one of [...column.steps, ...column.taxes]) assert.ok(one.label && 'basis' in one, JSON.stringify(one));
}

/** Whoever opens the link sees what the form showed, word for word but for the token of the form. */
async function sent_on(server) {
    const page = await server.guest().form('/simulate', { ...ASK, region2: '浙江', agreed2: '80%' });
    assert.equal(page.status, 200);
    const [, href] = /href="(\/simulate\?[^"]+)"/.exec(page.text);
    const other = await server.guest().get(href.replaceAll('&amp;', '&'));
    const shown = text => text.replace(/name="csrf" value="[^"]*"/g, '').replace(/<header[^]*?<\/header>/, '').replace(/next=[^"]*/g, '');
    assert.equal(shown(other.text), shown(page.text));
    assert.match(page.text, /浙江省 · 约定 80 %/);
    assert.match(page.text, /参数未核/);
}

async function what_if(guest) {
    const { columns } = await outcome(guest, { region2: '330000' });
    assert.deepEqual(columns.map(one => line(one.steps, '奖励总额').fen), ['60000000', '70000000']);
    assert.deepEqual(columns.map(one => line(one.steps, '主要贡献人员至少').share), [5000, 7000]);
    const [, beijing] = (await outcome(guest, { region2: '110000', local2: '1' })).columns, [, half] = (await outcome(guest, { region2: '110000' })).columns;
    assert.deepEqual([beijing, half].map(one => line(one.steps, '法定下限').share), [7000, 5000]);
    assert.deepEqual((await outcome(guest, { region2: '310000' })).columns.map(one => one.none), [false, true], 'Shanghai has no text in the book');
}

async function forbidden(guest) {
    for (const [more, rule, says] of [
        [{ agreed: '59.99%' }, 'R21', /59\.99% 低于法定的 60\.00%/],
        [{ team: '甲 49.99% 主要\n乙 50.01%' }, 'R23', /主要贡献人员合计 299940\.00 元，低于奖励总额的法定份额 300000\.00 元/],
        [{ way: 'equity', team: '甲 60% 主要 正职\n乙 40%' }, 'R27', /第 1 位成员是正职领导/],
    ]) {
        const { columns: [column] } = await outcome(guest, more);
        assert.equal(column.lawful, false);
        assert.equal(column.refused.rule, rule);
        assert.match(column.refused.text, says);
        assert.deepEqual([column.people, column.taxes], [[], []]);
    }
    const { columns: [allowed] } = await outcome(guest, { way: 'equity', team: '甲 60% 主要 正职 有文件\n乙 40%' });
    assert.equal(allowed.people[0].later, '7200000', '20 % at the transfer');
}

const MEMBERS = n => Array.from({ length: n }, (_, i) => `成员${i + 1} ${i < 200 ? '0.5' : '0'}% 主要`).join('\n');

const SLIPS = [
    [{ team: '甲 60.01%\n乙 40%' }, 'team', /份额合计 100\.01%，应当正好是 100%/],
    [{ team: '甲 60% 主要\n甲 40%' }, 'team', /同一人/],
    [{ team: '甲 60% 主要\n40%' }, 'team', /团队第 2 行/],
    [{ team: '甲 60% 主要\n乙' }, 'team', /团队第 2 行/],
    [{ team: '甲 100% 院长' }, 'team', /团队第 1 行/],
    [{ team: '甲 -1%\n乙 101%' }, 'team', /团队第 1 行/],
    [{ team: '甲 33.333%' }, 'team', /团队第 1 行/],
    [{ team: '甲 100% 主要 收入-1' }, 'team', /团队第 1 行/],
    [{ team: '甲\u202e 100%' }, 'team', /团队第 1 行/],
    [{ team: '' }, 'team', /还没有写团队成员/],
    [{ amount: '-5' }, 'amount', /负数/],
    [{ amount: '' }, 'amount', /收入要大于 0/],
    [{ amount: '0' }, 'amount', /收入要大于 0/],
    [{ amount: '1e9' }, 'amount', /./],
    [{ amount: '99999999999999999999' }, 'amount', /./],
    [{ region: '999999' }, 'region', /./],
    [{ region2: '乌有' }, 'region2', /./],
    [{ way: 'gift' }, 'way', /没有这种转化方式/],
    [{ agreed: '0' }, 'agreed', /大于 0/],
    [{ agreed: '100.01%' }, 'agreed', /不超过 100%/],
    [{ agreed2: '-3' }, 'agreed2', /负数/],
    [{ earlier: 'x' }, 'earlier', /./],
    [{ cost_tax: '-1' }, 'cost_tax', /负数/],
    [{ cost_tax: '60万元', cost_other: '40.01万元' }, 'cost_other', /超过了收入/],
    [{ cost_tax: '100万元' }, 'amount', /没有净收入/],
    [{ region: '330000', cost_public: '1万元' }, 'cost_public', /财政性资金/],
];

async function slips(guest) {
    for (const [more, field, says] of SLIPS) {
        const reply = await api(guest, more), what = JSON.stringify(more);
        assert.equal(reply.status, 422, what);
        assert.deepEqual([reply.json.field, says.test(reply.json.message)], [field, true], `${what}: ${reply.text}`);
        const page = await guest.form('/simulate', { ...ASK, ...more });
        assert.equal(page.status, 422, what);
        assert.match(page.text, new RegExp(`<a href="#f-${field}">`), what);
        assert.match(page.text, new RegExp(`id="f-${field}"`), `${what}: the link leads to its field`);
        assert.ok(!page.text.includes('class="outcome"'), 'nothing half');
    }
}

async function two_hundred(guest) {
    const most = await guest.form('/simulate', { ...ASK, team: MEMBERS(200) });
    assert.equal(most.status, 200);
    assert.equal(most.text.match(/<li>\s*<p><b>成员/g).length, 200);
    const many = await guest.form('/simulate', { ...ASK, team: MEMBERS(201) });
    assert.equal(many.status, 422);
    assert.match(many.text, /最多 200 人，这里有 201 人/);
}

/** Hostile input of every field: never a 500, never markup that is not ours. */
async function hostile(guest) {
    const bad = ['<script>alert(1)</script>', '"><i class=x>', '\u0000', '%', 'a'.repeat(5000), '{{amount}}', '９９%', '\ud83d\ude00 50%\n\n\n'];
    for (const field of ['amount', 'way', 'region', 'agreed', 'local', 'team', 'earlier', 'cost_tax', 'cost_public', 'region2', 'agreed2', 'local2'])
        for (const text of bad) {
            const page = await guest.form('/simulate', { ...ASK, [field]: text });
            assert.ok([200, 400, 422].includes(page.status), `${field}=${text.slice(0, 30)}: ${page.status}`);
            assert.ok(!page.text.includes('<script>alert') && !page.text.includes('<i class=x>'), `${field}=${text.slice(0, 30)}`);
        }
    const reply = await guest.post('/simulate', { ...ASK, colour: 'red' });
    assert.equal(reply.status, 422, 'a member that is none is named');
    assert.match(reply.text, /colour/);
}

async function order_is_nothing(guest) {
    const lines = ['丙 33.33%', '甲 33.34% 主要', '乙 33.33% 主要'];
    const shares = [];
    for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2]]) {
        const { columns: [column] } = await outcome(guest, { amount: '0.05', team: order.map(i => lines[i]).join('\n') });
        shares.push(Object.fromEntries(column.people.map(one => [one.name, one.fen]).sort()));
    }
    assert.deepEqual(shares[0], { 甲: '1', 乙: '1', 丙: '1' });
    assert.deepEqual(shares[1], shares[0]);
    assert.deepEqual(shares[2], shares[0]);
}

async function found(guest) {
    const home = (await guest.get('/')).text;
    assert.match(home, /<a [^>]*href="\/simulate">算一算：我能分多少<\/a>/);
    const page = await guest.get('/simulate');
    assert.equal(page.status, 200);
    assert.match(page.text, /<textarea[^>]*name="team"[^>]*>甲 40% 主要/, 'an example stands in the form');
    assert.ok(!page.text.includes('class="outcome"'));
    const english = await guest.get('/simulate?lang=en');
    assert.match(english.text, /A 40% main/);
    assert.equal((await guest.form('/simulate?lang=en', { ...ASK, team: 'Li Si 60% main chief income=200000\nB, 40%' })).status, 200);
}

for (const engine of engines) {
    const city = new City(engine);
    try {
        city.run('init');
        const server = await city.serve(), guest = server.guest();
        await test(`${engine}: it is found from the front page, with an example in both languages`, () => found(guest));
        await test(`${engine}: each person's share, before and after tax, each figure with its rule and article`, () => asked(guest));
        await test(`${engine}: the link shows others the same`, () => sent_on(server));
        await test(`${engine}: another region or share stands beside the first`, () => what_if(guest));
        await test(`${engine}: what the law forbids is answered with the text that forbids it`, () => forbidden(guest));
        await test(`${engine}: what is wrong is said at its field`, () => slips(guest));
        await test(`${engine}: 200 people are shared out, 201 are told so`, () => two_hundred(guest));
        await test(`${engine}: no order of lines changes anybody's share`, () => order_is_nothing(guest));
        await test(`${engine}: hostile input is text`, () => hostile(guest));
    } finally {
        await city.end();
    }
}
finish();
