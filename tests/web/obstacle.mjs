// What blocks a result: signs on its page for its own unit, the officers of its place and auditors, and the map that counts the same.
import { test, finish, engines } from './house.mjs';
import { made_by, town, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂张三', OURS, 'member'], ['other', '乙所王五', THEIRS, 'member'], ['auditor', '审计员', '', 'auditor'],
    ['county', '区级工作人员', '', 'county_officer@620102'], ['elsewhere', '别处工作人员', '', 'county_officer@620200'], ['leader', '领导', '', 'leader']];

async function furnish(place) {
    const achievement = changes => ({ title: '含沙介质耐磨轴承', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。', trl: 5, industry: ['3441'], ...changes });
    place.blocked = await made_by(place.member, '/achievements', achievement({ wanted: '需要中试资金三十万元。' }));
    place.ripe = await made_by(place.member, '/achievements', achievement({ title: '离心泵自润滑轴承', trl: 9 }));
    place.others = await made_by(place.other, '/achievements', achievement({ title: '离心泵陶瓷轴承' }));
}

const blocks_of = async (who, at) => (await who.get(`/api/v1${at}`)).json.record.blocks;
const codes = blocks => blocks?.map(one => one.code);

async function on_its_page({ server, member, other, county, elsewhere, auditor, leader, blocked, ripe }) {
    assert.deepEqual(codes(await blocks_of(member, blocked)), ['money', 'untried']);
    assert.deepEqual(codes(await blocks_of(member, ripe)), []);
    assert.deepEqual(codes(await blocks_of(county, blocked)), ['money', 'untried']);
    assert.deepEqual(codes(await blocks_of(auditor, blocked)), ['money', 'untried']);
    for (const who of [other, elsewhere, leader, server.guest()]) assert.equal(await blocks_of(who, blocked), null);
    const page = (await member.get(blocked)).text;
    assert.match(page, /什么挡住了它[^]*缺资金[^]*TRL 5，还没有中试[^]*href="\/funding"[^]*缺场景[^]*href="\/capabilities"/);
    assert.doesNotMatch((await other.get(blocked)).text, /什么挡住了它/);
    assert.match((await member.get(`${blocked}?lang=en`)).text, /Lack money[^]*TRL 5, neither piloted/);
}

const map_of = async (who, query = '') => (await who.get(`/api/v1/obstacles${query}`)).json.obstacles;
const counts = row => row.cells.map(cell => cell.count);

async function on_the_map({ member, county, elsewhere, leader, officer, blocked }) {
    assert.equal((await member.get('/obstacles')).status, 403);
    const all = await map_of(leader);
    assert.deepEqual([all.all.achievements, counts(all.all)], [3, [0, 0, 0, 1, 0, 2]]);
    assert.deepEqual([all.rows[0].field.code, all.rows[0].achievements, counts(all.rows[0])], ['34', 3, [0, 0, 0, 1, 0, 2]]);
    assert.equal((await map_of(officer)).all.achievements, 3);
    assert.deepEqual([(await map_of(county)).all.achievements, (await map_of(elsewhere)).all.achievements], [2, 1], 'each his own place');
    const { list, cell } = await map_of(county, '?obstacle=scene&field=34');
    assert.deepEqual([list.map(line => line.at), cell.obstacle.code], [[blocked], 'scene'], 'behind the cell is what it counts');
    assert.equal((await county.get('/obstacles?obstacle=nonsense')).status, 422);
    assert.equal((await county.get('/obstacles?obstacle=scene&field=nonsense')).status, 422);
    assert.match((await county.get('/obstacles')).text, /<th scope="row">通用设备制造业/);
}

async function a_silent_contact({ member, other, blocked, county }) {
    const asked = await other.post('/api/v1/contacts', { step: 'ask', about_kind: 'achievement', about: blocked.split('/').pop(), wants: '想谈轴承涂层的试用。', name: '王五', phone: '0931-1234567' });
    assert.equal(asked.status, 201, asked.text);
    assert.deepEqual(codes(await blocks_of(member, blocked)), ['money', 'untried'], 'within its days nobody is silent');
    assert.deepEqual(counts((await map_of(county)).all), [0, 0, 0, 1, 0, 1]);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with results`, async () => {
            place = await town(engine, ACCOUNTS);
            for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
            await furnish(place);
        });
        await test(`${engine}: signs on its page, for whom they are`, () => on_its_page(place));
        await test(`${engine}: the map counts the same`, () => on_the_map(place));
        await test(`${engine}: a request that waits is no silence yet`, () => a_silent_contact(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
