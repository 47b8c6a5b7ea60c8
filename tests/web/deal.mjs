// A whole deal, from the title to the last fen: each step by the API, the clock moved between starts of the server; what must not
// happen is tried where it could, and the message names the article or what is missing.
import { test, finish, engines, until } from './house.mjs';
import { made_by } from './town.mjs';
import { FIRM, SHA, UNIT, campus, day, done, look, refused, step, way } from './campus.mjs';
import assert from 'node:assert/strict';

async function begins(place) {
    const { clerk, firm, achievement } = place, id = achievement.split('/').pop();
    const stranger = await firm.post('/api/v1/deals', { achievement: id });
    assert.equal(stranger.status, 403, 'a firm transfers nobody else\'s achievement');
    const made = await clerk.post('/api/v1/deals', { achievement: id });
    assert.equal(made.status, 201, made.text);
    place.deal = made.id;
    assert.equal((await clerk.post('/api/v1/deals', { achievement: 'x' })).json.field, 'achievement');
    assert.equal((await look(clerk, place.deal)).now.label.code, 'title');
    assert.equal((await firm.get(`/api/v1/deals/${place.deal}`)).status, 404, 'nor does he see it');
    assert.equal((await place.server.guest().get(`/api/v1/deals/${place.deal}`)).status, 401);
    assert.match((await clerk.get(achievement)).text, /发起转化/);
}

