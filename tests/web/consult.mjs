// Consultation: who hears, who sees what of an opinion and its reply, similar ones found, merged ones each answered, what is published, and
// what comes out as files.
import { test, finish, engines, until } from './house.mjs';
import { begun, done, entries, look, number, refused, step, value } from './matters.mjs';
import { department, town, OURS, THEIRS, THIRD } from './town.mjs';
import assert from 'node:assert/strict';

const day = ahead => new Date(Date.now() + 8 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10);
const people = ['示例委员甲', '示例委员乙', '示例委员丙'];
const SESSION = { name: '示例：成果转化专题协商', question: '什么挡住了成果变成产品，各方该做什么？', host: '示例市政协', day: day(0), place: '示例会议室',
    until_day: day(0), contact: '示例张三', phone: '0931-1234567', seven: 'yes' };
const OPINION = { topic: 1, obstacle: 'dare', pillar: 'government', concerns: 'university', evidence: '走访三所高校，十二项成果卡在评估，机密词甲。',
    proposal: '请科技部门给成果评估定二十个工作日的期限，过期公布。' };
const REPLY = { text: '我们把评估定为二十个工作日办结，过期的逐月公布名单。', conclusion: 'done', reasons: '规程已经印发，三所高校确认。', signer: '示例局长', phone: '0931-7654321' };

async function hall(engine) {
    const place = await town(engine, [['member', '甲厂成员', OURS, 'member']]);
    await department(place); /* the office's organisation */
    for (const name of people)
        assert.equal((await place.officer.post('/api/v1/people', { name, calling: ['member'], skills: ['成果转化'] })).status, 201);
    await place.server.stop();
    place.password = place.city.accounts([['office', '示例政协办公室', THIRD, 'cppcc_office'], ['a', '委员甲', '', 'committee', people[0]],
        ['b', '委员乙', '', 'committee', people[1]], ['c', '委员丙', '', 'committee', people[2]], ['unit', '承办人', THEIRS, 'member'],
        ['helper', '协办人', OURS, 'member'], ['secretary', '示例秘书', '', 'secretary']].map(line => [line[0].padEnd(6, 'x'), ...line.slice(1)]));
    place.server = await place.city.serve();
    for (const name of ['office', 'a', 'b', 'c', 'unit', 'helper', 'secretary'])
        place[name] = await place.server.signIn(name.padEnd(6, 'x'), place.password);
    place.officer = await place.server.signIn('officer', place.officer_password);
    place.guest = place.server.guest();
    return place;
}

async function opened(place) {
    place.session = await begun(place.office, 'consultations', 'prepare', SESSION);
    assert.equal((await place.a.get(place.session)).status, 404, 'nobody knows of it while it is prepared');
    await refused(step(place.office, place.session, 'roster', { roster: `${people[0]}，市\n没有这个人，市` }), 422, /第 2 行“没有这个人，市”/);
    await done(place.office, place.session, 'roster', { roster: `${people[0]}，市，1\n${people[1]}，省` });
    await done(place.office, place.session, 'open');
    const page = (await place.guest.get(place.session)).text;
    assert.match(page, /什么挡住了成果变成产品/);
    assert.doesNotMatch(page, /示例会议室|0931-1234567/, 'where it is and whom to ring is for those who come');
    assert.match((await place.a.get(place.session)).text, /示例会议室[^]*0931-1234567/);
    await refused(step(place.c, place.session, 'visit', { day: day(0), place: '示例厂', obstacle: 'dare', pillar: 'finance', found: '没有看到' }), 403, /由政协办公室来办/);
}

const put = (place, who, subject, more = {}) => begun(who, 'opinions', 'submit', { ...OPINION, consultation: number(place.session), subject, ...more });

