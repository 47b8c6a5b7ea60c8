// Pilot platforms from what they can do to the payment: the safety gate before a quote, a calendar that is never booked twice, samples,
// raw records of success and failure, the maturity written back, vouchers of which no fen is spent twice, and their settlement.
import { test, finish, engines } from './house.mjs';
import { ACCOUNTS, CAPABILITY, DAY, DIGEST, JOB, QUOTE, begun, contracted, day, entries, field, id_of, pilot_town, stand } from './pilot_town.mjs';
import { THIRD, made_by, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

async function a_platform(place) {
    const { platform, firm, server } = place;
    const capability = place.capability = await begun(platform, 'capabilities', { ...CAPABILITY, service: id_of(place.service) });
    assert.equal((await server.guest().get(`/api/v1${capability.at}`)).status, 404, 'nobody sees what is being prepared');
    const early = await capability.take(platform, 'open');
    assert.deepEqual([early.status, /还没有收费标准/.test(early.text)], [422, true]);
    await capability.took(platform, 'price', { item: '喷涂班次', unit: 'shift', price: '5000元' });
    await capability.took(platform, 'open');
    assert.match((await server.guest().get(place.service)).text, new RegExp(`href="${capability.at}"`), 'its service shows it');
    assert.match((await platform.get(place.service)).text, /href="\/capabilities\/new\?service=/);
    assert.match((await firm.get(capability.at)).text, /href="\/pilot_jobs\/new\?capability=/, 'the door to a request');
    const seen = await capability.seen(server.guest());
    assert.deepEqual([seen.state.code, entries(seen, 'tariff').length], ['open', 1], 'prices are for everybody');
    const other = await firm.post('/api/v1/capabilities', { ...CAPABILITY, service: id_of(place.service) });
    assert.deepEqual([other.status, /不是本单位的/.test(other.text)], [422, true]);
    const wrong = await platform.post('/api/v1/capabilities', { ...CAPABILITY, service: id_of(place.service), opens: 18, closes: 8 });
    assert.deepEqual([wrong.status, wrong.json.field], [422, 'closes']);
}

async function the_gate({ firm, platform, capability, achievement }) {
    const hot = await begun(firm, 'pilot_jobs', { ...JOB, capability: id_of(capability.at), achievement: id_of(achievement), hazards: ['toxic'], reaction: 'unsure' });
    const shut = await hot.take(platform, 'quote', QUOTE);
    assert.equal(shut.status, 409);
    assert.deepEqual(shut.json.answers.map(one => one.rule), ['R82-1'], shut.text);
    assert.match(shut.text, /不在该平台可接的范围内/);
    await hot.took(platform, 'ask_more', { lacks: '反应安全风险评估报告' });
    await hot.took(firm, 'supply', { hazards: ['pressure'], reaction: 'no', confidence: 'nda', wants: JOB.wants });
    assert.match((await hot.take(platform, 'quote', QUOTE)).text, /特种设备使用登记/, 'a permit is asked for');
    await capability.took(platform, 'permit', { sort: 'pressure', number: '特设-1', issuer: '示例市场监管局', from_day: '2020-01-01', until_day: day(-1) });
    assert.equal((await hot.take(platform, 'quote', QUOTE)).status, 409, 'one that ran out yesterday is none');
    await capability.took(platform, 'permit', { sort: 'pressure', number: '特设-2', issuer: '示例市场监管局', from_day: '2020-01-01', until_day: day(0) });
    await hot.took(platform, 'quote', QUOTE);
    await hot.took(firm, 'withdraw', { ended_by: 'plan', end_why: '计划有变' });
    const far = await begun(firm, 'pilot_jobs', { ...JOB, capability: id_of(capability.at), trl_now: 5, trl_goal: 9 });
    assert.match((await far.take(platform, 'quote', QUOTE)).text, /做到 TRL 7/);
    await far.took(platform, 'refuse', { ended_by: 'field', end_why: '做不到第九级' });
    assert.equal(field(await far.seen(firm), 'offered'), '眼下没有别的平台合适');
}

async function what_is_not_let({ firm, platform, rights, capability }) {
    const secret = await made_by(rights, '/achievements', { title: '还没有公开的涂层工艺', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。', trl: 5 });
    await rights.post(`/api/v1${secret}/close`, { ver: 1 });
    const closed = await firm.post('/api/v1/pilot_jobs', { ...JOB, capability: id_of(capability.at), achievement: id_of(secret) });
    assert.deepEqual([closed.status, closed.json.field, closed.text.includes('工艺')], [422, 'achievement', false], 'what is closed is not there');
    const own = await platform.post('/api/v1/pilot_jobs', { ...JOB, capability: id_of(capability.at) });
    assert.deepEqual([own.status, /本单位自己的能力/.test(own.text)], [409, true], 'nobody confirms and rates his own work');
    const both = await firm.post('/api/v1/pilot_jobs', { ...JOB, capability: id_of(capability.at), hazards: ['none', 'fire'] });
    assert.deepEqual([both.status, both.json.field], [422, 'hazards']);
    const asked = await begun(firm, 'pilot_jobs', { ...JOB, capability: id_of(capability.at) });
    await capability.took(platform, 'pause', { paused: '年度检修' });
    assert.match((await firm.post('/api/v1/pilot_jobs', { ...JOB, capability: id_of(capability.at) })).text, /现在不接单/);
    await asked.took(platform, 'quote', QUOTE);
    assert.match((await asked.take(firm, 'accept', { contract: 'ZS-9', amount: '100000.01元' })).text, /合同金额不能更高/);
    assert.equal((await capability.take(platform, 'close')).status, 422, 'not while a job is open');
    await asked.took(firm, 'withdraw', { ended_by: 'plan', end_why: '计划有变' });
    await capability.took(platform, 'open');
}

/** A large instrument opens with its rules of use, and is paid as testing. */
async function an_instrument(place) {
    const { firm, platform, bureau, service } = place;
    const own = { ...CAPABILITY, service: id_of(service), name: '示例场发射电镜', sort: 'instrument', trials: [] };
    const microscope = await begun(platform, 'capabilities', own);
    await microscope.took(platform, 'price', { item: '机时', unit: 'hour', price: '600元' });
    const shut = await microscope.take(platform, 'open');
    assert.deepEqual([shut.status, shut.json.answers?.[0]?.rule], [409, 'R82-3'], shut.text);
    await microscope.took(platform, 'amend', { ...own, service: undefined, step: 'amend', sharing: '校外单位提前三个工作日预约，按机时收费，数据只交委托方。' });
    await microscope.took(platform, 'open');
    const job = await contracted({ ...place, capability: microscope }, { trials: [], trl_goal: 7 });
    const voucher = { step: 'issue', holder: OURS, amount: '1万元', from_day: day(-1), until_day: day(9), basis: '示例' };
    await begun(bureau, 'vouchers', { ...voucher, number: 'YQ-1', purposes: ['pilot'] });
    await begun(bureau, 'vouchers', { ...voucher, number: 'YQ-2', purposes: ['test'] });
    assert.match((await job.take(firm, 'reserve', { voucher_no: 'YQ-1', voucher_part: '1万元' })).text, /不在券的用途之内/);
    await job.took(firm, 'reserve', { voucher_no: 'YQ-2', voucher_part: '1万元' });
    await job.took(platform, 'book', { on_day: day(12), from_hour: 8, until_hour: 10 });
    await job.took(firm, 'return');
    await job.took(platform, 'cancel', { ended_by: 'equipment', end_why: '检修' });
    await job.took(firm, 'acknowledge');
    await microscope.took(platform, 'close');
}

async function the_calendar(place) {
    const { platform, capability } = place;
    const first = place.first = await contracted(place), second = await contracted(place), third = await contracted(place);
    const slot = { on_day: day(3), from_hour: 8, until_hour: 12 };
    await first.took(platform, 'book', slot);
    await second.took(platform, 'book', { ...slot, from_hour: 10, until_hour: 14 });
    const full = await third.take(platform, 'book', { ...slot, from_hour: 11, until_hour: 13 });
    assert.deepEqual([full.status, /还剩 0 个工位/.test(full.text)], [409, true], full.text);
    assert.match(full.text, new RegExp(`同样的时段，${day(4)} 有空`), 'the next day with the same hours is named');
    await third.took(platform, 'book', { ...slot, from_hour: 14, until_hour: 18 });
    const shut = await capability.take(platform, 'maintain', { ...slot, what: '换喷枪' });
    assert.equal(shut.status, 409, 'no maintenance over what is booked');
    await capability.took(platform, 'maintain', { on_day: day(5), from_hour: 8, until_hour: 18, what: '换喷枪' });
    assert.equal((await third.take(platform, 'book', { ...slot, on_day: day(5) })).status, 409);
    assert.equal((await third.take(platform, 'book', { ...slot, from_hour: 6 })).status, 422, 'not before it opens');
    assert.equal((await third.take(platform, 'book', { ...slot, on_day: day(-1) })).status, 422, 'not in the past');
    await second.took(platform, 'free', { freed_why: '改期' });
    await third.took(platform, 'book', { ...slot, from_hour: 10, until_hour: 14 });
    await third.took(platform, 'cancel', { ended_by: 'equipment', end_why: '喷枪损坏' });
    await second.took(platform, 'book', { ...slot, from_hour: 8, until_hour: 18 });
    assert.equal((await third.seen(place.firm)).state.code, 'cancelled', 'its slots are free again with it');
    await third.took(place.firm, 'acknowledge');
    await second.took(platform, 'cancel', { ended_by: 'full', end_why: '排期已满' });
    await second.took(place.firm, 'acknowledge');
}

/** As everybody reads it, and as the platform does. */
async function its_pages({ platform, firm, server, capability, first }) {
    const at = `/pilot/${id_of(capability.at)}/calendar`;
    const { days } = (await server.guest().get(`/api/v1${at}?from=${day(3)}`)).json.pilot_calendar;
    assert.deepEqual([days.length, days[0].day, days[0].held.length], [7, day(3), 1]);
    assert.deepEqual(days[0].free.map(one => [one.from, one.until, one.stations]), [['8:00', '12:00', 1], ['12:00', '18:00', 2]], 'what is left of two stations');
    assert.deepEqual([days[2].held[0].maintenance, days[2].free], [true, []]);
    assert.equal(days[0].held[0].href, null, 'whose job it is, is not for all');
    assert.deepEqual((await platform.get(`/api/v1${at}?from=${day(3)}`)).json.pilot_calendar.days[0].held.map(one => one.href).includes(first.at), true);
    assert.equal((await server.guest().get(`${at}?days=31`)).status, 200);
    assert.equal((await server.guest().get(`${at}?from=soon`)).status, 422);
    assert.match((await server.guest().get(`${at}.ics`)).text, /SUMMARY:检修 8:00-18:00 x2/);
    assert.equal((await firm.get('/pilot/77/calendar')).status, 404);
}

async function its_figures(place) {
    const { platform, firm, bureau, server } = place, at = `/pilot/${id_of(place.service)}/report`;
    const { pilot_report: report } = (await platform.get(`/api/v1${at}?from=${day(-9)}&until=${day(9)}`)).json;
    assert.deepEqual([report.all.available, report.all.used, report.all.maintained], [19 * 10 * 2, 4 + 4, 10 * 2]);
    assert.deepEqual([report.all.done, report.all.reached, report.all.failed, report.all.written, report.all.income, report.all.by_voucher],
        [2, 1, 1, 1, '10000000', '5000000']);
    assert.deepEqual([report.all.refused, report.all.cancelled, report.all.quote.days], [1, 3, 0]);
    assert.equal((await platform.get(at)).status, 200);
    assert.equal((await platform.get(`${at}/export`)).status, 200);
    assert.equal((await firm.get(at)).status, 403);
    assert.equal((await server.guest().get(at)).status, 303);
    const { lines } = (await bureau.get('/api/v1/pilot/demand')).json.pilot_demand;
    assert.deepEqual(lines.map(one => [one.label, one.refused, one.capabilities, one.open_hours]), [['33 金属制品业', 4, 1, 90 * 10 * 2]]);
    assert.equal((await bureau.get('/pilot/demand')).status, 200);
    assert.equal((await bureau.get('/pilot/demand/export')).status, 200);
}

async function the_run(place) {
    const { firm, platform, rights, server, first } = place;
    assert.equal((await first.take(platform, 'custody', { sample: 'S1', what: 'opened', day: day(0), handled_by: '王五' })).status, 422, 'not before it came');
    await first.took(platform, 'custody', { sample: 'S1', what: 'received', day: day(0), seal: 'F-001', handled_by: '王五' });
    assert.equal((await first.take(platform, 'custody', { sample: 'S1', what: 'returned', day: day(0), handled_by: '王五' })).status, 422, 'no seal');
    await first.took(platform, 'custody', { sample: 'S1', what: 'opened', day: day(0), handled_by: '王五' });
    await first.took(platform, 'start');
    assert.match((await first.take(platform, 'report', { outcome: 'reached', summary: '结合强度达到要求的数值。', trl_proved: 6, digest: DIGEST })).text, /还没有原始记录/);
    const batch = { day: day(0), reading: '结合强度 41 MPa', file: 'b1.csv', digest: DIGEST, run_by: '王五' };
    await first.took(platform, 'record', { ...batch, batch: 'B1', outcome: 'failed', reading: '结合强度 18 MPa，没有达到' });
    await first.took(platform, 'record', { ...batch, batch: 'B2', outcome: 'reached' });
    assert.equal((await first.take(platform, 'report', { outcome: 'failed', summary: '没有达到所要求的强度。', trl_proved: 6, digest: DIGEST })).status, 422);
    await first.took(platform, 'report', { outcome: 'reached', summary: '结合强度达到要求的数值。', trl_proved: 6, digest: DIGEST });
    await first.took(firm, 'object', { objection: '请补第三批' });
    await first.took(platform, 'record', { ...batch, batch: 'B3', outcome: 'reached' });
    await first.took(platform, 'report', { outcome: 'reached', summary: '三批里两批达到要求。', trl_proved: 6, digest: DIGEST });
    assert.equal((await first.take(rights, 'write_back', { trl_written: 6 })).status, 409, 'not before it is confirmed');
    await first.took(firm, 'confirm');
    assert.equal((await first.take(rights, 'write_back', { trl_written: 7 })).status, 422, 'not above what was proved');
    assert.equal((await first.take(firm, 'write_back', { trl_written: 6 })).status, 403, 'the achievement is not the client\'s');
    await first.took(rights, 'write_back', { trl_written: 6 });
    assert.equal((await first.take(rights, 'write_back', { trl_written: 6 })).status, 409, 'once');
    assert.equal(field((await server.guest().get(`/api/v1${place.achievement}`)).json.record, 'trl'), 6, 'the achievement has its new TRL');
    const seen = await first.seen(rights);
    assert.equal(field(seen, 'amount'), undefined, 'what it cost is not for the owner of the achievement');
    assert.equal(entries(await first.seen(firm), 'trial_run').length, 3, 'the failure stays on record');
}

async function vouchers(place) {
    const { firm, platform, bureau } = place;
    const issue = { step: 'issue', number: 'LZ-2026-0001', holder: OURS, amount: '6万元', purposes: ['pilot', 'test'], from_day: day(-10), until_day: day(30), share: '50%', basis: '示例创新券办法' };
    const voucher = place.voucher = await begun(bureau, 'vouchers', issue);
    assert.equal((await bureau.post('/api/v1/vouchers', issue)).status, 409, 'a number is given once');
    assert.equal((await firm.post('/api/v1/vouchers', { ...issue, number: 'LZ-2026-0010', issuer: THIRD })).status, 403, 'a firm issues none of the bureau\'s');
    const own = await firm.post('/api/v1/vouchers', { ...issue, number: 'LZ-2026-0011', holder: THEIRS });
    assert.deepEqual([own.status, /由政府部门或它委托的机构发放/.test(own.text)], [403, true], 'nor any of its own');
    assert.equal((await bureau.post('/api/v1/vouchers', { ...issue, number: 'LZ-2026-0009', holder: THIRD })).json.field, 'holder', 'nor does the bureau give one to itself');
    assert.equal((await platform.get(`/api/v1${voucher.at}`)).status, 404);
    const job = await contracted(place, { trl_goal: 7 }), other = await contracted(place, { trl_goal: 7 });
    const over = await job.take(firm, 'reserve', { voucher_no: issue.number, voucher_part: '50000.01元' });
    assert.equal(over.status, 409, over.text);
    assert.match(over.text, /最多抵扣合同金额/);
    assert.equal((await job.take(firm, 'reserve', { voucher_no: 'LZ-9', voucher_part: '1元' })).status, 422);
    await job.took(firm, 'reserve', { voucher_no: issue.number, voucher_part: '5万元' });
    const second = await other.take(firm, 'reserve', { voucher_no: issue.number, voucher_part: '10000.01元' });
    assert.deepEqual([second.status, /余额是/.test(second.text)], [409, true], second.text);
    await other.took(firm, 'reserve', { voucher_no: issue.number, voucher_part: '1万元' });
    assert.equal((await voucher.take(bureau, 'withdraw', { end_why: '试' })).status, 422, 'not while something is held');
    await other.took(platform, 'cancel', { ended_by: 'equipment', end_why: '设备检修' });
    assert.deepEqual(await stand(firm, voucher), { reserve: 6_000_000, release: 1_000_000, spend: 0, expire: 0 }, 'given back to the fen');
    assert.equal(field(await other.seen(firm), 'voucher_part'), undefined);
    return job;
}

/** A client who does not pay does not keep the voucher's money held. */
async function waived(place) {
    const { firm, platform, bureau } = place;
    const voucher = await begun(bureau, 'vouchers', { step: 'issue', number: 'LZ-2026-0002', holder: OURS, amount: '1万元', purposes: ['pilot'], from_day: day(-10), until_day: day(30), basis: '示例创新券办法' });
    const job = await contracted(place, { trl_goal: 7 });
    await job.took(firm, 'reserve', { voucher_no: 'LZ-2026-0002', voucher_part: '1万元' });
    await job.took(platform, 'book', { on_day: day(7), from_hour: 8, until_hour: 12 });
    await job.took(platform, 'start');
    await job.took(platform, 'record', { day: day(0), batch: 'B1', reading: '没有达到', outcome: 'failed', file: 'b.csv', digest: DIGEST, run_by: '王五' });
    await job.took(platform, 'report', { outcome: 'failed', summary: '结合强度没有达到要求。', digest: DIGEST });
    await job.took(firm, 'confirm');
    await job.took(platform, 'bill', { invoice: 'FP-0002', day: day(0), amount: '10万元' });
    assert.equal((await job.take(firm, 'waive', { end_why: '不付了' })).status, 403, 'it is the platform\'s to waive');
    await job.took(platform, 'waive', { end_why: '委托方停产，款收不到' });
    assert.deepEqual(await stand(firm, voucher), { reserve: 1_000_000, release: 1_000_000, spend: 0, expire: 0 });
    await voucher.took(bureau, 'withdraw', { end_why: '企业停产' });
}

async function paid(place, job) {
    const { firm, platform, voucher } = place;
    await job.took(platform, 'book', { on_day: day(6), from_hour: 8, until_hour: 12 });
    await job.took(platform, 'start');
    await job.took(platform, 'record', { day: day(0), batch: 'B1', reading: '没有达到', outcome: 'failed', file: 'b.csv', digest: DIGEST, run_by: '王五' });
    await job.took(platform, 'report', { outcome: 'failed', summary: '结合强度没有达到要求。', digest: DIGEST });
    await job.took(firm, 'confirm');
    assert.equal((await job.take(platform, 'bill', { invoice: 'FP-0001', day: day(0), amount: '10.01万元' })).status, 422);
    await job.took(platform, 'bill', { invoice: 'FP-0001', day: day(0), amount: '10万元' });
    await job.took(firm, 'pay', { paid_on: day(0), payment: 'PZ-77' });
    assert.deepEqual(await stand(firm, voucher), { reserve: 6_000_000, release: 1_000_000, spend: 5_000_000, expire: 0 });
    await job.took(firm, 'rate', { score: 4, review: '记录齐全' });
    assert.equal((await job.seen(platform)).state.code, 'closed');
}

/** The same town seven months later. */
async function later(place) {
    await place.server.stop();
    place.server = await place.city.serve({ env: { TQ_CLOCK_MS: String(Date.now() + 213 * DAY) } });
    for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
}

async function settled(place) {
    const now = new Date(Date.now() + 8 * 3_600_000), half = now.getUTCMonth() < 6 ? '1' : '2', year = now.getUTCFullYear();
    const draw = { step: 'draw', platform: THEIRS, year, half };
    const early = await place.bureau.post('/api/v1/settlements', draw);
    assert.deepEqual([early.status, /还没有过完/.test(early.text)], [422, true], early.text);
    assert.match((await place.bureau.post('/api/v1/settlements', { ...draw, year: year - 1 })).text, /没有在这家单位核销/);
    await later(place);
    const batch = await begun(place.bureau, 'settlements', draw);
    assert.deepEqual([field(await batch.seen(place.platform), 'count'), field(await batch.seen(place.platform), 'amount')], [1, '5000000']);
    assert.equal((await place.bureau.post('/api/v1/settlements', draw)).status, 409, 'one for each half year');
    assert.equal((await batch.take(place.bureau, 'agree', { note: '一致' })).status, 403, 'who is paid agrees');
    await batch.took(place.platform, 'dispute', { note: '示例：少了一笔' });
    await batch.took(place.second, 'redraw');
    await batch.took(place.platform, 'agree', { note: '与本单位的账一致' });
    const own = await batch.take(place.second, 'pay', { paid_on: day(0), payment: 'BF-1' });
    assert.deepEqual([own.status, /是您自己开的/.test(own.text), /另一位工作人员/.test(own.text)], [403, true, true], 'who drew it up last does not approve it');
    await batch.took(place.bureau, 'pay', { paid_on: day(0), payment: 'BF-1' });
    assert.deepEqual((await place.firm.get('/api/v1/public-money')).json.money.groups[1].lines.map(line => [line.name, line.paid]), [['创新券', '5000000']]);
    assert.equal((await place.firm.get(`/api/v1${batch.at}`)).status, 404);
    assert.equal((await place.firm.get(`${batch.at}/export`)).status, 404);
    assert.equal((await place.platform.get(`${batch.at}/export`)).status, 200);
    assert.match((await place.platform.get(batch.at)).text, /LZ-2026-0001/, 'each that was spent');
    assert.match((await place.firm.get(place.voucher.at)).text, /已核销/);
    await place.voucher.took(place.bureau, 'lapse');
    assert.deepEqual(await stand(place.firm, place.voucher), { reserve: 6_000_000, release: 1_000_000, spend: 5_000_000, expire: 1_000_000 });
    assert.equal((await place.voucher.seen(place.firm)).state.code, 'lapsed');
}

async function after_the_pilot({ firm, first }) {
    const plan = await begun(firm, 'industrials', { step: 'begin', name: '示例涂层产线', region: ['620102'], job: id_of(first.at) });
    let seen = await plan.seen(firm);
    assert.equal(entries(seen, 'clearance').length, 10);
    assert.equal((await plan.take(firm, 'finish')).status, 409, 'not before all are done');
    for (const item of entries(seen, 'clearance'))
        await plan.took(firm, 'progress', { entry: item.id, progress: 'needless', note: '租用现成厂房' });
    await plan.took(firm, 'finish');
    seen = await plan.seen(firm);
    assert.equal(seen.state.code, 'ready');
}

async function a_space({ platform, firm }) {
    const space = await made_by(platform, '/services', { title: '示例乙所孵化空间', sort: 'space', about: '为科技企业提供场地、辅导和融资对接的空间。' });
    const tenancy = await begun(platform, 'tenancies', { step: 'move_in', space: id_of(space), tenant: OURS, from_day: '2023-01-10', staff: 5 });
    assert.equal((await platform.post('/api/v1/tenancies', { step: 'move_in', space: id_of(space), tenant: OURS, from_day: '2024-01-10' })).status, 422, 'once at a time');
    await tenancy.took(platform, 'serve', { day: '2023-05-01', sort: 'mentor', what: '商业计划辅导', hours: 3, given_by: '李导师' });
    assert.equal((await firm.get(`/api/v1${tenancy.at}`)).status, 200);
    const said = { graduation: 'hitech', gone_on: '2025-07-10', staff_then: 30 }, look = async () => (await platform.get(`/api/v1/spaces/${id_of(space)}`)).json.space;
    await tenancy.took(platform, 'graduate', { ...said, staff_then: 300 });
    const alone = await look();
    assert.deepEqual([alone.resident, alone.graduated, alone.waiting, alone.staff_gained, alone.graduation], [0, 0, 1, 0, null], 'the word of the space alone');
    assert.equal((await platform.post(`/api/v1${tenancy.at}`, { step: 'confirm', ver: (await tenancy.seen(platform)).ver })).status, 403);
    assert.match((await firm.get('/desk')).text, new RegExp(`href="${tenancy.at}"`));
    await tenancy.took(firm, 'contest', { contest_why: '离开时是 30 人' });
    assert.deepEqual([(await look()).waiting, (await look()).graduated], [1, 0]);
    await tenancy.took(platform, 'graduate', said);
    await tenancy.took(firm, 'confirm', {});
    assert.equal((await tenancy.seen(firm)).over, true);
    const figures = await look();
    assert.equal(figures.waiting, 0);
    assert.deepEqual([figures.graduated, figures.graduation.months, figures.services, figures.hours, figures.staff_gained], [1, 29, 1, 3, 25]);
    assert.equal((await platform.get(`/spaces/${id_of(space)}`)).status, 200);
}

/** The raw file is kept with the batch; a hash that was only typed opens nothing, whatever lies under it. */
async function raw_files(place) {
    const { firm, platform, bureau, auditor, server } = place;
    const job = await contracted(place, { achievement: undefined }), at = `/api/v1${job.at}/files`;
    await job.took(platform, 'book', { on_day: day(40), from_hour: 8, until_hour: 10 });
    await job.took(platform, 'start');
    const sha = bytes => createHash('sha256').update(bytes).digest('hex');
    const send = async (who, step, values, bytes, name = 'b1.csv') => {
        const reply = await who.upload(at, { step, ver: job.ver, ...values }, { name, bytes, field: 'raw' });
        if (reply.status === 200) job.ver = reply.json.ver;
        return reply;
    };
    const batch = { day: day(0), batch: 'B1', reading: '31 MPa', outcome: 'reached', run_by: '王五' }, one = '批次,强度\nB1,31\n', two = '批次,强度\nB2,32\n';
    assert.equal((await send(firm, 'record', batch, one)).status, 403);
    const alien = await send(platform, 'record', batch, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 1, 2]), 'b1.exe');
    assert.deepEqual([alien.status, alien.json.field], [422, 'raw'], alien.text);
    const recorded = await send(platform, 'record', batch, one);
    assert.equal(recorded.status, 200, recorded.text);
    const [kept] = entries(await job.seen(firm), 'trial_run');
    assert.deepEqual([field(kept, 'file'), field(kept, 'digest'), kept.file], ['b1.csv', sha(one), { href: `${job.at}/files/trial_run-1`, name: 'b1.csv', kib: 1 }], 'neither name nor hash is typed');
    await job.took(platform, 'record', { ...batch, batch: 'B2', file: 'b2.csv', digest: sha(two) });
    await job.took(platform, 'record', { ...batch, batch: 'B1 again', file: 'b1.csv', digest: sha(one) });
    for (const [who, status] of [[firm, 200], [platform, 200], [auditor, 200], [bureau, 403], [place.rights, 404], [server.guest(), 401]]) {
        const reply = await who.get(`${at}/trial_run-1`);
        assert.equal(reply.status, status, reply.text.slice(0, 200));
        if (status === 200) assert.equal(reply.text, one);
    }
    assert.match((await firm.get(job.at)).text, /下载 b1\.csv/);
    for (const no of [2, 3, 4]) assert.equal((await firm.get(`${at}/trial_run-${no}`)).status, 404, 'a typed hash opens nothing');
    const runs = entries(await job.seen(platform), 'trial_run'), entry = batch_name => runs.find(run => field(run, 'batch') === batch_name).id;
    const other = await send(platform, 'store', { entry: entry('B2') }, one);
    assert.deepEqual([other.status, other.json.field], [422, 'raw'], 'another file than was hashed');
    assert.equal((await job.take(platform, 'store', { entry: entry('B2') })).status, 422, 'no file');
    assert.equal((await send(platform, 'store', { entry: entry('B2') }, two, 'b2.csv')).status, 200);
    assert.equal((await firm.get(`${at}/trial_run-2`)).text, two);
    assert.equal((await send(platform, 'store', { entry: entry('B2') }, two, 'b2.csv')).status, 409, 'once stored it stays');
    assert.equal((await send(platform, 'report', { outcome: 'reached', summary: '结合强度达到要求，报告附后。', trl_proved: 6 }, '%PDF-1.4\n%%EOF\n', 'report.pdf')).status, 200);
    assert.equal((await firm.get(`${at}/trl_evidence-1`)).status, 200);
    const form = (await platform.get(`${job.at}?step=store&entry=${entry('B1 again')}`)).text;
    assert.match(form, /enctype="multipart\/form-data"[\s\S]*name="raw"/);
    const paged = await platform.upload(`${job.at}/files`, { step: 'store', ver: job.ver, entry: entry('B1 again') }, { name: 'b1.csv', bytes: one, field: 'raw' });
    assert.deepEqual([paged.status, paged.location], [303, job.at], 'by the form as by a program');
    assert.equal((await firm.get(`${job.at}/files/trial_run-3`)).text, one);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a platform says what it can do, for how much, and opens`, async () => {
            place = await pilot_town(engine);
            await a_platform(place);
        });
        await test(`${engine}: the safety gate stands before the quote`, () => the_gate(place));
        await test(`${engine}: what is not let`, () => what_is_not_let(place));
        await test(`${engine}: a calendar that is never booked twice`, () => the_calendar(place));
        await test(`${engine}: the calendar's page, for everybody and for the platform`, () => its_pages(place));
        await test(`${engine}: samples, raw records, the result, and the maturity written back`, () => the_run(place));
        let job;
        await test(`${engine}: a voucher is never spent twice and given back to the fen`, async () => { job = await vouchers(place); });
        await test(`${engine}: a failure is recorded, billed, paid with the voucher, rated`, () => paid(place, job));
        await test(`${engine}: what the platform comes to, and where capacity is missing`, () => its_figures(place));
        await test(`${engine}: land, plant and permits after the pilot`, () => after_the_pilot(place));
        await test(`${engine}: a firm in a space, and how it graduated`, () => a_space(place));
        await test(`${engine}: a large instrument`, () => an_instrument(place));
        await test(`${engine}: what is never paid frees the voucher`, () => waived(place));
        await test(`${engine}: the raw files of a job are kept with it`, () => raw_files(place));
        await test(`${engine}: vouchers are settled when the half year is over`, () => settled(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /附件 3 份.*都与账本相符/, 'the raw files hashed again with it');
        });
    } finally {
        await place?.city.end();
    }
}
finish();