/** Who discloses much the same again is shown what is there, before it is one more; what bears the mark of a secret is refused. */
async function disclosed_once(place) {
    const { clerk } = place, same = { title: '含沙介质用耐磨轴承涂层', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。', trl: '6' };
    const texts = () => clerk.get(`/api/v1/match?q=${encodeURIComponent(same.abstract)}&column=achievement`);
    await until(async () => (await texts()).json.total > 0);
    const asked = await clerk.form('/achievements', { ...same, do: 'publish' });
    assert.equal(asked.status, 422);
    assert.match(asked.text, /与“含沙介质耐磨轴承涂层”（示例丙学院）相近：名称和摘要有 \d+% 的字相同/);
    const code = asked.text.match(/name="confirm" value="(similar-\d+)"/)[1];
    assert.ok(place.achievement.endsWith(code.replace('similar-', '')) && asked.text.includes(`href="${place.achievement.replace('/api/v1', '')}"`), 'with the way to it');
    const secret = await clerk.form('/achievements', { ...same, abstract: '机密★ 十年', do: 'publish', confirm: code });
    assert.equal(secret.status, 422);
    assert.match(secret.text, /涉密/);
    assert.equal((await clerk.form('/achievements', { ...same, do: 'publish', confirm: code })).status, 303, 'it is another: so be it');
    const other = { title: '中药材太阳能干燥装备', abstract: '党参、当归的太阳能与热泵联合干燥，能耗降低四成。', trl: '5', do: 'publish' };
    assert.equal((await clerk.form('/achievements', other)).status, 303, 'what is like nothing is not asked about');
}

async function title_and_value(place) {
    const { clerk, deal } = place;
    assert.equal((await clerk.get('/api/v1/desk')).json.desk.tasks[0].href, `/deals/${deal}`, 'it waits on the desk');
    await refused(clerk, deal, 'title', { holders: `${UNIT} 40%\n曾某（示例） 60.01%` }, 422, /份额合计 100\.01%/);
    assert.equal((await clerk.post(`/api/v1/deals/${deal}`, { step: 'sign', ver: 1 })).status, 409, 'no step is skipped');
    assert.equal((await clerk.post(`/api/v1/deals/${deal}`, { step: 'title', ver: 1, holder: `${UNIT} 100%` })).json.field, 'holder', 'nor a misspelt member');
    await done(clerk, deal, 'title');
    await refused(clerk, deal, 'value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence: '第 1 级 报告' }, 422, /不能跳级/);
    const evidence = [1, 2, 3, 4, 5, 6].map(level => `第 ${level} 级 示例报告`).join('\n');
    await refused(clerk, deal, 'value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence, conflict: 'yes' }, 422, /利害关系/);
    await done(clerk, deal, 'value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence });
}

/* Two times: a correction with an earlier day changes what was, not what was known. */
async function title_in_two_times(place) {
    const held = async (who, query = '') => (await who.get(`/api/v1/deals/${place.deal}/title${query}`)).json;
    const spans = async query => (await held(place.clerk, query)).held.spans.map(span => [span.no, span.from, span.until, span.here]);
    assert.deepEqual(await spans(''), [[1, day(0), null, true]]);
    await done(place.clerk, place.deal, 'title', { agreed_on: day(-30), holders: `${UNIT} 100.00%` });
    await done(place.clerk, place.deal, 'title', { agreed_on: day(17), holders: `${UNIT} 100%` });
    assert.deepEqual(await spans(''), [[3, day(17), null, true], [2, day(-30), day(16), false]], 'the second takes the place of the first');
    assert.deepEqual(await spans(`?on=${day(-1)}`), [[3, day(17), null, false], [2, day(-30), day(16), true]]);
    assert.deepEqual(await spans(`?on=${day(-1)}&known=${day(16)}`), [[1, day(0), null, false]], 'nobody knew it then');
    assert.equal((await held(place.auditor, `?known=${day(0)}`)).held.later, 2);
    assert.equal((await place.clerk.get(`/api/v1/deals/${place.deal}/title?on=x`)).json.field, 'on');
    assert.equal((await place.officer.get(`/api/v1/deals/${place.deal}/title`)).status, 403, 'how far it is, not whose');
    assert.equal((await place.firm.get(`/api/v1/deals/${place.deal}/title`)).status, 404);
    assert.match((await place.clerk.get(`/deals/${place.deal}/title?on=${day(-1)}`)).text, /权属时间线.*所问的那一天/s);
}

async function price_and_notice(place) {
    const { clerk, colleague, deal } = place;
    await refused(clerk, deal, 'price', { buyer: '' }, 422, /受让方/);
    await refused(clerk, deal, 'price', { buyer: FIRM, related: 'yes' }, 422, /利害关系/);
    const terms = { buyer: FIRM, buyer_nature: 'private', related: 'yes', relation: '完成人曾某（示例）持有该厂股权' };
    const { answers: [answer] } = await refused(clerk, deal, 'price', { ...terms, appraisal: '' }, 409, /是否评估还没有决定.*第三十九条/s);
    assert.deepEqual([answer.rule, answer.verdict, answer.asks], ['R07', 'no', []], 'a program is told which rule');
    assert.match(`${answer.title} ${answer.says} ${answer.articles}`, /评估.*还没有决定.*第三十九条/s);
    await done(clerk, deal, 'price', { ...terms, ground: '参照两份可比许可合同，学校集体决策' });
    const seen = (await look(colleague, deal)).ver;
    await refused(clerk, deal, 'notice', { price: '150万元' }, 422, /与拟交易价格不同/);
    await refused(clerk, deal, 'notice', { related: 'no' }, 422, /须标明/);
    await refused(clerk, deal, 'notice', { first_day: day(-1) }, 422, /早于今天/);
    await refused(clerk, deal, 'notice', { place: 'market' }, 422, /技术交易市场/);
    await done(clerk, deal, 'notice');
    const late = await colleague.post(`/api/v1/deals/${deal}`, { step: 'price', ver: seen, way: 'assign', pricing: 'agreement', price: '1万元', buyer: FIRM });
    assert.deepEqual([late.status, late.json.field, late.json.ver], [409, 'ver', (await look(colleague, deal)).ver], 'of two who decide at once the second is told, and from where to go on');
    const slips = await step(clerk, deal, 'price', { price: '很多', way: 'nonesuch' });
    assert.deepEqual(slips.json.errors.map(slip => slip.field), ['way', 'price'], 'each slip is named');
    await done(clerk, deal, 'notice', { place: 'market', market: '示例技术交易市场', number: '2026-001', url: 'https://example.com/1', snapshot: SHA });
    const board = (await place.server.guest().get('/api/v1/notices')).json.notices.lines;
    assert.deepEqual(board.map(line => [line.unit, line.price, line.related, line.last]), [[UNIT, '160 万元', true, '2026-03-17']], 'everybody reads it');
    const waits = await look(clerk, deal);
    assert.deepEqual([waits.now.label.code, waits.now.due], ['notice', '2026-03-17']);
}

async function an_objection_on_the_last_day(place) {
    await place.at(15);
    const { clerk, deal } = place;
    assert.equal((await look(clerk, deal)).now.label.code, 'notice', 'the fifteenth day is not over');
    await done(clerk, deal, 'object', { notice: '1', objector: '示例同事', text: '成果名称写得不全' });
    await place.at(17);
    assert.match((await look(place.clerk, deal)).now.missing, /异议还没有处理/);
    await done(place.clerk, deal, 'rule', { ruling: '名称与专利一致', upheld: 'no' });
    assert.equal((await look(place.clerk, deal)).now.label.code, 'approve');
}

async function a_change_begins_again(place) {
    const { clerk, deal } = place;
    await done(clerk, deal, 'approve', { minutes: '示例科研〔2026〕1号' });
    await refused(clerk, deal, 'approve', { body: '党委会', minutes: '示例纪要' }, 422, /下一个审批机构是校长办公会/);
    await done(clerk, deal, 'price', { price: '150万元' });
    const again = await look(clerk, deal);
    assert.equal(again.now.label.code, 'notice', 'other terms need another notice');
    assert.deepEqual((await place.server.guest().get('/api/v1/notices')).json.notices.lines, [], 'and the old one is no longer on the board');
    await done(clerk, deal, 'notice', { sort: 'sale', place: 'unit' });
    await place.at(40);
    await done(place.clerk, deal, 'approve', { minutes: '示例科研〔2026〕2号' });
    await done(place.clerk, deal, 'approve', { minutes: '示例校办〔2026〕3号' });
}

/** The licence of a patent asks nothing; begun anew, each answer leads to the next question, and no other is asked. */
async function the_sort_is_asked(clerk, deal) {
    const asked = async query => (await clerk.get(`/api/v1/deals/${deal}?step=sign${query}`)).json.deal.form;
    const by_itself = await asked('');
    assert.deepEqual([by_itself.tree.codes, by_itself.tree.found.sort.code, by_itself.tree.next], ['rights.existing.license', 'license', null]);
    assert.match(JSON.stringify(by_itself.silent.lines), /§28.*§875/);
    const anew = await asked('&tree=');
    assert.deepEqual([anew.tree.codes, anew.tree.found, anew.tree.next.answers.length], ['', null, 5]);
    const solve = await clerk.get(anew.tree.next.answers.find(answer => answer.code === 'solve').href.replace('#tree', '')), page = solve.text;
    assert.match(page, /承揽或者建设工程/);
    assert.doesNotMatch(page, /是否分工/, 'what no one needs is not asked');
    const { form } = (await clerk.get(`/api/v1/deals/${deal}?step=sign&tree=solve.no`)).json.deal;
    assert.equal(form.tree.found.sort.code, 'serve');
    assert.ok(form.fields.find(field => field.name === 'sort').options.find(option => option.code === 'serve').selected);
    assert.match(JSON.stringify(form.silent.lines), /§885/);
}

async function contract_and_registration(place) {
    const { clerk, deal } = place, contract = { number: 'HT-2026-01' };
    await the_sort_is_asked(clerk, deal);
    await refused(clerk, deal, 'sign', { ...contract, sort: 'serve', tree: 'rights.existing.license' }, 422, /“技术许可”不同.*§42/);
    await refused(clerk, deal, 'sign', { ...contract, technical: '140万元' }, 422, /不等于成交额/);
    await refused(clerk, deal, 'sign', { ...contract, amount: '140万元', technical: '140万元', income: '140万元' }, 422, /价格不同/);
    await refused(clerk, deal, 'sign', { ...contract, signed_on: day(30) }, 422, /公示期内/);
    await done(clerk, deal, 'sign', { ...contract, tree: 'rights.existing.license', risk: '由受让方承担' });
    const [signed] = (await look(clerk, deal)).papers.find(sort => sort.kind.code === 'contract').items;
    assert.match(JSON.stringify(signed.fields), /权利归谁？权利不转移，许可对方实施、使用（民法典 §862）/, 'the paper keeps how its sort was found');
    assert.ok(!signed.silent.lines.some(line => line.label.code === 'risk'), 'where the contract speaks the law need not');
    assert.match(JSON.stringify(signed.silent), /一方后续改进的技术成果，其他各方无权分享.*§875/, 'and where it does not, the law is shown');
    await done(clerk, deal, 'register', { point: '示例登记机构' });
    await done(clerk, deal, 'correct', { lacks: '缺少双方资质' });
    assert.equal((await look(clerk, deal)).now.turn, '单位成果转化部门');
    await done(clerk, deal, 'mend');
    assert.equal((await look(clerk, deal)).now.turn, '登记机构');
    await refused(clerk, deal, 'registered', { number: '123456789012345' }, 409, /16 位/);
    await refused(clerk, deal, 'registered', { amount: '151万元', number: '2026620100000001' }, 422, /高于合同/);
    await done(clerk, deal, 'registered', { number: '2026620100000001' });
    assert.equal((await look(clerk, deal)).now.label.code, 'receive');
    const registered = await look(clerk, deal), twice = await clerk.post(`/api/v1/deals/${deal}`, { step: 'register', ver: registered.ver, point: '示例登记机构', sent_on: day(40) });
    assert.equal(twice.status, 409, 'no deal is registered twice');
    assert.match(twice.json.message, /已经登记过/);
    assert.ok(!registered.steps.some(one => one.label.code === 'register'), 'nor offered');
    await done(clerk, deal, 'amend', { clauses: '交付期顺延一个月' });
    assert.match((await look(clerk, deal)).now.missing, /登记之后改过/);
    await done(clerk, deal, 'change');
    assert.equal((await look(clerk, deal)).now.label.code, 'receive');
}

async function money(place) {
    const { clerk, deal } = place;
    await done(clerk, deal, 'plan', { sort: 'lump', due_on: day(60), amount: '150万元' });
    await refused(clerk, deal, 'receive', { amount: '150.01万元', voucher: 'PZ-1' }, 422, /高于合同成交额/);
    await done(clerk, deal, 'receive', { amount: '150万元', voucher: 'PZ-1' });
    await refused(clerk, deal, 'receive', { amount: '1元', voucher: 'PZ-1' }, 422, /凭证已经登记过/);
    await done(clerk, deal, 'cost', { sort: 'tax', amount: '9万元', voucher: 'PZ-2' });
    await refused(clerk, deal, 'cost', { sort: 'cost', amount: '200万元', voucher: 'PZ-3' }, 422, /高于到账/);
}

/** The professor's account is tied to his entry among the people, by which titles and teams name him. */
async function the_professor_is_known(place) {
    const { colleague, professor } = place;
    const person = (await made_by(colleague, '/people', { name: '曾某（示例）', calling: ['researcher'], party: UNIT, skills: ['涂层'] })).split('/').pop();
    const account = (await colleague.get('/api/v1/accounts')).json.accounts.lines.find(line => line.login === 'professor').href;
    const nobody = await colleague.post(`/api/v1${account}`, { person: '4711' });
    assert.deepEqual([nobody.status, nobody.json.field], [422, 'person']);
    assert.equal((await colleague.post(`/api/v1${account}`, { person: '曾某（示例）' })).status, 200);
    assert.equal((await professor.get('/api/v1/rights')).json.rights.person, person);
    place.person = person;
}

async function reward(place) {
    const { clerk, deal, professor, person } = place, team = `曾某（示例） 60% 主要贡献 #${person}\n彭某（示例） 40%`;
    await refused(clerk, deal, 'allot', { team: '曾某（示例） 60%\n彭某（示例） 40.01%' }, 422, /100/);
    await refused(clerk, deal, 'allot', { team, rate: '59.99%' }, 422, /60/);
    await done(clerk, deal, 'allot', { team, rate: '' });
    const award = (await look(clerk, deal)).papers.find(sort => sort.kind.code === 'award').items[0];
    const value = name => award.fields.find(field => field.name === name).value;
    assert.deepEqual([value('net'), value('reward')], ['141000000', '84600000'], 'Gansu: sixty per cent of the net');
    assert.equal(value('shares'), `曾某（示例） 50760000 #${person}\n彭某（示例） 33840000`);
    const mine = (await professor.get('/api/v1/rights')).json.rights;
    assert.deepEqual(mine.awards.map(line => [line.amount, line.share, line.paid, line.due, line.rule.id]), [['50.76 万元', '60%', null, '2029-04-11', 'R40']], 'thirty-six months');
    assert.deepEqual((await clerk.get('/api/v1/rights')).json.rights.awards, [], 'who is not tied to it sees nobody else\'s');
}

async function paid_filed_closed(place) {
    const { deal } = place;
    await refused(place.clerk, deal, 'pay', { voucher: 'PZ-9' }, 409, /公示/);
    await done(place.clerk, deal, 'notice', { sort: 'reward', place: 'unit' });
    assert.deepEqual((await place.server.guest().get('/api/v1/notices')).json.notices.lines.filter(line => line.sort.code === 'reward'), [], 'who gets what is for the unit alone');
    assert.equal((await place.colleague.get('/api/v1/notices')).json.notices.lines[0].sort.code, 'reward');
    await place.at(60);
    await refused(place.clerk, deal, 'pay', { voucher: 'PZ-9' }, 409, /15 个工作日.*103/s);
    await place.at(66);
    await done(place.clerk, deal, 'pay', { voucher: 'PZ-9' });
    assert.equal((await look(place.clerk, deal)).now.label.code, 'tax');
    await done(place.clerk, deal, 'file', { sort: 'cash', number: '示例-58-1' });
    await done(place.clerk, deal, 'revoke', { revoked_why: '示例：查实合同不真实' });
    assert.match((await look(place.clerk, deal)).now.missing, /登记已被撤销/);
    await refused(place.clerk, deal, 'file', { sort: 'cash', number: '示例-58-2' }, 409, /登记/);
    await done(place.clerk, deal, 'register', { point: '示例登记机构' });
    await done(place.clerk, deal, 'registered', { number: '2026620100000002' });
    const asked = await step(place.clerk, deal, 'close');
    assert.equal(asked.status, 409);
    const facts = asked.json.answers.filter(answer => answer.verdict === 'unknown').flatMap(answer => answer.asks.map(ask => ask.name));
    assert.ok(facts.includes('income_kept'), `a program is told which facts are asked for: ${facts}`);
    for (const fact of ['income_kept', 'used_mainly', 'licence_filed'])
        await done(place.clerk, deal, 'state', { fact, value: fact === 'licence_filed' ? day(60) : 'yes', source: 'declared' });
    await done(place.clerk, deal, 'close');
    const ended = await look(place.clerk, deal);
    assert.deepEqual([ended.ended, ended.now, ended.steps.length], [true, null, 0]);
    const after = await place.clerk.post(`/api/v1/deals/${deal}`, { step: 'state', ver: ended.ver, fact: 'income_kept', value: 'no', source: 'declared' });
    assert.equal(after.status, 409, 'a closed file takes in nothing');
}

async function who_sees_what(place) {
    const { auditor, officer, professor, clerk, deal } = place;
    assert.ok((await look(auditor, deal)).papers.length > 8, 'the auditor reads all');
    const outside = await look(officer, deal);
    assert.deepEqual(outside.papers.map(sort => sort.kind.code), ['notice'], 'an officer sees how far it is, not what is in it');
    assert.ok(!JSON.stringify(outside.terms).includes('1500000'));
    assert.equal((await professor.get(`/api/v1/deals/${deal}`)).status, 404, 'a colleague\'s deal is not a researcher\'s to read');
    const page = (await clerk.get(`/deals/${deal}`)).text;
    assert.match(page, /pier-done/);
    assert.match((await clerk.get(`/deals/${deal}?lang=en`)).text, /Registration/);
    assert.match((await clerk.get('/deals')).text, /含沙介质耐磨轴承涂层/);
    assert.match(place.city.run('check'), /./, 'and every paper stands by its leaf');
}

/* --- licences that must not cross each other --- */

const PATENT = '202110123456.7';

async function patent_brought(place, open) {
    const text = `专利号,法律状态,开放许可,更新日期,专利权人\nZL${PATENT},有效,${open},${day(place.day)},${UNIT}\n`;
    const page = await place.officer.upload('/patents/import', {}, { name: '专利.csv', bytes: Buffer.from(text) });
    const hidden = name => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1].replaceAll('&#10;', '\n').replaceAll('&#9;', '\t');
    assert.equal((await place.officer.form('/patents/import', { rows: hidden('rows'), request_id: hidden('request_id') })).status, 303, page.text);
}

async function begun(place, achievement, title, buyer) {
    const made = await place.clerk.post('/api/v1/deals', { achievement: achievement.split('/').pop(), title });
    assert.equal(made.status, 201, made.text);
    for (const [, name, values] of way.slice(0, 4)) await done(place.clerk, made.id, name, name === 'price' ? { ...values, buyer } : values);
    return made.id;
}

const TRIED = { free_from: day(0), free_until: day(180), price: '50万元', licence: 'sole', open_licensed: false, pays_when: '累计销售满一百台', exit_terms: '三十日内停用并退回图纸' };

/** The table has the patent under an open licence; the box of the paper is not ticked. */
async function against_an_open_licence(place, achievement, deal) {
    const { clerk, firm } = place, asked = await firm.post('/api/v1/try_licences', { step: 'ask', achievement: achievement.split('/').pop(),
        used_for: '装在自产的含沙泵上，先试两百台。', name: '张三', phone: '0931-1234567' });
    assert.equal(asked.status, 201, asked.text);
    const at = `/api/v1/try_licences/${asked.json.id}`, take = async (name, values) => clerk.post(at, { step: name, ver: (await clerk.get(at)).json.matter.ver, ...values });
    assert.equal((await take('mark', { name: '装机二十台', by_day: day(60) })).status, 200);
    const offered = await take('offer', TRIED);
    assert.deepEqual([offered.status, offered.json.answers?.map(one => one.rule)], [409, ['R13-1']], offered.text);
    for (const licence of ['exclusive', 'sole']) {
        const said = await refused(clerk, deal, 'sign', { number: 'HT-1', licence }, 409, /不得给予独占或者排他许可.*专利法 第五十一条（规则 R13-1）/s);
        assert.deepEqual(said.answers.map(one => [one.rule, one.hint]), [['R13-1', '改为普通许可，或者先撤回开放许可声明']]);
    }
}

async function licences_cross(place) {
    const { clerk } = place, more = { trl: 6, ways: ['license'], price: '160万元' };
    const patented = await made_by(clerk, '/achievements', { ...more, title: '可逆式水泵机组密封', abstract: '用于可逆式机组的主轴密封，漏水量降低六成，已在电站试用一年。', rights: [`发明专利 ZL${PATENT} 2021-01-29 有效`] });
    const secret = await made_by(clerk, '/achievements', { ...more, title: '党参种苗温室育苗方法', abstract: '缩短育苗周期三十天的温室育苗方法，成活率提高两成，已在三个乡试用。' });
    const [a, b, again] = [await begun(place, patented, '密封许可一', FIRM), await begun(place, patented, '密封许可二', '示例乙厂'), await begun(place, patented, '密封许可三', FIRM)];
    const [c, d] = [await begun(place, secret, '育苗许可一', FIRM), await begun(place, secret, '育苗许可二', '示例乙厂')];
    await patent_brought(place, '是');
    await place.at(20);
    for (const deal of [a, b, again, c, d])
        for (const [, name, values] of way.filter(one => one[1] === 'approve')) await done(place.clerk, deal, name, values);
    await against_an_open_licence(place, patented, a);
    await patent_brought(place, '否');
    await done(place.clerk, a, 'sign', { number: 'HT-1', licence: 'sole' });
    for (const licence of ['plain', 'exclusive'])
        assert.equal((await refused(place.clerk, b, 'sign', { number: 'HT-2', licence }, 422, /正在独占或排他许可期内.*期满或者解除.*§25/s)).field, 'licence');
    await done(place.clerk, again, 'sign', { number: 'HT-3', licence: 'sole' });
    await done(place.clerk, c, 'sign', { number: 'HT-4', licence: 'plain' });
    await refused(place.clerk, d, 'sign', { number: 'HT-5', licence: 'exclusive' }, 422, /已有 1 份许可在期内，不能再给独占或排他许可.*改为普通许可/s);
    await done(place.clerk, d, 'sign', { number: 'HT-5', licence: 'plain' });
}

for (const engine of engines)
    await test(`${engine}: no licence crosses another, nor an open licence that the patent office knows of`, async () => {
        const place = await campus(engine);
        try { await licences_cross(place); } finally { await place.city.end(); }
    });

for (const engine of engines)
    await test(`${engine}: a deal goes from the title to the last fen, and no step can be skipped`, async () => {
        const place = await campus(engine);
        try {
            for (const part of [begins, disclosed_once, title_and_value, price_and_notice, an_objection_on_the_last_day, title_in_two_times, a_change_begins_again,
                contract_and_registration, money, the_professor_is_known, reward, paid_filed_closed, who_sees_what]) await part(place);
        } finally { await place.city.end(); }
    });

finish();
