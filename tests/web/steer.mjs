// Tasks between departments over HTTP: assigned, objected to, moved on, urged, closed; sent twice, two at once, bad input; a plan as a tree whose
// gaps show, a target that was changed in mid-year, a task force whose weekly round is drawn up, a reform that ends; and who sees none of it.
import { test, finish, engines, root, until } from './house.mjs';
import { begun, done, entries, fill_in, form_on, look, number, refused, state, step, step_of, value } from './matters.mjs';
import { town } from './town.mjs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const BUREAU = '示例市科学技术局', AGENCY = '示例市技术市场管理中心', DISTRICT = '示例城关区科技局';
const ACCOUNTS = [['chief', '局里张三', BUREAU, 'member'], ['agent', '中心王五', AGENCY, 'member'], ['helper', '区里孙七', DISTRICT, 'member'],
    ['county', '区里工作人员', '', 'county_officer@620102'], ['secretary', '秘书李四', '', 'secretary'], ['stranger', '厂里赵六', '示例甲机械厂', 'member'],
    ['auditor', '审计员', '', 'auditor']];
const DAY = days => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
const task = values => ({ assigner: BUREAU, what: '理清认定登记超期的七件', deliver: '七件各有结论，附登记编号。', unit: AGENCY, by_day: DAY(30), level: 'ordinary', ...values });
const NAMED = { handler: '示例王五', phone: '0931-7654321' };
const REPORT = { done: '七件都有结论。', evidence: '登记编号清单〔2026〕示例 1 号' };

async function hall(engine) {
    const place = await town(engine, []);
    for (const [name, region] of [[BUREAU, '620100'], [AGENCY, '620100'], [DISTRICT, '620102']]) {
        const made = await place.officer.post('/api/v1/parties', { name, side: 'government', region: [region], contact: '示例钱八', phone: '0931-1234567' });
        assert.equal(made.status, 201, made.text);
        if (name === BUREAU) place.bureau = made.json.id;
    }
    await place.server.stop();
    const password = place.city.accounts(ACCOUNTS);
    place.server = await place.city.serve();
    place.officer = await place.server.signIn('officer', place.officer_password);
    for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, password);
    return place;
}

/* The officer's form, as a browser sends it; each step by whose turn it is. */
async function from_assignment_to_closing({ officer, agent, chief, helper, stranger, auditor }) {
    const form = await fill_in(officer, '/tasks/new', task({ level: 'key', leader: '', money: '10万元', program: '示例科技专项' }));
    assert.equal(form.status, 422);
    assert.match(form.text, /由哪位领导领衔/);
    const made = await fill_in(officer, '/tasks/new', task({ level: 'key', leader: '示例副市长 张某', money: '10万元', program: '示例科技专项' }));
    assert.equal(made.status, 303, made.text);
    const at = made.location;
    for (const who of [helper, stranger]) assert.equal((await who.get(at)).status, 404);
    assert.equal((await look(auditor, at)).line, false);
    assert.match((await agent.get('/desk')).text, new RegExp(`href="${at}"`));
    assert.match((await agent.get('/affairs')).text, /协同推进/);
    for (const [who, sees] of [[officer, true], [agent, true], [stranger, false], [helper, false]])
        assert.equal((await who.get('/api/v1/watched')).json.watched.lines.some(one => one.href === at && one.leader === '示例副市长 张某'), sees);
    assert.equal((await agent.get('/api/v1/watched')).json.watched.more, false);
    await refused(step(agent, at, 'move', { unit: DISTRICT, why: '转给他们办' }), 403, /由交办单位来办/);
    const once = await agent.form(at, { ...form_on((await agent.get(at)).text).hidden, ...NAMED });
    assert.equal(once.status, 303, once.text);
    await refused(step(agent, at, 'object', { why: '签收以后再提异议' }), 409, /现在还不能/);
    assert.equal((await step(agent, at, 'progress', { percent: 40, done: '三件补正完了。', spent: '6万元' })).status, 200);
    await refused(step(agent, at, 'progress', { percent: 50, done: '五件补正完了。', spent: '5万元' }), 422, /还剩 4 万元/);
    await done(officer, at, 'urge', { who: '示例科长 李某', why: '两周没有进展，请说明。' });
    await until(async () => /被督办/.test((await agent.get('/inbox')).text), 20_000);
    await done(agent, at, 'answer', { answer: '本周补正完，下周出结论。' });
    await done(agent, at, 'report', REPORT);
    await refused(step(agent, at, 'close', { words: '自己核的' }), 403, /由交办单位来办/);
    await done(chief, at, 'return', { words: '差两件的登记编号' });
    await done(agent, at, 'report', { ...REPORT, evidence: '登记编号清单〔2026〕示例 2 号' });
    await done(officer, at, 'close', { words: '逐件查了登记编号' });
    const seen = await look(officer, at);
    assert.deepEqual([seen.state.code, value(seen, 'spent'), seen.steer.figures[0].number], ['closed', '6000000', 100]);
    assert.deepEqual(entries(seen, 'task_report').map(one => one.fields.find(field => field.name === 'verdict').value.code ?? one.fields.find(field => field.name === 'verdict').value),
        ['closed', 'returned']);
    assert.ok(seen.history.length >= 8);
}

