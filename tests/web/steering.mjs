// The steering desk over HTTP: a deal that stands still, a task and an opinion's plan past their day, each with who holds it, for how long and by
// what; its colour on the last day and on the day after; who sees what of it; the week's sheet on one page, and a letter that asks for it.
import { test, finish, engines, City, until, join } from './house.mjs';
import { campus, clock, day, done as goes_on, way, on_days } from './campus.mjs';
import { begun, done, number } from './matters.mjs';
import { made_by, need } from './town.mjs';
import { writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import assert from 'node:assert/strict';

const BUREAU = '示例市科学技术局', AGENCY = '示例市技术市场管理中心', DISTRICT = '示例城关区科技局', UNIT = '示例丙学院', WORKS = '示例甲机械厂';
const PARTIES = [[BUREAU, 'government', '620100'], [AGENCY, 'government', '620100'], [DISTRICT, 'government', '620102'],
    [UNIT, 'university', '620103', { nature: 'institution', approvals: ['科研管理部门'] }], [WORKS, 'enterprise', '620102']];
const ACCOUNTS = [['agent', '中心王五', AGENCY, 'member'], ['chief', '局里张三', BUREAU, 'member'], ['clerk', '学院转化专员', UNIT, 'member'], ['firm', '厂里赵六', WORKS, 'member'],
    ['area', '区里孙七', DISTRICT, 'member'], ['county', '区里工作人员', '', 'county_officer@620102'], ['secretary', '秘书李四', '', 'secretary'], ['leader', '示例领导', '', 'leader'],
    ['office', '政协办公室', BUREAU, 'cppcc_office'], ['delegate', '委员甲', '', 'committee', '示例委员甲'], ['auditor', '审计员', '', 'auditor']];
const NAMED = { handler: '示例王五', phone: '0931-7654321' };
const desk = async (who, query = '') => {
    const reply = await who.get(`/api/v1/steering${query}`);
    assert.equal(reply.status, 200, reply.text);
    return reply.json.steering;
};
const line_of = async (who, href) => (await desk(who)).lines.find(line => line.href === href);

async function hall(engine) {
    const place = { city: new City(engine), ids: {} }, { city, ids } = place;
    city.run('init');
    const first = city.accounts([['officer', '示例工作人员', '', 'city_officer']]);
    const server = await city.serve(clock(0)), officer = await server.signIn('officer', first);
    for (const [name, side, region, more] of PARTIES)
        ids[name] = number(await made_by(officer, '/parties', { name, side, region: [region], contact: '示例李四', phone: '0931-1234567', ...more }));
    await made_by(officer, '/people', { name: '示例委员甲', calling: ['member'], skills: ['轴承'] });
    await server.stop();
    const password = city.accounts(ACCOUNTS);
    await on_days(place, ACCOUNTS.map(([login]) => login), password, first);
    return place;
}

const task = values => ({ assigner: BUREAU, what: '理清认定登记超期的七件', deliver: '七件各有结论，附登记编号。', unit: AGENCY, by_day: day(10), level: 'ordinary', ...values });

async function tasks_begin(place) {
    const { officer, agent, county } = place;
    place.task = await begun(officer, 'tasks', 'assign', task());
    place.key = await begun(officer, 'tasks', 'assign', task({ what: '重点：三家中试线对外开放', level: 'key', leader: '示例副市长 张某', by_day: day(11) }));
    for (const at of [place.task, place.key]) await done(agent, at, 'accept', NAMED);
    place.local = await begun(county, 'tasks', 'assign', task({ assigner: DISTRICT, unit: WORKS, what: '区里查一家厂的机时', by_day: day(10) }));
    await done(place.firm, place.local, 'accept', NAMED);
}

/* A firm hides its name in its need, and does not answer who asks. */
async function a_firm_that_hides(place) {
    const hidden = await made_by(place.firm, '/needs', need({ hidden: true, alias: '某机械企业' }));
    place.contact = await begun(place.clerk, 'contacts', 'ask', { about_kind: 'need', about: number(hidden), wants: '想谈这项需求的中试怎样安排。', name: '王五', phone: '0931-7654321' });
}

async function an_opinion_is_promised(place) {
    const { office, delegate, agent } = place;
    const session = await begun(office, 'consultations', 'prepare', { name: '示例：成果转化专题协商', question: '什么挡住了成果变成产品？', host: '示例市政协', day: day(0),
        place: '示例会议室', until_day: day(0), contact: '示例张三', phone: '0931-1234567', seven: 'yes' });
    await done(office, session, 'roster', { roster: '示例委员甲，市，1' });
    await done(office, session, 'open');
    const at = place.opinion = await begun(delegate, 'opinions', 'submit', { consultation: number(session), subject: '评估拖了半年', topic: 1, obstacle: 'dare', pillar: 'government',
        concerns: 'university', evidence: '走访三所高校，十二项成果卡在评估。', proposal: '请科技部门给成果评估定二十个工作日的期限，过期公布。' });
    await done(office, at, 'file');
    await done(office, at, 'hand', { unit: AGENCY, instruction: '三个月内答复' });
    await done(agent, at, 'reply', { text: '我们把评估定为二十个工作日办结，过期的逐月公布名单。', conclusion: 'planned', planned_by: day(5), reasons: '规程在起草，三所高校在试。',
        signer: '示例局长', phone: '0931-7654321' });
    await done(delegate, at, 'rate', { rating: 'satisfied', rating_why: '有日期', share: 'yes' });
    await done(office, at, 'settle');
}

async function a_deal_begins(place) {
    const { clerk } = place, achievement = await made_by(clerk, '/achievements', { title: '含沙介质耐磨轴承涂层', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。',
        trl: 6, ways: ['license'], price: '160万元' });
    const made = await clerk.post('/api/v1/deals', { achievement: number(achievement) });
    assert.equal(made.status, 201, made.text);
    await goes_on(clerk, made.id, 'title', {});
    place.deal = `/deals/${made.id}`;
    await until(async () => await line_of(place.officer, place.deal));
    assert.equal((await line_of(place.officer, place.deal)).colour.code, 'green', 'it has just come there');
}

/* On the last day it is amber still; on the day after, red. */
async function colours_at_the_boundary(place) {
    for (const [at, colour, late] of [[2, undefined], [3, 'amber', 0], [10, 'amber', 0], [11, 'red', 1]]) {
        await place.at(at);
        const line = await line_of(place.officer, place.task);
        assert.equal(line?.colour.code, colour, `on day ${at}`);
        if (!line) continue;
        assert.deepEqual([line.late, line.holder, line.turn, line.since, line.days, line.due], [late, AGENCY, '承办单位', day(0), at, day(10)]);
        assert.match(line.article, /交办时定的办结期限/);
    }
    const { counts, lines } = await desk(place.officer);
    const shown = lines.map(line => ['red', 'amber', 'green'].indexOf(line.colour.code));
    assert.deepEqual(shown, [...shown].sort());
    assert.equal(counts.red, lines.filter(line => line.colour.code === 'red').length);
    const red = lines.filter(line => line.colour.code === 'red').map(line => line.late);
    assert.deepEqual(red, [...red].sort((a, b) => b - a), 'what is late longest stands first');
    const opinion = lines.find(line => line.href === place.opinion);
    assert.deepEqual([opinion.colour.code, opinion.late, opinion.holder], ['red', 6, AGENCY]);
}

async function each_sees_his_own(place) {
    const hrefs = async who => (await desk(who)).lines.map(line => line.href);
    const { county, agent, firm, officer, secretary, leader, clerk } = place;
    for (const at of [place.task, place.key, place.local, place.opinion]) assert.ok((await hrefs(officer)).includes(at), at);
    assert.deepEqual((await hrefs(county)).filter(at => [place.task, place.key, place.local, place.opinion, place.deal].includes(at)), [place.local], 'his county alone');
    for (const at of [place.task, place.key, place.opinion]) assert.ok((await hrefs(agent)).includes(at), at);
    assert.ok(!(await hrefs(agent)).includes(place.local));
    assert.deepEqual(await hrefs(firm), [place.contact, place.local]);
    for (const [who, name] of [[officer, '某机械企业'], [county, '某机械企业'], [firm, WORKS]]) {
        const line = await line_of(who, place.contact);
        assert.deepEqual([line.colour.code, line.holder], ['red', name], 'a firm that hides stays hidden');
    }
    assert.deepEqual(await hrefs(clerk), [place.deal]);
    assert.deepEqual(await hrefs(place.area), [], 'what it assigned is with somebody else');
    for (const who of [secretary, leader]) assert.ok((await hrefs(who)).includes(place.opinion));
    const own = await desk(agent), wide = await desk(officer), high = await desk(leader);
    assert.deepEqual([own.who, wide.who, high.who], ['unit', 'bureau', 'leader']);
    assert.deepEqual([own.own, own.districts, own.promises, own.week, own.lines.every(line => line.letter === null)], ['/indicators?mine=1', null, null, [], true]);
    const area = wide.districts.lines.find(line => line.label.code === '620102');
    assert.deepEqual([area.red, area.cells.length], [2, wide.districts.columns.length]);
    assert.equal(wide.districts.lines.find(line => line.label.code === '620105').red, 0);
    assert.ok(wide.landing.desk && !high.landing.desk && high.landing.href.startsWith('/indicators/claims_paid_share'));
    for (const [who, status] of [[place.delegate, 403], [place.auditor, 403], [place.server.guest(), 303]]) assert.equal((await who.get('/steering')).status, status);
    assert.match((await place.delegate.get('/api/v1/steering')).text, /公开的数/);
    for (const [who, door] of [[officer, true], [agent, true], [place.delegate, false]]) assert.equal(/href="\/steering"/.test((await who.get('/affairs')).text), door);
    for (const who of [officer, county, leader, secretary]) assert.match((await who.get('/desk')).text, /href="\/steering"/);
    for (const query of ['?year=x', '?lang=en']) assert.ok([200, 422].includes((await officer.get(`/steering${query}`)).status));
}

async function promises_that_are_not_kept(place) {
    await place.at(13);
    const { promises, targets } = await desk(place.leader);
    assert.deepEqual(promises.map(one => [one.href, one.late, one.key, one.who]),
        [[place.key, 2, true, AGENCY], [place.opinion, 8, false, AGENCY], [place.task, 3, false, AGENCY], [place.local, 3, false, WORKS]],
        'what is watched closely first, then what is late longest');
    assert.equal(targets.year, 2026);
    const plan = await begun(place.officer, 'actions', 'set_up', { sort: 'plan', keeper: BUREAU, name: '示例行动计划', source: '示例〔2026〕1 号' });
    for (const [year, money] of [[2025, '1亿元'], [2026, '2亿元']])
        await begun(place.officer, 'targets', 'set', { action: number(plan), indicator: 'contract_money', name: `${year} 年技术合同成交额`, year, money, sense: 'at_least',
            source: '示例', unit: AGENCY });
    const then = await desk(place.leader), [worst] = then.promises.filter(one => one.kind.code === 'target');
    assert.deepEqual([worst.title, worst.who, worst.day, worst.late, worst.said], ['2025 年技术合同成交额', AGENCY, '2025-12-31', 74, '0 元']);
    assert.deepEqual(then.targets.lines.map(one => [one.name, one.who, one.reached.met]), [['2026 年技术合同成交额', AGENCY, false]]);
    for (const page of [await place.leader.get('/steering'), await place.leader.get('/steering?lang=en')]) {
        assert.equal(page.status, 200);
        assert.match(page.text, /2025 年技术合同成交额/);
    }
}

async function a_deal_stands_still(place) {
    await place.at(40);
    await until(async () => await line_of(place.officer, place.deal));
    const line = await line_of(place.officer, place.deal);
    assert.deepEqual([line.colour.code, line.since, line.days, line.due, line.holder, line.turn], ['amber', day(0), 40, null, UNIT, '单位成果转化部门']);
    assert.equal((await desk(place.clerk)).lines[0].colour.code, 'amber');
}

function said(place, reply, ending) {
    const path = join(place.city.dir, `paper.${ending}`);
    assert.equal(reply.status, 200, reply.text);
    writeFileSync(path, reply.body);
    const [program, ...words] = ending === 'pdf' ? ['pdftotext', '-layout', path, '-'] : ['unzip', '-p', path, 'word/document.xml'];
    const done = spawnSync(program, words, { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    const pages = ending === 'pdf' ? Number(/Pages: +(\d+)/.exec(spawnSync('pdfinfo', [path], { encoding: 'utf8' }).stdout)[1]) : 1;
    return { text: done.stdout.replace(/<[^>]+>/g, '').replace(/\s+/g, ''), pages };
}

async function the_week_on_one_page(place) {
    for (let i = 1; i <= 22; i++)
        await begun(place.officer, 'tasks', 'assign', task({ what: `第 ${i} 件：把认定登记超过十五个工作日的合同逐件理清并写明结论`, by_day: day(70), unit: i % 2 ? AGENCY : DISTRICT }));
    await place.at(50);
    const { officer, agent } = place, { counts } = await desk(officer);
    for (const ending of ['pdf', 'docx']) {
        const { text, pages } = said(place, await officer.get(`/steering/weekly.${ending}`), ending);
        assert.equal(pages, 1, 'one page');
        for (const words of ['本周调度单', '2026年4月20日', `红灯${counts.red}件`, '理清认定登记超期的七件', AGENCY, day(10), '超40天',
            `红灯、黄灯${counts.red + counts.amber - 20}件`])
            assert.ok(text.includes(words), `${ending} lacks ${words}: ${text}`);
    }
    assert.equal((await place.secretary.get('/steering/weekly.docx')).status, 200);
    for (const [who, path, status] of [[agent, 'weekly.pdf', 403], [place.delegate, 'weekly.pdf', 403], [officer, 'weekly.zip', 404]])
        assert.equal((await who.get(`/steering/${path}`)).status, status);
    if (process.env.TQ_SHOTS) writeFileSync(join(process.env.TQ_SHOTS, 'weekly.pdf'), (await officer.get('/steering/weekly.pdf')).body);
}

async function a_letter_that_asks(place) {
    const { officer, secretary, county, agent } = place, letter = (await line_of(officer, place.task)).letter;
    for (const [who, from] of [[officer, '科技部门'], [place.office, BUREAU], [secretary, '']])
        for (const ending of ['pdf', 'docx']) {
            const { text, pages } = said(place, await who.get(letter.replace('.docx', `.${ending}`)), ending);
            for (const words of ['催办函', `${AGENCY}：`, '理清认定登记超期的七件', '2026年3月12日', '已超期40天', '交办时定的办结期限', '三个工作日', '本平台约定',
                '2026年4月21日', place.task, from])
                assert.ok(text.includes(words), `${ending} lacks ${words}: ${text}`);
            assert.equal(pages, 1);
        }
    const deal = (await line_of(officer, place.deal)).letter;
    assert.match(said(place, await officer.get(deal), 'docx').text, /含沙介质耐磨轴承涂层.*没有定期限/);
    if (process.env.TQ_SHOTS) writeFileSync(join(process.env.TQ_SHOTS, 'letter.pdf'), (await officer.get(letter.replace('.docx', '.pdf'))).body);
    for (const [who, path, status] of [[county, letter, 404], [agent, letter, 403], [officer, '/steering/letter.docx', 404], [officer, '/steering/letter.docx?kind=task&id=999', 404],
        [officer, `/steering/letter.docx?kind=account&id=${number(place.task)}`, 404], [officer, letter.replace('id=', 'id=x'), 404], [officer, `${letter}&due=pay`, 404],
        [officer, `${letter}&no=7`, 404], [place.server.guest(), letter, 303]])
        assert.equal((await who.get(path)).status, status, path);
    await done(agent, place.task, 'report', { done: '七件都有结论。', evidence: '登记编号清单〔2026〕示例 1 号' });
    await done(officer, place.task, 'close', { words: '逐件查了登记编号' });
    assert.equal((await officer.get(letter)).status, 404, 'what is done is asked for no more');
    assert.equal(await line_of(officer, place.task), undefined);
}

/* Of a deal under way: what its contract brings about besides the pier at which it stands. */
async function deadlines_of_a_deal(engine) {
    const place = await campus(engine);
    try {
        const made = await place.clerk.post('/api/v1/deals', { achievement: number(place.achievement) }), deal = made.json.id;
        assert.equal(made.status, 201, made.text);
        for (const [at, name, values] of way.slice(0, way.findIndex(([, step]) => step === 'registered'))) {
            if (place.day < at) await place.at(at);
            await goes_on(place.clerk, deal, name, values);
        }
        await place.at(60);
        const held = async who => (await desk(who)).lines.filter(line => line.href === `/deals/${deal}`);
        await until(async () => (await held(place.officer)).length === 2);
        const [late, pier] = await held(place.officer);
        assert.deepEqual([late.what, late.turn, late.outside, late.colour.code, late.since, late.due, late.late], ['登记机构应当完成认定登记', '登记机构', true, 'red', null, '2026-04-13', 18]);
        assert.deepEqual([pier.what, pier.turn, pier.colour.code, pier.due, pier.days], ['登记', '登记机构', 'amber', null, 40]);
        assert.match(late.letter, /&due=register&no=0$/);
        const { text } = said(place, await place.officer.get(late.letter), 'docx');
        for (const words of ['登记机构（示例丙学院的项目）：', '登记机构应当完成认定登记', '2026年4月13日', '已超期18天', '技术合同认定登记管理办法']) assert.ok(text.includes(words), text);
        assert.deepEqual(await held(place.clerk), [], 'it is with the agency, not with the unit');
    } finally {
        await place.city.end();
    }
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with its departments`, async () => {
            place = await hall(engine);
            await tasks_begin(place);
            await a_firm_that_hides(place);
            await an_opinion_is_promised(place);
            await a_deal_begins(place);
        });
        await test(`${engine}: amber on the last day, red on the day after`, () => colours_at_the_boundary(place));
        await test(`${engine}: each sees what is his`, () => each_sees_his_own(place));
        await test(`${engine}: promises that were not kept`, () => promises_that_are_not_kept(place));
        await test(`${engine}: a deal that stands still`, () => a_deal_stands_still(place));
        await test(`${engine}: the week's sheet is one page`, () => the_week_on_one_page(place));
        await test(`${engine}: a letter that asks for what is late`, () => a_letter_that_asks(place));
    } finally {
        await place?.city.end();
    }
    await test(`${engine}: deadlines of a deal besides its pier`, () => deadlines_of_a_deal(engine));
}
finish();
