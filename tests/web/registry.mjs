// The queue of a registration agency: who sees it, in which lane and since when; what is lacking; the sheet that goes out and the
// results that come back, bad rows named, and nothing registered twice.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, finish, engines } from './house.mjs';
import { campus, day, done, look, way, FIRM } from './campus.mjs';

const queue = async (who, query = '') => (await who.get(`/api/v1/registrations${query}`)).json.registrations;

/** Three deals of the unit, each sent on a day of its own: two small ones, one at the limit of the fast lane. */
async function three_wait(place) {
    const prices = ['160万元', '499.999999万元', '500万元'];
    place.deals = [];
    for (const [i, price] of prices.entries()) {
        const { id } = await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop(), title: `示例转化项目${i + 1}` });
        place.deals.push(id);
        for (const [days, name, values] of way) {
            if (days) break;
            if (!['withdraw', 'object', 'rule'].includes(name) && !(name === 'notice' && (await look(place.clerk, id)).papers.some(sort => sort.kind.code === 'notice')))
                await done(place.clerk, id, name, name === 'price' ? { ...values, price } : values);
        }
    }
    await place.at(20);
    for (const [i, id] of place.deals.entries()) {
        while ((await look(place.clerk, id)).now.label.code === 'approve') await done(place.clerk, id, 'approve', { minutes: '示例纪要' });
        await done(place.clerk, id, 'sign', { number: `HT-${i + 1}` });
        await done(place.clerk, id, 'register', { point: '示例登记机构' });
    }
}

/** People of two agencies: of the unit's district and of another city. */
async function agencies(place) {
    await place.server.stop();
    const password = place.city.accounts([['agency', '示例登记员', '', 'registrar@620102'], ['elsewhere', '示例外地登记员', '', 'registrar@620200']]);
    const { at } = place;
    place.at = async days => {
        await at(days);
        for (const login of ['agency', 'elsewhere']) place[login] = await place.server.signIn(login, password);
    };
    delete place.server;
    await place.at(place.day);
}

async function each_sees_what_is_his(place) {
    const { agency, elsewhere, clerk, officer, firm, deals } = place, lines = (await queue(agency)).lines;
    assert.deepEqual(lines.map(line => [line.title, line.lane.code, line.allowed]),
        [['示例转化项目1', 'fast', 15], ['示例转化项目2', 'fast', 15], ['示例转化项目3', 'full', 30]], 'exactly 5 million is checked in full');
    assert.deepEqual([lines[0].contract, lines[0].sent_on, lines[0].due, lines[0].with_unit], ['HT-1', day(20), '2026-04-13', false]);
    assert.deepEqual((await queue(agency, '?lane=full')).lines.map(line => line.contract), ['HT-3']);
    assert.deepEqual((await queue(elsewhere)).lines, [], 'another region is another agency\'s');
    assert.deepEqual((await queue(firm)).lines, []);
    assert.equal((await elsewhere.get(`/api/v1/registrations/${deals[0]}`)).status, 404);
    assert.equal((await agency.get(`/api/v1/deals/${deals[0]}`)).status, 404, 'the file itself is not the agency\'s');
    assert.deepEqual((await queue(clerk)).lines.map(line => [line.mine, line.technical !== null]), Array(3).fill([false, true]));
    assert.deepEqual((await queue(officer)).lines.map(line => [line.technical, line.contract]), Array(3).fill([null, null]), 'an officer sees how long, not how much');
    assert.equal((await clerk.get(`/api/v1/registrations/${deals[0]}`)).status, 403);
    assert.match((await agency.get('/registrations')).text, /快速通道/);
}

async function asked_and_mended(place) {
    const { agency, clerk, deals: [first] } = place;
    const one = (await agency.get(`/api/v1/registrations/${first}`)).json.registration;
    assert.ok(one.items.some(item => item.label === '买方名称' && item.text === FIRM), 'what is typed over there stands here');
    assert.ok(one.checks.some(check => check.rule === 'R61' && check.verdict === 'yes'));
    assert.deepEqual(one.steps.map(step => step.label.code), ['registered', 'correct']);
    const ver = async () => (await agency.get(`/api/v1/registrations/${first}`)).json.registration.form.ver;
    const asked = await agency.post(`/api/v1/registrations/${first}`, { step: 'correct', ver: await ver(), asked_on: day(20) });
    assert.equal(asked.json.field, 'lacks', asked.text);
    assert.equal((await agency.post(`/api/v1/registrations/${first}`, { step: 'amend', ver: await ver() })).status, 404, 'no other step is the agency\'s');
    assert.equal((await agency.post(`/api/v1/registrations/${first}`, { step: 'correct', ver: await ver(), lacks: '缺双方资质', asked_on: day(20) })).status, 200);
    assert.deepEqual((await queue(clerk)).lines.map(line => line.with_unit), [true, false, false]);
    assert.equal((await look(clerk, first)).form.step, 'mend', 'it is the unit\'s turn, and the desk says so');
    await place.at(25);
    await done(place.clerk, first, 'mend');
    const [line] = (await queue(place.agency)).lines;
    assert.deepEqual([line.with_unit, line.due], [false, '2026-04-20'], 'the period begins anew');
}