async function a_unit_that_refuses({ officer, agent, helper, county, secretary }) {
    await refused(county.post('/api/v1/tasks', { step: 'assign', ...task() }), 403, /由兰州市的工作人员决定/);
    const at = await begun(officer, 'tasks', 'assign', task());
    await done(agent, at, 'object', { why: '件都在城关区，应由区里办。', suggest: DISTRICT });
    await done(secretary, at, 'move', { unit: DISTRICT, why: '同意，改由城关区办' });
    assert.equal((await agent.get(at)).status, 404, 'it is no longer his');
    const seen = await look(helper, at);
    assert.equal(seen.state.code, 'assigned');
    assert.match((await officer.get(at)).text, /件都在城关区，应由区里办。[^]*同意，改由城关区办/);
    await refused(step(helper, at, 'object', { why: '' }), 422, /异议理由/);
    await done(helper, at, 'accept', NAMED);
    const part = await begun(helper, 'task-parts', 'ask', { task: number(at), party: AGENCY, ask: '请报两件的登记编号。', by_day: DAY(20) });
    assert.equal((await look(agent, at)).state.code, 'running', 'who is asked for help reads what for');
    await done(agent, part, 'refuse', { refusal: '两件不在中心的系统里' });
    assert.match((await officer.get(at)).text, /不协办/);
}