async function spoken(place) {
    const form = (await place.a.get(`/opinions/new?consultation=${number(place.session)}`)).text;
    assert.match(form, /<option value="3">3 提升企业创新能力<\/option>/, 'the topics by their names');
    const foreign = (await place.helper.get(`/opinions/new?consultation=${number(place.session)}`)).text;
    assert.doesNotMatch(foreign, /提升企业创新能力/, 'and not to who is no member');
    place.first = await put(place, place.a, '评估拖了半年');
    await refused(place.c.post('/api/v1/opinions', { step: 'submit', ...OPINION, consultation: number(place.session), subject: '没有座位' }), 403, /不在这场座谈的参加名单里/);
    await refused(place.unit.post('/api/v1/opinions', { step: 'submit', ...OPINION, consultation: number(place.session), subject: '不是委员' }), 403, /参加名单/);
    await refused(place.a.post('/api/v1/opinions', { step: 'submit', ...OPINION, consultation: number(place.session), subject: '没有这个议题', topic: 8 }), 422, /没有这个序号的议题/);
    place.second = await put(place, place.b, '评估没有期限');
    const alike = async () => (await place.b.get(`/api/v1${place.second}`)).json.matter.opinion.similar;
    await until(async () => (await alike()).length === 1); /* the index follows */
    assert.deepEqual((await alike()).map(one => [one.line.no, one.share > 60, one.cosign !== null, one.merge]), [[1, true, true, null]]);
    await done(place.b, place.first, 'cosign', { note: '我们学校也这样' });
    await refused(step(place.b, place.first, 'cosign', {}), 409, /您已经联名/);
    for (const who of [place.unit, place.guest, place.c, place.helper]) assert.equal((await who.get(place.first)).status, 404, 'it is for the session');
    assert.equal((await place.secretary.get(place.first)).status, 200);
    const line = (await place.officer.get(place.first)).text;
    assert.match(line, /评估拖了半年/);
    assert.doesNotMatch(line, /机密词甲/, 'an officer sees that it is there, not what is in it');
    assert.doesNotMatch((await place.unit.post('/api/v1/match', { q: '评估拖了半年，机密词甲' })).text, /评估没有期限|机密词甲：/,
        'the box knows of no opinion');
}

/* What is done because of an opinion: from the one to the other and back, for who takes part in both. */
async function to_a_task(place) {
    const bureau = '示例市科学技术局';
    const made = await place.officer.post('/api/v1/parties', { name: bureau, side: 'government', region: ['620100'], contact: '示例钱八', phone: '0931-1234567' });
    assert.equal(made.status, 201, made.text);
    const door = `/tasks/new?about_kind=opinion&about=${number(place.first)}`;
    assert.match((await place.secretary.get(place.first)).text.replaceAll('&amp;', '&'), new RegExp(door.replace('?', '\\?')));
    assert.match((await place.secretary.get(door)).text, /评估拖了半年/);
    const task = { step: 'assign', about_kind: 'opinion', about: number(place.first), assigner: bureau, what: '把二十个工作日写进规程', deliver: '印发的规程一份。', unit: THEIRS,
        by_day: day(30), level: 'key', leader: '示例副市长 张某' };
    await refused(place.helper.post('/api/v1/tasks', task), 404, /没有这条意见/);
    const at = await begun(place.secretary, 'tasks', 'assign', Object.fromEntries(Object.entries(task).slice(1)));
    for (const who of [place.secretary, place.unit]) {
        assert.match((await who.get(place.first)).text, new RegExp(`href="${at}"`));
        assert.match((await who.get(at)).text, new RegExp(`href="${place.first}"[^>]*>[^<]*评估拖了半年`));
    }
    assert.doesNotMatch((await place.b.get(place.first)).text, new RegExp(at), 'the task is for its sides');
}

async function handed(place) {
    for (const at of [place.first, place.second]) await done(place.office, at, 'file');
    await done(place.office, place.second, 'merge', { with_opinion: number(place.first), why: '同一件事' });
    assert.match((await place.b.get(place.second)).text, /这件已并入[^]*1 号/);
    await done(place.office, place.first, 'hand', { unit: THEIRS, instruction: '三个月内答复' });
    for (const at of [place.first, place.second]) assert.equal((await look(place.unit, at)).state.code, 'handed');
    assert.doesNotMatch((await place.b.get(place.first)).text, /三个月内答复/, 'what the office asks of the unit is between the two');
    await to_a_task(place);
    const part = await begun(place.unit, 'opinion_assists', 'ask', { opinion: number(place.first), asked_unit: OURS, what: '经费从哪里来' });
    await refused(place.helper.post('/api/v1/opinion_assists', { step: 'ask', opinion: number(place.first), asked_unit: THEIRS, what: '经费从哪里来' }), 403, /主办单位/);
    await refused(step(place.unit, place.first, 'reply', REPLY), 409, /还有 1 个协办单位没有回意见/);
    assert.match((await place.helper.get(place.first)).text, /机密词甲/, 'who assists reads it');
    await done(place.helper, part, 'answer', { text: '从专项里列支', name: '示例李四', phone: '0931-7654321' });
    assert.match((await place.unit.get(`${place.first}?step=reply`)).text, /<option value="need_published">/, 'an indicator is chosen by its name');
    await done(place.unit, place.first, 'reply', { ...REPLY, measured: 'need_published' });
    assert.equal((await look(place.unit, place.second)).state.code, 'handed', 'the other is answered by itself');
    const prefilled = (await place.unit.get(`${place.second}?step=reply`)).text;
    assert.match(prefilled, /我们把评估定为二十个工作日办结/, 'out of what was said to the first');
    await done(place.unit, place.second, 'reply', { ...REPLY, conclusion: 'planned', planned_by: day(30), measured: 'fair_held' });
}

