// Bids that nobody sees before they are opened, byte for byte; a challenge for everybody; an alliance that its members see; fairs and
// research in figures. The rules of each step are tried in tests/unit/work/board_test.c.
import { test, finish, engines, until } from './house.mjs';
import { done, fill_in, number, step } from './matters.mjs';
import { town, made_by, need, OURS, THEIRS, THIRD } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂张三', OURS, 'member'], ['other', '乙所王五', THEIRS, 'member'], ['third', '丙学院成员', THIRD, 'member'],
    ['auditor', '审计员', '', 'auditor']];
const day = after => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
const PROBLEM = { subject: '含沙介质泵轴承寿命', problem: '含沙介质里轴承三千小时就坏，停机一次两天。', figures: '寿命 8000 小时', amount: '300万元', owner_share: '60%',
    until_day: day(30), finish_by: day(400), who: ['enterprise'], criteria: '指标 60，团队 40', name: '示例张三', phone: '0931-1234567' };
const OFFER = { approach: '示例涂层路线，分三轮台架试验。', figures: '寿命 8500 小时', price: '280万元', months: 18, team: '示例团队五人', trl: 5,
    evidence: '台架报告一份', name: '示例王五', phone: '0931-7654321' };

/** What a person sees, without what is new in every answer. */
const still = reply => [reply.status, reply.text.replace(/name="(csrf|request_id)" value="[^"]*"/g, '').replace(/"request_id": ?"[^"]*"/g, '')
    .replace(/nonce-[\w+/=-]+|nonce="[^"]*"|账本第 \d+ 条 · [\d: -]+|events\?since=\d+/g, '')];

async function publish(place) {
    const { member, officer, server } = place;
    const hidden = await made_by(member, '/needs', need({ title: '隐名的轴承需求', hidden: true, alias: '某机械企业' }));
    const named = await member.post('/api/v1/challenges', { ...PROBLEM, need: number(hidden) });
    assert.deepEqual([named.status, /不公开单位名称/.test(named.text)], [422, true], 'a challenge would tell whose need that is');
    place.challenge = await made_by(member, '/challenges', PROBLEM);
    assert.equal((await server.guest().get(place.challenge)).status, 404, 'not public before it is checked');
    assert.equal((await step(member, place.challenge, 'publish')).status, 403);
    await done(officer, place.challenge, 'publish');
    const open = await server.guest().get(place.challenge);
    assert.equal(open.status, 200);
    assert.match(open.text, /寿命 8000 小时/);
}

const wait = ms => new Promise(after => setTimeout(after, ms));

async function told({ member }) {
    await until(async () => /条未读/.test((await member.get('/inbox')).text));
}

async function sealed(place) {
    const { member, officer, auditor, third, other, server, challenge } = place;
    const watchers = [member, officer, auditor, third, server.guest()];
    const pages = [challenge, `/api/v1${challenge}`, '/bids', '/api/v1/bids', '/desk', '/inbox', '/challenges'];
    const look = async () => {
        const seen = [];
        for (const who of watchers) for (const page of pages) seen.push(still(await who.get(page)));
        return seen;
    };
    await told(place); /* that it was published */
    const before = await look();
    place.bid = await made_by(other, '/bids', { ...OFFER, challenge: number(challenge) });
    await wait(2500); /* longer than messages take */
    assert.deepEqual(await look(), before, 'nothing moved for anybody else');
    const id = number(place.bid), none = String(BigInt(id) + 1n);
    for (const who of watchers.slice(0, 4)) {
        assert.equal((await who.get(place.bid)).status, 404);
        assert.equal((await who.get(place.bid)).text.replaceAll(id, ''), (await who.get(`/bids/${none}`)).text.replaceAll(none, ''), 'as one that is not there');
        assert.equal((await who.post(`/api/v1${place.bid}`, { step: 'decline', ver: 1, score: 1, reason: '不合适不合适' })).status, 404);
    }
    assert.match((await other.get(place.bid)).text, /280/);
    assert.equal((await other.get('/api/v1/bids')).json.matters.lines.length, 1);
    const early = await step(member, challenge, 'open');
    assert.deepEqual([early.status, /截止日还没有过/.test(early.text)], [409, true]);
    assert.equal((await step(member, challenge, 'fail', { end_why: '只有一份揭榜书' })).status, 409);
}

async function by_form(place) {
    const { third, challenge } = place;
    const door = /href="(\/bids\/new\?challenge=\d+)"/.exec((await third.get(challenge)).text);
    assert.ok(door, 'the challenge has the door');
    assert.doesNotMatch((await place.member.get(challenge)).text, /\/bids\/new/, 'its owner has none');
    const sent = await fill_in(third, door[1], { ...OFFER, price: '290万元' });
    assert.equal(sent.status, 303, sent.text);
    assert.equal((await place.other.get(sent.location)).status, 404, 'bidders do not see each other');
}

async function alliance({ member, third, other, server }) {
    const at = await made_by(member, '/alliances', { name: '示例泵阀创新联盟', purpose: '一起攻关含沙介质泵的轴承和密封。', from_day: day(0) });
    const asked = await made_by(member, '/memberships', { alliance: number(at), party: THIRD, task: '承担台架试验' });
    assert.equal((await third.get(at)).status, 404, 'not before it has joined');
    assert.match((await third.get('/desk')).text, new RegExp(`href="${asked}"`));
    await done(third, asked, 'join', { name: '示例赵六', phone: '0931-1234567' });
    await done(member, at, 'agree', { terms: ['form', 'tasks', 'funds', 'ip', 'benefits', 'risks'], agreement: '示例-联-1', from_day: day(0) });
    const lacking = await step(member, at, 'found');
    assert.deepEqual([lacking.status, /没有约定违约责任/.test(lacking.text)], [409, true]);
    await done(member, at, 'agree', { terms: ['form', 'tasks', 'funds', 'ip', 'benefits', 'risks', 'breach'], agreement: '示例-联-1', from_day: day(0) });
    await done(member, at, 'found');
    await done(member, at, 'money', { sort: 'in', party: THIRD, amount: '100.01元', purpose: '示例会费', day: day(-1), number: '示例1' });
    assert.match((await third.get(at)).text, /示例会费/, 'a member sees the account');
    assert.doesNotMatch((await other.get(at)).text, /示例会费/);
    assert.match((await server.guest().get(at)).text, /示例泵阀创新联盟/);
}

async function figures({ member, third, other, officer, server }) {
    const programme = await made_by(member, '/programmes', { name: '示例重大专项', about: '泵阀关键部件', from_day: '2024-01-01' });
    const project = await made_by(third, '/projects', { programme: number(programme), name: '示例轴承项目', number: '示例-24-1', public_money: '200万元',
        leader: '示例曾某', from_day: '2024-01-01', until_day: '2025-01-31', expected: '样机一台' });
    const made = await made_by(third, '/achievements', { title: '含沙介质耐磨轴承', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。', trl: 6 });
    const early = (await third.get('/api/v1/research')).json.research;
    assert.deepEqual([early.total.projects, early.total.public_money, early.total.unconfirmed, early.lines[0].confirmed], [0, '0', 1, false],
        'nobody hangs a project on a programme of others by himself');
    assert.match((await third.get('/research')).text, /待资助单位确认/);
    assert.match((await member.get('/desk')).text, new RegExp(`href="${project}"`));
    await done(member, project, 'confirm');
    await done(third, project, 'result', { achievement_no: made, role: 'direct' });
    await done(third, project, 'accepted', { accepted_on: '2025-02-10', implement_by: '2026-02-10' });
    const { research } = (await third.get('/api/v1/research')).json;
    assert.deepEqual([research.total.projects, research.total.public_money, research.total.achievements], [1, '200000000', 1]);
    assert.equal(research.lines[0].overdue, true, 'past the day that the contract names');
    assert.equal((await other.get('/api/v1/research')).json.research.lines.length, 0, 'a stranger sees none of it');
    assert.equal((await officer.get('/api/v1/research?overdue=1')).json.research.lines.length, 1);
    assert.match((await third.get(project)).text, /合同约定的转化期限已过/);
    assert.equal((await server.guest().get('/research')).status, 303);
    const fair = await made_by(member, '/fairs', { sort: 'match', name: '示例泵阀对接会', day: day(-1), place: '示例厅', theme: '泵阀', contact: '示例张三', phone: '0931-1234567' });
    await done(member, fair, 'hold');
    const met = await made_by(third, '/meetings', { step: 'claim', fair: number(fair), other: OURS, met_on: day(-1), about: '涂层试用' });
    assert.equal((await other.get(met)).status, 404);
    await done(member, met, 'confirm');
    const year = day(-1).slice(0, 4), counts = (await server.guest().get(`/api/v1/fair_counts?year=${year}`)).json.fair_counts;
    assert.deepEqual([counts.count, counts.total.meetings, counts.total.confirmed, counts.total.signed], [1, 1, 1, 0]);
    await done(third, met, 'after_thirty', { stand: 'signed', contract: '示例-9', signed: '50万元' });
    assert.match((await member.get(met)).text, /一方已答 30 天结果，待另一方/);
    const said = (await server.guest().get(`/api/v1/fair_counts?year=${year}`)).json.fair_counts.total;
    assert.deepEqual([said.signed, said.signed_fen, said.said_signed, said.said_fen], [0, '0', 1, '50000000'], 'one side alone says so');
    await done(member, met, 'after_thirty', { stand: 'signed', contract: '示例-9', signed: '50万元' });
    const both = (await server.guest().get(`/api/v1/fair_counts?year=${year}`)).json.fair_counts.total;
    assert.deepEqual([both.signed, both.signed_fen, both.said_signed], [1, '50000000', 0]);
    assert.match((await server.guest().get('/fair_counts')).text, /一方说签约/);
    assert.equal((await server.guest().get('/fair_counts?year=99')).status, 422);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with a challenge, open to all once it is checked`, async () => {
            place = await town(engine, ACCOUNTS);
            for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
            await publish(place);
        });
        await test(`${engine}: a bid is sealed, byte for byte`, () => sealed(place));
        await test(`${engine}: handed in by the form`, () => by_form(place));
        await test(`${engine}: an alliance, seen by its members`, () => alliance(place));
        await test(`${engine}: research and fairs in figures`, () => figures(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