async function bad_input_twice_and_two_at_once({ officer, agent, chief, stranger, server }) {
    for (const [values, words] of [[{ unit: '没有这个单位' }, /没有这个单位|找不到/], [{ by_day: '2026-02-30' }, /日期|日历/], [{ by_day: DAY(-1) }, /今天之后/], [{ level: 'x' }, /督办等级/],
        [{ money: '1e400' }, /资金|金额/], [{ about_kind: 'party', about: '1' }, /任务从哪里来/], [{ about_kind: 'x'.repeat(40), about: '1' }, /来源类别|任务从哪里来/],
        [{ about: '7' }, /任务从哪里来/], [{ unit: BUREAU }, /不能是同一个/], [{ what: '' }, /要办的事/], [{ what: '长'.repeat(200) }, /要办的事/]])
        await refused(officer.post('/api/v1/tasks', { step: 'assign', ...task(values) }), 422, words);
    for (const values of [{ about_kind: 'action', about: '99999' }, { about_kind: 'mechanism', about: '99999' }])
        await refused(officer.post('/api/v1/tasks', { step: 'assign', ...task(values) }), 404, /没有这条/);
    assert.equal((await officer.post('/api/v1/tasks', { step: 'assign', ...task(), nothing: 1 })).status, 422);
    assert.equal((await officer.get('/tasks/new?about_kind=action&about=x')).status, 200);
    assert.equal((await officer.get('/tasks/new?about_kind=account&about=-1')).status, 200);
    const request_id = `twice-${Date.now()}`;
    const [one, two] = [await officer.post('/api/v1/tasks', { step: 'assign', ...task(), request_id }), await officer.post('/api/v1/tasks', { step: 'assign', ...task(), request_id })];
    assert.deepEqual([one.status, two.status, one.json.id], [201, 201, two.json.id]);
    const at = `/tasks/${one.json.id}`;
    const both = await Promise.all([step_of(agent, at, 1, 'accept', NAMED), step_of(officer, at, 1, 'drop', { drop_why: '不用办了' })]);
    assert.deepEqual(both.map(reply => reply.status).sort(), [200, 409]);
    assert.ok(['running', 'dropped'].includes(await state(officer, at)));
    const money = await begun(chief, 'tasks', 'assign', task({ money: '10万元', program: '示例科技专项' }));
    await done(agent, money, 'accept', NAMED);
    const spent = await Promise.all([1, 2, 3].map(() => step_of(agent, money, 2, 'progress', { percent: 10, done: '用了七万元。', spent: '7万元' })));
    assert.deepEqual(spent.map(reply => reply.status).sort(), [200, 409, 409]);
    assert.equal(value(await look(chief, money), 'spent'), '7000000');
    assert.equal((await stranger.get('/api/v1/tasks')).json.matters.lines.length, 0);
    assert.equal((await server.guest().get('/tasks')).status, 303, 'a visitor is asked who he is');
}

/* Public money by a policy: chosen by its name, also by who has no organisation; the task's page leads to it. */
async function money_by_a_policy({ officer, agent }) {
    const made = await officer.post('/api/v1/policies', { title: '示例登记提速补助', gives: '示例：能享受的好处写在这里。', basis: '示例〔2026〕1号', region: ['620100'] });
    assert.equal(made.status, 201, made.text);
    assert.match((await officer.get('/tasks/new')).text, new RegExp(`<option value="${made.id}">示例登记提速补助`));
    await refused(officer.post('/api/v1/tasks', { step: 'assign', ...task({ money: '10万元' }) }), 422, /哪个专项或者按哪项政策/);
    await refused(officer.post('/api/v1/tasks', { step: 'assign', ...task({ money: '10万元', policy: '12345' }) }), 422, /没有这条政策/);
    const at = await begun(officer, 'tasks', 'assign', task({ money: '10万元', policy: made.id }));
    assert.match((await agent.get(at)).text, new RegExp(`href="/policies/${made.id}"[^>]*>示例登记提速补助`));
}

