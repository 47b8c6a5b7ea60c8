// A town with a pilot platform, for the tests and the drill: who there is, what a capability and a job look like, steps of a matter.
import { Matter, entries, number as id_of, value as field } from './matters.mjs';
import { OURS, THEIRS, THIRD, department, made_by, town } from './town.mjs';
import assert from 'node:assert/strict';

export { entries, field, id_of };

export const ACCOUNTS = [['firm', '甲厂成员', OURS, 'member'], ['platform', '乙所中试负责人', THEIRS, 'member'], ['rights', '丙学院成员', THIRD, 'member'],
    ['bureau', '示例科技局工作人员', THIRD, 'city_officer'], ['second', '示例科技局复核人员', THIRD, 'member'],
    ['auditor', '审计员', '', 'auditor']];
export const DAY = 86_400_000;
export const day = ahead => new Date(Date.now() + 8 * 3_600_000 + ahead * DAY).toISOString().slice(0, 10);
/** Every day is open in this town, so that no weekend is in the way. */
export const CAPABILITY = { step: 'begin', name: '高温涂层中试线', sort: 'pilot', trials: ['process', 'production'], industry: ['3311'], equipment: '等离子喷涂设备两台，烘箱一台',
    stations: 2, opens: 8, closes: 18, weekends: true, confidence: ['plain', 'nda'], trl_from: 4, trl_to: 7, hazards: ['pressure'], quote_days: 3,
    contact: '王五', phone: '0931-7654321' };
export const JOB = { step: 'request', wants: '验证涂层在喷涂工艺下的结合强度，小批量五十件。', trials: ['process'], trl_goal: 6, hazards: ['none'], reaction: 'no',
    confidence: 'nda', name: '张三', phone: '0931-1234567' };
export const QUOTE = { price: '10万元', days: 20, terms: '按班次计价，共二十个班次；签保密协议。', quote_until: day(20) };
export const DIGEST = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Begins one. */
export async function begun(who, plural, values) {
    const reply = await who.post(`/api/v1/${plural}`, values);
    assert.equal(reply.status, 201, `${plural}: ${reply.text}`);
    return new Matter(`/${plural}/${reply.json.id}`);
}

/** A town with a platform, a firm, the owner of an achievement and a bureau that issues vouchers; nothing of a pilot yet. */
export async function pilot_town(engine) {
    const place = await town(engine, ACCOUNTS);
    await department(place);
    for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
    place.achievement = await made_by(place.rights, '/achievements', { title: '含沙介质耐磨涂层', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。', trl: 5 });
    place.service = await made_by(place.platform, '/services', { title: '示例乙所涂层中试平台', sort: 'pilot', about: '高温涂层的工艺验证与小批量生产，对外服务。', industry: ['3311'] });
    return place;
}

/** A capability with a price, taking jobs. */
export async function capability_open(place, values = {}) {
    const capability = await begun(place.platform, 'capabilities', { ...CAPABILITY, service: id_of(place.service), ...values });
    await capability.took(place.platform, 'price', { item: '喷涂班次', unit: 'shift', price: '5000元' });
    await capability.took(place.platform, 'open');
    return capability;
}

export const ask = (place, values = {}) => begun(place.firm, 'pilot_jobs', { ...JOB, capability: id_of(place.capability.at), achievement: id_of(place.achievement), ...values });

/** One to whom the platform quoted, and which the client took. */
export async function contracted(place, values = {}) {
    const job = await ask(place, values);
    await job.took(place.platform, 'quote', QUOTE);
    await job.took(place.firm, 'accept', { contract: 'ZS-2026-001', amount: '10万元' });
    return job;
}

/** Fen by what became of them, as the voucher's page has it. */
export const stand = async (who, voucher) => {
    const sum = { reserve: 0, release: 0, spend: 0, expire: 0 };
    for (const item of entries(await voucher.seen(who), 'voucher_use')) sum[field(item, 'sort').code] += Number(field(item, 'amount'));
    return sum;
};