const sent = (who, name, text) => who.upload('/registrations', {}, { name, bytes: Buffer.from(text) });

async function a_sheet_comes_back(place) {
    const { agency, deals } = place;
    const export_ = await agency.get('/registrations/export');
    const file = join(place.city.dir, 'export.xlsx');
    writeFileSync(file, export_.body);
    const workbook = execFileSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
    for (const said of ['项目编号', '合同登记编号', '认定的技术交易额（元）', 'HT-3', FIRM, ...deals]) assert.ok(workbook.includes(said), said);
    assert.match((await sent(agency, 'export.xlsx', export_.body)).text, /0 行可以填回，0 行有问题/, 'the sheet as it went out says nothing as yet');
    const bad = await sent(agency, '结果.csv', ['合同编号,登记编号,结果,登记日期,成交额（万元）,技术交易额（万元）', `HT-1,2026620100000011,已登记,${day(25)},160,160`,
        `HT-2,2026620100000011,已登记,${day(25)},499.999999,499.999999`, `HT-9,2026620100000013,已登记,${day(25)},1,1`, `HT-3,123,已登记,${day(25)},500,500`,
        `HT-3,2026620100000014,已登记,${day(25)},501,501`, 'HT-3,,,,,'].join('\n'));
    assert.equal(bad.status, 200);
    for (const said of [/1 行可以填回，4 行有问题/, /与第 2 行重复：同一个登记编号/, /登记队列里没有这份合同/, /登记编号须是 16 位/, /认定的金额高于合同的/])
        assert.match(bad.text, said);
    assert.equal((await queue(agency)).lines.length, 3, 'a look writes nothing');
    const good = await sent(agency, '结果.csv', `合同编号,登记编号,结果,登记日期\nHT-1,2026620100000011,,${day(25)}\nHT-2,,不予登记,${day(25)}\n`);
    const rows_ = good.text.match(/name="rows" value="([^"]*)"/)[1], form = { rows: rows_, request_id: good.text.match(/name="request_id" value="([^"]*)"/)[1] };
    for (let twice = 0; twice < 2; twice++) {
        const taken = await agency.form('/registrations', form);
        assert.equal(taken.status, twice ? 409 : 303, taken.text?.slice(0, 400));
    }
    assert.deepEqual((await queue(agency)).lines.map(line => line.contract), ['HT-3']);
    assert.equal((await look(place.clerk, deals[0])).now.label.code, 'receive');
    assert.match((await look(place.clerk, deals[1])).now.missing, /不予登记/);
    const again = await sent(agency, '结果.csv', `项目编号,登记编号,结果,登记日期\n${deals[2]},2026620100000011,已登记,${day(25)}\n`);
    assert.match(again.text, /这个登记编号已经用在另一份合同上/, 'nothing is registered twice');
    for (const [name, text, said] of [['a.csv', 'x,y\n1,2\n', /没有“项目编号”，也没有“合同编号”/], ['a.csv', '合同编号\nHT-3\n', /没有“登记编号”，也没有“结果”/],
        ['a.csv', '', /请选一个文件/], ['a.xlsx', 'no workbook', /内容是纯文本，不是 Excel 工作簿/]]) {
        const reply = await sent(agency, name, text);
        assert.equal(reply.status, 422, reply.text.slice(0, 200));
        assert.match(reply.text, said);
    }
    assert.equal((await sent(place.clerk, 'a.csv', 'x')).status, 403);
    await place.server.stop();
    assert.match(place.city.run('check'), /都与账本相符/);
}

for (const engine of engines)
    await test(`${engine}: the registration agency's queue, its two lanes, and results that come back many at once`, async () => {
        const place = await campus(engine);
        try {
            for (const part of [three_wait, agencies, each_sees_what_is_his, asked_and_mended, a_sheet_comes_back]) await part(place);
        } finally { await place.city.end(); }
    });
finish();
