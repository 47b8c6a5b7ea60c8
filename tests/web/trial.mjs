// First use: a trial from the application to the first purchase, its proof written back; try-first licences that cross no other right;
// tender texts looked through.
import { test, finish, engines } from './house.mjs';
import { DIGEST, begun, day, entries, field, id_of } from './pilot_town.mjs';
import { step } from './steps.js';
import { made_by, town, OURS, THEIRS, THIRD } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['firm', '甲厂成员', OURS, 'member'], ['host', '乙所场景负责人', THEIRS, 'member'], ['rights', '丙学院成员', THIRD, 'member'], ['auditor', '审计员', '', 'auditor']];
const APPLY = { step: 'apply', product: '示例耐磨轴承', trl: 6, wants: '在含沙介质泵上装三台，连续试用三个月。', name: '张三', phone: '0931-1234567' };
const REPORT = { summary: '三项指标按最近读数如下，原始记录在案。', digest: DIGEST };

async function opened(engine) {
    const place = await town(engine, ACCOUNTS);
    for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
    place.scenario = await made_by(place.host, '/scenarios', { title: '示例含沙泵站试用场景', about: '黄河泵站开放三台离心泵，供耐磨轴承和密封试用，有人配合。', form: ['trial', 'first_buy'], trl: 5 });
    place.achievement = await made_by(place.rights, '/achievements', { title: '含沙介质耐磨轴承', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。', trl: 6 });
    return place;
}

async function applied({ firm, host, rights, scenario, server }, values = {}) {
    void rights; void server;
    const trial = await begun(firm, 'trials', { ...APPLY, scenario: id_of(scenario), ...values });
    await trial.took(host, 'accept', { answerer: '王五', answer_phone: '0931-7654321' });
    return trial;
}

async function the_plan(place) {
    const { firm, host, scenario, achievement } = place;
    const low = await firm.post('/api/v1/trials', { ...APPLY, scenario: id_of(scenario), trl: 4 });
    assert.deepEqual([low.status, low.json.field, /至少 TRL 5/.test(low.text)], [422, 'trl', true]);
    assert.equal((await host.post('/api/v1/trials', { ...APPLY, scenario: id_of(scenario) })).status, 409, 'not one\'s own');
    const secret = await made_by(place.rights, '/achievements', { title: '还没有公开的涂层工艺', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。', trl: 6 });
    await place.rights.post(`/api/v1${secret}/close`, { ver: 1 });
    const closed = await firm.post('/api/v1/trials', { ...APPLY, scenario: id_of(scenario), achievement: id_of(secret) });
    assert.deepEqual([closed.status, closed.text.includes('工艺')], [404, false], 'what is closed is not there');
    const refused = await begun(firm, 'trials', { ...APPLY, scenario: id_of(scenario) });
    await refused.took(host, 'refuse', { refusal: 'site', refusal_why: '汛期不能停泵' });
    const trial = place.trial = await applied(place, { achievement: id_of(achievement) });
    const plan = { begins: day(0), ends: day(90), site: '三号泵，试用方承担安装费。' };
    assert.match((await trial.take(host, 'plan', plan)).text, /还没有指标/);
    assert.equal((await trial.take(host, 'aim', { name: '寿命', sense: 'at_least', target: '八千', unit: '小时' })).json.field, 'target');
    await trial.took(host, 'aim', { name: '寿命', sense: 'at_least', target: '8,000', unit: '小时' });
    await trial.took(host, 'aim', { name: '磨损', sense: 'at_most', target: '0.35', unit: 'mm' });
    assert.equal((await trial.take(host, 'plan', { ...plan, ends: day(-1) })).json.field, 'ends');
    await trial.took(host, 'plan', plan);
    await trial.took(firm, 'agree');
    assert.equal((await trial.seen(firm)).due, day(90));
}

async function the_readings({ firm, host, rights, trial }) {
    const outcome = { ...REPORT, outcome: 'reached', trl_proved: 8 };
    assert.match((await trial.take(host, 'report', outcome)).text, /第 1 项指标还没有读数/);
    assert.equal((await trial.take(firm, 'read', { aim: 3, day: day(0), value: '1' })).json.field, 'aim');
    assert.equal((await trial.take(firm, 'read', { aim: 1, day: day(1), value: '1' })).json.field, 'day');
    await trial.took(firm, 'read', { aim: 1, day: day(0), value: '7999.999999' });
    await trial.took(host, 'read', { aim: 2, day: day(0), value: '0.35' });
    const wrong = await trial.take(host, 'report', outcome);
    assert.deepEqual([wrong.status, wrong.json.field, /2 项指标达到 1 项/.test(wrong.text)], [422, 'outcome', true], 'what is said is what the readings say');
    await trial.took(host, 'read', { aim: 1, day: day(0), value: '8000' });
    const seen = await trial.seen(rights);
    assert.deepEqual(seen.hire.aims.map(one => [one.value, one.met]), [['8000', true], ['0.35', true]]);
    await trial.took(host, 'report', outcome);
    await trial.took(firm, 'object', { objection: '请补磨损的照片' });
    await trial.took(host, 'report', outcome);
    await trial.took(firm, 'confirm');
    assert.equal((await trial.seen(firm)).state.code, 'deciding');
}

async function the_proof_goes_back({ firm, rights, server, trial, achievement }) {
    assert.equal((await trial.take(firm, 'write_back', { trl_written: 7 })).status, 403);
    assert.equal((await trial.take(rights, 'write_back', { trl_written: 9 })).status, 422, 'not above what was proved');
    await trial.took(rights, 'write_back', { trl_written: 8 });
    assert.equal(field((await server.guest().get(`/api/v1${achievement}`)).json.record, 'trl'), 8);
}

async function the_first_purchase({ firm, host, rights, server, trial, scenario }) {
    const buy = { public_buyer: true, first_market: true, record_asked: true, record_scored: false, contract: 'CG-1', amount: '18万元', units: 3, bought_on: day(0) };
    const shut = await trial.take(host, 'buy', buy);
    assert.deepEqual([shut.status, shut.json.answers?.map(one => one.rule)], [409, ['R84']], shut.text);
    assert.match(shut.text, /以商业业绩为资格条件/);
    assert.equal((await trial.take(host, 'buy', { ...buy, record_asked: false, record_scored: true })).status, 409);
    await trial.took(host, 'buy', { ...buy, record_asked: false });
    assert.equal(field(await trial.seen(firm), 'amount'), '18000000');
    assert.equal(field(await trial.seen(rights), 'amount'), undefined, 'what it cost is not for the owner of the achievement');
    const { trials } = (await server.guest().get(`/api/v1${scenario}`)).json.record.hire;
    assert.deepEqual([trials.trials, trials.refused, trials.reached, trials.bought], [2, 1, 1, 1]);
    assert.match((await firm.get(scenario)).text, /href="\/trials\/new\?scenario=\d+"/);
}

async function a_failure_stays(place) {
    const { firm, host, server, scenario } = place;
    const trial = await applied(place);
    await trial.took(host, 'aim', { name: '寿命', sense: 'at_least', target: '8000', unit: '小时' });
    await trial.took(host, 'plan', { begins: day(0), ends: day(30), site: '一号泵。' });
    await trial.took(firm, 'agree');
    await trial.took(firm, 'read', { aim: 1, day: day(0), value: '2100' });
    await trial.took(host, 'report', { ...REPORT, outcome: 'failed' });
    await trial.took(firm, 'confirm');
    const seen = await trial.seen(firm);
    assert.deepEqual([seen.state.code, field(seen, 'met'), entries(seen, 'trl_evidence').length], ['closed', 0, 1]);
    assert.equal((await server.guest().get(`/api/v1${scenario}`)).json.record.hire.trials.failed, 1);
}

const ASK = { step: 'ask', used_for: '装在自产的含沙泵上，先试两百台。', name: '张三', phone: '0931-1234567' };
const TERMS = { free_from: day(0), free_until: day(180), price: '50万元', licence: 'sole', open_licensed: false, pays_when: '累计销售满一百台', exit_terms: '三十日内停用并退回图纸' };

async function try_first({ firm, host, rights, achievement }) {
    const licence = await begun(firm, 'try_licences', { ...ASK, achievement: id_of(achievement) });
    const bare = await licence.take(rights, 'offer', TERMS);
    assert.deepEqual([bare.status, bare.json.answers?.map(one => one.rule)], [409, ['R14']], bare.text);
    await licence.took(rights, 'mark', { name: '装机二十台', by_day: day(60) });
    assert.deepEqual((await licence.take(rights, 'offer', { ...TERMS, open_licensed: true })).json.answers?.map(one => one.rule), ['R13-1']);
    assert.equal((await licence.take(rights, 'offer', { ...TERMS, exit_terms: '' })).status, 409, 'how to leave');
    await licence.took(rights, 'offer', TERMS);
    await licence.took(firm, 'sign', { contract: 'XK-1' });
    const second = await begun(host, 'try_licences', { ...ASK, achievement: id_of(achievement) });
    await second.took(rights, 'mark', { name: '装机十台', by_day: day(60) });
    assert.match((await second.take(rights, 'offer', { ...TERMS, licence: 'plain' })).text, /独占或排他许可期内/);
    await licence.took(firm, 'reached', { reached_on: day(0), proof: '装机清单' });
    await licence.took(firm, 'convert', { triggered_on: day(0), triggered_why: '累计销售一百零二台' });
    await licence.took(firm, 'pay', { paid_on: day(0), payment: 'PZ-9' });
    assert.match((await licence.take(rights, 'link')).text, /还没有以被许可方为受让方的转化项目/);
    const deal = await rights.post('/api/v1/deals', { achievement: id_of(achievement) });
    assert.equal(deal.status, 201, deal.text);
    // The evaluation begins at the TRL that the trial proved: eight levels of evidence are asked for.
    const evidence = [1, 2, 3, 4, 5, 6, 7, 8].map(level => `第 ${level} 级 示例报告`).join('\n');
    for (const [name, values] of [['title', {}], ['value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence }],
        ['price', { way: 'license', pricing: 'agreement', price: '50万元', buyer: OURS, buyer_nature: 'private', ground: '按先用后付的约定' }]]) {
        const done = await step(rights, deal.json.id, name, values);
        assert.equal(done.status, 200, `${name}: ${done.text}`);
    }
    await licence.took(rights, 'link');
    assert.deepEqual([(await licence.seen(firm)).state.code, field(await licence.seen(firm), 'deal')], ['closed', deal.json.id]);
    assert.equal((await host.get(`/api/v1${licence.at}`)).status, 404);
}

/** An unpaid licence does not keep the achievement from others for good; nor is a stale offer signed. */
async function left_unpaid(place) {
    const { firm, host, rights } = place;
    const achieved = await made_by(rights, '/achievements', { title: '含沙介质密封', abstract: '用于含沙介质的离心泵的机械密封，寿命提高一倍以上。', trl: 6 });
    const licence = await begun(firm, 'try_licences', { ...ASK, achievement: id_of(achieved) });
    await licence.took(rights, 'mark', { name: '装机二十台', by_day: day(60) });
    await licence.took(rights, 'offer', TERMS);
    await licence.took(firm, 'sign', { contract: 'XK-2' });
    await licence.took(firm, 'convert', { triggered_on: day(0), triggered_why: '累计销售一百零二台' });
    assert.match((await licence.take(rights, 'rescind', { left_why: '没有付款' })).text, /付款期限还没有过/);
    const taken_back = await begun(host, 'try_licences', { ...ASK, achievement: id_of(achieved) });
    await taken_back.took(rights, 'refuse', { refusal: 'exclusive', refusal_why: '已许可他人' });
    await place.server.stop();
    place.server = await place.city.serve({ env: { TQ_CLOCK_MS: String(Date.now() + 60 * 86_400_000) } });
    for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
    licence.ver = (await licence.seen(place.rights)).ver; /* that it is late is a version too */
    await licence.took(place.rights, 'rescind', { left_why: '过期没有付款' });
    assert.equal((await licence.seen(place.rights)).state.code, 'left');
    const next = await begun(place.host, 'try_licences', { ...ASK, achievement: id_of(achieved) });
    await next.took(place.rights, 'mark', { name: '装机十台', by_day: day(120) });
    await next.took(place.rights, 'offer', { ...TERMS, free_from: day(0), free_until: day(59) });
    assert.match((await next.take(place.host, 'sign', { contract: 'XK-3' })).text, /免费期已经过去/);
}

async function tender_texts({ server }) {
    const guest = server.guest();
    assert.equal((await guest.get('/tender-check')).status, 200);
    const text = '一、采购需求\n轴承二十套，寿命不低于8000小时。\n二、资格条件\n投标人须具有近三年内不少于三项类似项\n目业绩，并提供合同复印件；须有检测报告。\n三、评分\n市场占有率前五的得5分。';
    const found = (await guest.post('/api/v1/tender-check', { text, public: 'yes' })).json.tender;
    assert.deepEqual(found.marks.map(one => [one.sort.code, one.scored]), [['record', false], ['share', true]]);
    assert.match(found.marks[0].sentence, /^投标人须具有/, 'a line that the page broke is one sentence');
    assert.equal(found.answer.verdict, 'no');
    assert.match(found.article.text, /不得以商业业绩为由予以限制/);
    assert.equal((await guest.post('/api/v1/tender-check', { text, public: 'no' })).json.tender.answer.verdict, 'not applicable');
    assert.deepEqual((await guest.post('/api/v1/tender-check', { text, public: '' })).json.tender.answer.asks, ['属于政府采购']);
    assert.equal((await guest.post('/api/v1/tender-check', { text: ' ' })).status, 422);
    const dropped = await guest.upload('/tender-check', { public: 'yes' }, { name: '示例采购文件.txt', bytes: text });
    assert.match(dropped.text, /示例采购文件\.txt/);
    assert.match(dropped.text, /找到 2 处/);
    const page = await guest.form('/tender-check', { text, public: 'yes' });
    assert.match(page.text, /找到 2 处/);
    assert.match((await guest.form('/tender-check', { text: '', public: 'yes' })).text, /还没有要看的文字/);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a trial: applied for, refused, planned with target values`, async () => {
            place = await opened(engine);
            await the_plan(place);
        });
        await test(`${engine}: readings decide, to the millionth`, () => the_readings(place));
        await test(`${engine}: the proof goes back to the achievement`, () => the_proof_goes_back(place));
        await test(`${engine}: the first purchase passes R84`, () => the_first_purchase(place));
        await test(`${engine}: a failure stays on record and is counted`, () => a_failure_stays(place));
        await test(`${engine}: tried first, paid later, across no other right`, () => try_first(place));
        await test(`${engine}: tried and never paid`, () => left_unpaid(place));
        await test(`${engine}: tender texts`, () => tender_texts(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