/* The tree shows what is missing, to everybody. */
async function a_plan_with_its_gaps({ officer, agent, stranger, county, server }) {
    const plan = await begun(officer, 'actions', 'set_up', { sort: 'plan', keeper: BUREAU, name: '示例行动计划', source: '示例计划〔2026〕1 号' });
    const form = form_on((await officer.get(`/actions/new?parent=${number(plan)}`)).text);
    assert.match(form.text, new RegExp(`value="${BUREAU}"`), 'whoever keeps the plan keeps what is under it');
    const under = await begun(officer, 'actions', 'set_up', { parent: number(plan), sort: 'action', name: '示例强科技行动', source: '示例计划〔2026〕1 号' });
    await refused(county.post('/api/v1/actions', { step: 'set_up', parent: number(plan), sort: 'action', name: '示例区里的行动', source: '示例' }), 403, /由兰州市的工作人员决定/);
    await refused(officer.post('/api/v1/actions', { step: 'set_up', parent: '12345', sort: 'action', name: '示例无根的行动', source: '示例' }), 404, /没有这条/);
    const target = await begun(officer, 'targets', 'set', { action: number(under), indicator: 'contract_money', name: '技术合同成交额', year: 2026, money: '135亿元',
        sense: 'at_least', source: '示例计划〔2026〕1 号', article: '第三条' });
    await begun(officer, 'targets', 'set', { action: number(under), indicator: 'hi_tech_firms', name: '高新技术企业', year: 2027, measure: 'firm', sense: 'at_least', source: '示例' });
    await done(officer, target, 'change', { money: '120亿元', why: '上半年签约下降', source: '示例年中会议纪要' });
    await refused(step(agent, target, 'change', { money: '1元', why: '改小一些', source: '示例' }), 403, /由管理单位来办/);
    const late = await begun(officer, 'tasks', 'assign', task({ about_kind: 'action', about: number(under) }));
    const moving = await begun(officer, 'tasks', 'assign', task({ what: '盯住签约下降的三个区', indicator: 'contract_money', goal: '不低于 120 亿元' }));
    const names = async (who, at) => (await look(who, at)).steer.lists.map(list => [list.kind.code, list.lines.map(line => line.href)]);
    assert.deepEqual((await names(officer, moving)), [['targets', [target]]], 'from the task to what it is to move');
    assert.deepEqual((await names(officer, target)), [['moves', [moving]]], 'and back');
    assert.deepEqual((await names(server.guest(), target)), [], 'the task is for its sides');
    const guest = server.guest();
    const page = await guest.get(plan);
    assert.equal(page.status, 200);
    assert.match(page.text, /没有责任单位[^]*目标数未取得/);
    assert.match(page.text, /从“不低于 135 亿元”改为“不低于 120 亿元”，因为上半年签约下降/);
    const { tree, figures } = (await guest.get(`/api/v1${plan}`)).json.matter.steer;
    assert.deepEqual(tree.nodes.map(node => [node.depth, node.name, node.unit, node.all, node.open]), [[1, '示例行动计划', null, 1, 1], [2, '示例强科技行动', null, 1, 1]]);
    assert.deepEqual(tree.nodes[1].targets.map(one => [one.year, one.said]), [[2026, '不低于 120 亿元'], [2027, null]]);
    assert.deepEqual(figures.map(figure => figure.number), [0, 2, 0, 2, 2, 1, 1, 0, 0]);
    assert.doesNotMatch(page.text, new RegExp(late), 'the task itself is for its sides');
    assert.match((await officer.get(under)).text, new RegExp(`href="${late}"`), 'from the source to its task');
    assert.match((await officer.get(late)).text, new RegExp(`href="${under}"`), 'and from the task to its source');
    assert.match((await officer.get(`${plan}?lang=en`)).text, /No unit|no unit/i);
    await done(officer, under, 'change', { unit: AGENCY, why: '会上定的单位' });
    assert.match((await stranger.get(plan)).text, new RegExp(`责任单位：${AGENCY}`));
    const [line] = (await guest.get('/api/v1/plans')).json.plans.lines.filter(one => one.href === plan);
    assert.deepEqual(line.figures.map(figure => figure.number), [0, 2, 0, 1, 2, 1, 1, 0, 0], 'the unit is set now');
    for (const [who, door] of [[officer, true], [agent, true], [stranger, false], [guest, false]]) assert.equal(/立行动计划/.test((await who.get('/plans')).text), door);
    await refused(stranger.post('/api/v1/actions', { step: 'set_up', sort: 'plan', name: '示例厂的计划', source: '示例' }), 422, /要是政府部门/);
    await refused(step(officer, plan, 'finish', { outcome: '都办完了。' }), 409, /1 项行动/);
}