/* What the reply is held to: the figure before it was handed over and since, computed. */
async function measured(place) {
    const effects = async (who, at) => (await who.get(`/api/v1${at}`)).json.matter.opinion.effects;
    const made = await place.helper.post('/api/v1/needs', { title: '示例：轴承寿命', now: '现在三千小时，含沙介质。', goal: '八千小时', budget: '2000000', due: '2029-12-31' });
    assert.equal(made.status, 201, made.text);
    await until(async () => (await effects(place.a, place.first))[0].better);
    assert.deepEqual((await effects(place.a, place.first)).map(one => [one.code, one.days, one.was, one.is, one.worse]), [['need_published', 1, '0 项', '1 项', false]]);
    assert.match((await place.unit.get(place.first)).text, /指标动了没有[^]*期内发布的需求|指标动了没有[^]*好转/);
    assert.deepEqual((await effects(place.b, place.second)).map(one => [one.code, one.better, one.same]), [['fair_held', false, true]]);
}

async function rated(place) {
    await refused(step(place.unit, place.first, 'rate', { rating: 'satisfied', rating_why: '自己说好' }), 403, /由委员来办/);
    await done(place.a, place.first, 'rate', { rating: 'unsatisfied', rating_why: '名单上没有我走访的学校' });
    const reply = who => who.get(place.first).then(page => page.text);
    assert.doesNotMatch(await reply(place.unit), /名单上没有我走访|不满意/, 'a rating that was not shared, by no word and no state');
    assert.equal((await look(place.unit, place.first)).state.code, 'rated');
    assert.doesNotMatch(await reply(place.b), /名单上没有我走访/);
    assert.match(await reply(place.office), /名单上没有我走访/);
    await done(place.b, place.second, 'rate', { rating: 'satisfied', rating_why: '有日期', share: 'yes' });
    assert.match((await place.unit.get(place.second)).text, /委员的评价[^]*满意[^]*有日期/);
    assert.equal((await look(place.unit, place.second)).state.code, 'rated', 'any rating looks the same');
    await done(place.office, place.second, 'settle');
    assert.equal((await look(place.b, place.second)).state.code, 'planned');
    await refused(step(place.office, place.first, 'settle'), 409, /委员不满意/);
    await done(place.office, place.first, 'close', { end_why: '名单下月补上，转入督办' });
    await done(place.a, place.first, 'propose', { end_why: '准备写成提案' });
    const { consult } = (await place.unit.get(`/api/v1${place.session}`)).json.matter;
    assert.deepEqual([consult.figures, consult.lines], [null, []], 'the unit is no side of the session');
    const counted = Object.fromEntries((await place.office.get(`/api/v1${place.session}`)).json.matter.consult.figures.map(one => [one.label, one.number]));
    assert.deepEqual([counted['意见'], counted['已答复'], counted['委员满意'], counted['不满意'], counted['B 列入计划']], [2, 2, 1, 1, 1]);
    assert.deepEqual([counted['用指标核对的'], counted['其中指标好转'], counted['委员满意而指标没有好转']], [2, 1, 1], 'satisfied, and nothing moved: it is marked');
    const others = (await place.secretary.get(`/api/v1${place.session}`)).json.matter.consult.figures;
    assert.ok(!others.some(one => /用指标核对|没有好转/.test(one.label)), 'ratings one by one are for the office');
}

