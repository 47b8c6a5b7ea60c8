// Comparative advantages: counts brought in as one table or not at all, ratios with their interval against figures worked out by hand.
import { test, finish, engines } from './house.mjs';
import { town } from './town.mjs';
import assert from 'node:assert/strict';

const HEAD = '口径,年份,方向,本市,全国,来源\n';
/* The city has 100 of 10,000. Field 34: 30 of 1,000, so (30/100)/(1000/10000) = 3; ln spread 1.96*sqrt(1/30-1/100+1/1000-1/10000) = 0.3049. */
const GOOD = HEAD + '技术合同,2024,34,30,1000,示例统计年鉴 2025\n技术合同,2024,35,66,8900,示例统计年鉴 2025\n技术合同,2024,26,4,100,示例统计年鉴 2025\n';

async function send(who, text, name = 'counts.csv') {
    return who.upload('/strengths', {}, { name, bytes: Buffer.from(text) });
}

const rows_of = async who => (await who.get('/api/v1/strengths?measure=contract')).json.strengths.rows;

async function by_hand({ server, officer, member }) {
    assert.match((await server.guest().get('/strengths?measure=contract')).text, /还没有这个口径的对照数/);
    assert.doesNotMatch((await member.get('/strengths')).text, /type="file"/);
    const done = await send(officer, GOOD);
    assert.equal(done.status, 303, done.text);
    const rows = await rows_of(server.guest());
    assert.deepEqual(rows.map(row => [row.field.code, row.ratio, row.low, row.high, Object.keys(row.is)[0]]),
        [['34', '3.00', '2.21', '4.07', 'ahead'], ['35', '0.74', '0.64', '0.85', 'behind'], ['26', null, null, null, 'few']]);
    assert.match((await server.guest().get('/strengths?measure=contract')).text, /本市 100 件，全国 1 万件|本市 100 件，全国 10,000 件/);
}

async function or_not_at_all({ officer, member, server }) {
    const bad = await send(officer, HEAD + '技术合同,2024,34,31,1000,示例统计年鉴 2025\n技术合同,2024,99999,1,2,示例统计年鉴\n技术合同,2024,36,9,3,示例统计年鉴\n技术合同,2024,34,31,1000,示例统计年鉴 2025\n技术合同,二〇二四,36,1,3,示例统计年鉴\n');
    assert.equal(bad.status, 422);
    for (const said of ['有的行不对，一行也没有导入', '第 3 行：没有方向“99999”', '第 4 行：本市的数比全国的还大', '第 5 行：同一口径、年份、方向写了两次', '第 6 行']) assert.match(bad.text, new RegExp(said));
    assert.equal((await rows_of(server.guest()))[0].here, 30, 'nothing was changed');
    assert.match((await send(officer, '口径,年份\n')).text, /表里没有“方向”一列/);
    assert.match((await send(officer, HEAD)).text, /表里没有数据行/);
    assert.equal((await send(member, GOOD)).status, 403);
    assert.equal((await send(officer, GOOD.replace('34,30', '34,31'))).status, 303);
    assert.equal((await rows_of(server.guest()))[0].here, 31, 'brought in anew, it is replaced');
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine);
            place.member = await place.server.signIn('member', place.password);
        });
        await test(`${engine}: ratios as by hand`, () => by_hand(place));
        await test(`${engine}: a table is taken whole or not at all`, () => or_not_at_all(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