async function a_force_and_its_week({ officer, chief, agent, helper, stranger }) {
    const at = await begun(chief, 'mechanisms', 'set_up', { sort: 'force', name: '示例登记提速专班', purpose: '把超期的认定登记办完。', convener: '示例副局长 李某',
        contact: '示例赵六', phone: '0931-1234567' });
    await done(officer, at, 'member', { party: DISTRICT, name: '示例孙七', post: '副局长' });
    assert.match((await helper.get('/mechanisms')).text, new RegExp(`href="${at}"`), 'a member finds it in his list');
    assert.equal((await stranger.get(at)).status, 404);
    const job = await begun(officer, 'tasks', 'assign', task({ about_kind: 'mechanism', about: number(at) }));
    await done(agent, job, 'accept', NAMED);
    await done(agent, job, 'progress', { percent: 40, done: '三件补正完了。', stuck: '等专家审核' });
    const page = (await chief.get(`${at}?step=round`)).text;
    assert.match(page, /办到 40%，三件补正完了。[^]*办理中，等专家审核/);
    const sent = await fill_in(chief, `${at}?step=round`, { moved: '三件补正完了。', stuck: '等专家审核', next: '请两位专家周三到。' }, at);
    assert.equal(sent.status, 303, sent.text);
    const round = entries(await look(helper, at), 'mech_round')[0].fields;
    assert.equal(round.find(field => field.name === 'open').value, 1);
    await refused(step(helper, at, 'round', { moved: '三件', next: '再等' }), 403, /由牵头单位来办/);
    await refused(step(chief, at, 'dissolve', { end_why: '都办完了' }), 409, /没有销号/);
    const hidden = (await stranger.get(`/tasks/new?about_kind=mechanism&about=${number(at)}`)).text;
    for (const word of [`value="${BUREAU}"`, '示例登记提速专班']) assert.ok(!hidden.includes(word), `nor does the form tell ${word}`);
    assert.ok((await helper.get(`/tasks/new?about_kind=mechanism&about=${number(at)}`)).text.includes(`value="${BUREAU}"`));
    await refused(stranger.post('/api/v1/tasks', { step: 'assign', ...task({ assigner: '示例甲机械厂', about_kind: 'mechanism', about: number(at) }) }), 404, /没有这条/);
}

async function a_reform({ officer, helper, stranger }) {
    const reform = { step: 'list', keeper: BUREAU, name: '示例公示期试点', measure: '示例：部分成果先转后公示。', unit: DISTRICT, relaxes: '公示与合同并行', basis: '示例批复〔2026〕1 号第二条',
        rule: 'R03', from_day: DAY(0), until_day: DAY(90) };
    await refused(officer.post('/api/v1/reforms', { ...reform, rule: 'R999' }), 422, /没有 R999/);
    await refused(officer.post('/api/v1/reforms', { ...reform, rule: '../etc' }), 422, /没有 \.\.\/etc/);
    await refused(officer.post('/api/v1/reforms', { ...reform, until_day: DAY(-2) }), 422, /之后/);
    const made = await officer.post('/api/v1/reforms', reform);
    assert.equal(made.status, 201, made.text);
    const at = `/reforms/${made.json.id}`;
    await refused(step(officer, at, 'spread', { reason: '效果好，全市推广。' }), 409, /还没有报结果/);
    await done(helper, at, 'report', { what: '试了三件，都签了合同。', risks: '无' });
    assert.equal((await stranger.get(at)).status, 404);
    await done(officer, at, 'prolong', { until_day: DAY(180), why: '再试半年看看。' });
    await refused(step(officer, at, 'spread', { reason: '效果好，全市推广。' }), 409, /延期以后/);
    await done(helper, at, 'report', { what: '又试了五件，都签了合同。', risks: '无' });
    await done(officer, at, 'spread', { reason: '效果好，全市推广。' });
    assert.equal((await stranger.get(at)).status, 200, 'what is spread is for everybody');
}