async function published(place) {
    assert.equal((await place.guest.get(place.first)).status, 404);
    await refused(step(place.office, place.first, 'clear', { public_title: '评估的期限', public_text: '评估要限期', cleared_basis: 'edited' }), 422, /审查人/);
    await done(place.office, place.first, 'clear', { public_title: '评估的期限', public_text: '评估要限期', public_reply: '改为二十个工作日', cleared_by: '示例王五', cleared_basis: 'edited' });
    const page = (await place.guest.get(place.first)).text;
    assert.match(page, /评估要限期[^]*改为二十个工作日/);
    assert.doesNotMatch(page, /机密词甲|示例王五|示例委员甲|名单上没有我走访|评估拖了半年|联名/, 'only what was cleared');
    const { matter } = (await place.guest.get(`/api/v1${place.first}`)).json;
    assert.deepEqual([value(matter, 'evidence'), value(matter, 'member'), matter.opinion.similar, matter.entries.length ? entries(matter, 'opinion_reply')[0]?.fields : []],
        [undefined, undefined, null, []]);
    assert.match((await place.guest.get(place.session)).text, /评估的期限/);
    assert.doesNotMatch((await place.guest.get(place.session)).text + (await place.guest.get('/opinions')).text, /评估拖了半年|示例委员甲<\/a><\/span>/);
    await done(place.office, place.second, 'clear', { public_title: '评估的另一面', public_text: '评估要有人管', cleared_by: '示例王五', cleared_basis: 'edited' });
    const led = (await place.guest.get(`/api/v1${place.second}`)).json.matter.opinion;
    assert.deepEqual([led.lead, led.group], [null, null], 'what it was merged into is not published with it');
    await done(place.office, place.first, 'conceal', { end_why: '还有未删去的' });
    assert.equal((await place.guest.get(place.first)).status, 404);
}

async function taken_out(place) {
    const map = (await place.secretary.get(`/api/v1${place.session}/map`)).json.consult_map;
    assert.deepEqual([map.spoken, map.blank, map.lines.length, map.rows.length, map.rows[0].cells[0].opinions], [1, 209, 2, 6, 2]);
    assert.equal((await place.secretary.get(`/api/v1${place.session}/map?obstacle=money`)).json.consult_map.lines.length, 0);
    assert.equal((await place.secretary.get(`/api/v1${place.session}/map?obstacle=dare&concerns=university&topic=1`)).json.consult_map.lines.length, 2);
    await refused(place.unit.get(`${place.session}/map`), 403, /意见清单只给参加的委员/);
    const sheet = await place.a.get(`${place.session}/export`);
    assert.deepEqual([sheet.status, sheet.text.slice(0, 2)], [200, 'PK']);
    await refused(place.unit.get(`${place.session}/export`), 403, /意见清单/);
    const mine = (await place.b.get('/api/v1/deeds')).json.deeds;
    assert.deepEqual(mine.lines.map(one => one.sort.code).sort(), ['cosign', 'opinion', 'seat']);
    assert.equal((await place.b.get('/deeds/export')).status, 200);
    const other = /person=(\d+)/.exec(mine.export)[1];
    await refused(place.a.get(`/deeds?person=${other}`), 403, /由政协办公室查看/);
    assert.equal((await place.office.get(`/api/v1/deeds?person=${other}`)).json.deeds.lines.length, 3);
    await refused(place.unit.get('/deeds'), 403, /没有履职记录/);
}

/** What the room hears, and what it does not hear yet. */
async function met(place) {
    await done(place.office, place.session, 'agenda', { what: '委员发言', speaker: people[0], minutes: 8 });
    await refused(step(place.office, place.session, 'agenda', { what: '委员发言', speaker: people[2] }), 422, /不在参加名单里/);
    await done(place.office, place.session, 'start');
    const item = (sort, text, more = {}) => ({ step: sort === 'speech' ? 'enter' : 'note', consultation: number(place.session), sort, speaker: '示例某人', text, ...more });
    const form = await place.office.form('/remarks', item('speech', '评估要有期限，不能拖'));
    assert.deepEqual([form.status, form.location], [303, `${place.session}/live`], 'a form leads back to the meeting');
    const draft = `/remarks/${(await place.secretary.post('/api/v1/remarks', item('instruction', '机密词丙：一个月内办', { opinion: 1 }))).json.id}`;
    for (const who of [place.office, place.a, place.officer, place.unit]) {
        assert.equal((await who.get(draft)).status, 404, 'a draft is the secretary\'s alone');
        assert.doesNotMatch((await who.get(`${place.session}/live`)).text + (await who.get('/remarks')).text + (await who.get('/desk')).text + (await who.get('/inbox')).text, /机密词丙|待核校：/);
    }
    assert.match((await place.secretary.get(`${place.session}/live`)).text, /机密词丙/);
    const live = async who => (await who.get(`/api/v1${place.session}/live`)).json.consult_live;
    assert.deepEqual([(await live(place.a)).items.length, (await live(place.a)).drafts, (await live(place.secretary)).drafts.length], [1, null, 1]);
    await done(place.secretary, draft, 'check', { text: '一个月内办，我来督办', checked_by: '示例秘书' });
    const [newest] = (await live(place.a)).items;
    assert.deepEqual([newest.text, newest.sort.code, newest.opinion.no], ['一个月内办，我来督办', 'instruction', 1]);
    await refused(place.unit.get(`${place.session}/live`), 403, /意见清单只给参加的委员/);
    assert.match((await place.secretary.get(draft)).text, /tasks\/new\?about_kind=remark/);
    const task = await begun(place.secretary, 'tasks', 'assign', { about_kind: 'remark', about: number(draft), what: '一个月内公布评估名单', deliver: '名单一份，公布在网站', assigner: THIRD, unit: THEIRS, by_day: day(30), level: 'ordinary' });
    assert.match((await place.a.get(draft)).text, /一个月内办，我来督办/);
    assert.match((await place.secretary.get(draft)).text, new RegExp(task), 'the item shows the task that came of it');
    assert.match((await place.unit.get(task)).text, /一个月内公布评估名单/);
    assert.deepEqual((await live(place.a)).forms, [], 'who listens has no form');
    for (const kind of ['docx', 'pdf']) {
        const paper = await place.a.get(`${place.session}/minutes/minutes.${kind}`);
        assert.deepEqual([paper.status, paper.text.slice(0, 2)], [200, kind === 'docx' ? 'PK' : '%P']);
    }
    assert.equal((await place.a.get(`${place.session}/minutes/minutes.exe`)).status, 404);
    await refused(place.unit.get(`${place.session}/minutes/minutes.pdf`), 403, /意见清单/);
    await done(place.office, place.session, 'end');
}

/** A visit with its photograph or minutes. */
async function visited(place) {
    const { ver } = await look(place.a, place.session), text = '走访记录：三所高校，十二项成果。';
    const sent = await place.a.upload(`/api/v1${place.session}/files`, { step: 'visit', ver: String(ver), day: day(0), place: '示例理工大学', obstacle: 'dare', pillar: 'academy',
        found: '十二项成果卡在评估上' }, { name: '记录.txt', bytes: text, field: 'raw' });
    assert.equal(sent.status, 200, sent.text);
    const [visit] = entries(await look(place.b, place.session), 'consult_visit');
    assert.match(visit.file.name, /记录\.txt/);
    assert.equal((await place.b.get(visit.file.href)).text, text);
    assert.equal((await place.guest.get(visit.file.href)).status, 303);
    await refused(place.unit.get(visit.file.href), 403, /只给参与的各方和审计看/);
    const third = await put(place, place.a, '第三件走访来的', { visit: 1 });
    assert.equal(value(await look(place.a, third), 'visit'), 1);
    await done(place.a, third, 'withdraw', { end_why: '并到第一件里说了' });
    assert.equal((await look(place.office, third)).state.code, 'withdrawn', 'it is still there to be read');
}

async function run(engine) {
    const place = await hall(engine);
    const parts = [[`a session is prepared, and opened to its members`, opened], ['who speaks, who co-signs, what is alike', spoken],
        ['merged opinions are handed over together and answered one by one', handed], ['a reply is held to the figure that it names', measured],
        ['a rating is the member\'s, the unit sees what he shares', rated],
        ['what is published is what was cleared', published], ['the map, the list, a member\'s record', taken_out], ['a visit with its file', visited], ['the meeting', met]];
    for (const [title, part] of parts) await test(`${engine}: ${title}`, () => part(place));
    await place.city.end();
}
for (const engine of engines) await run(engine);
finish();