/* Whole or not at all; again it changes nothing. The example's figures are those of the rulebook's R100 and R101, each with its source. */
async function a_plan_comes_in_as_a_table(place) {
    const { city } = place, file = join(city.dir, 'plan.tsv'), head = '层级\t代码\t上级\t管理单位\t名称\t年度\t目标金额\t来源\t怎样算达到\n';
    const wrong = (text, words) => {
        writeFileSync(file, head + text);
        const told = city.try('plan', file);
        assert.deepEqual([told.status, words.test(told.stderr)], [1, true], told.stderr);
    };
    await place.server.stop();
    const plan = `行动计划\tp\t\t${BUREAU}\t示例表里的计划\t2026\t\t示例\t\n`;
    wrong(`${plan}目标\tcontract_money\tq\t\t合同额\t2026\t1亿元\t示例\t不低于\n`, /第 3 行：上级没有写在它前面/);
    wrong(`${plan}目标\tcontract_money\tp\t\t合同额\t2026\t许多钱\t示例\t不低于\n`, /第 3 行/);
    wrong(`${plan}目标\tcontract_money\tp\t\t合同额\t2026年\t1亿元\t示例\t不低于\n`, /第 3 行/);
    wrong('行动计划\tp\t\t没有这个单位\t示例表里的计划\t2026\t\t示例\t\n', /第 2 行/);
    const example = join(root, 'example/lanzhou/plan.tsv');
    assert.match(city.try('plan', example).stderr, /写入 3 项行动、23 个目标，另外 0 行已经有了/);
    assert.match(city.try('plan', example).stderr, /写入 0 项行动、0 个目标，另外 26 行已经有了/);
    /* named by its number, and below it nobody again: twice is once */
    writeFileSync(file, `${head}行动计划\tp\t\t${place.bureau}\t示例编号的计划\t2026\t\t示例\t\n行动\ta\tp\t\t示例编号的行动\t2026\t\t示例\t\n`);
    assert.match(city.try('plan', file).stderr, /写入 2 项行动、0 个目标，另外 0 行已经有了/);
    assert.match(city.try('plan', file).stderr, /写入 0 项行动、0 个目标，另外 2 行已经有了/);
    place.server = await city.serve();
    const visitor = place.server.guest();
    const plans = (await visitor.get('/api/v1/actions')).json.matters.lines;
    assert.ok(!plans.some(line => line.title === '示例表里的计划'), 'of a table with a wrong row nothing is written');
    const root_plan = plans.find(line => line.title.startsWith('兰州市 2025 年'));
    const { tree } = (await visitor.get(`/api/v1${root_plan.href}`)).json.matter.steer;
    const targets = tree.nodes.flatMap(node => node.targets);
    assert.deepEqual(targets.filter(one => one.year === 2025).map(one => one.said), ['不低于 1500 项', '不低于 350 项', '不低于 20 场', '不低于 100 项', '不低于 50 家',
        '累计不低于 900 名', '不低于 1300 家', '不低于 135 亿元']);
    assert.deepEqual([...new Set(targets.filter(one => one.year === 2026).map(one => one.said))], [null], 'what is not known is no figure');
    assert.ok(targets.every(one => one.unit === null && one.source), 'no unit was named, each has its source');
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with its departments`, async () => { place = await hall(engine); });
        await test(`${engine}: a task from its assignment to its closing`, () => from_assignment_to_closing(place));
        await test(`${engine}: a unit that refuses stays in the record`, () => a_unit_that_refuses(place));
        await test(`${engine}: bad input, twice, two at once`, () => bad_input_twice_and_two_at_once(place));
        await test(`${engine}: public money by a policy`, () => money_by_a_policy(place));
        await test(`${engine}: a plan shows its gaps, and what was changed`, () => a_plan_with_its_gaps(place));
        await test(`${engine}: a task force draws up its week`, () => a_force_and_its_week(place));
        await test(`${engine}: a reform is prolonged and spread by its results`, () => a_reform(place));
        await test(`${engine}: a plan comes in as a table`, () => a_plan_comes_in_as_a_table(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
