// A university with an achievement to transfer, a firm that takes it, people who act for both, a clock that is moved between starts
// of the server; and the whole way of a deal as a table, for tests that go along it.
import { City } from './house.mjs';
import { made_by } from './town.mjs';
import { step } from './steps.js';
import assert from 'node:assert/strict';

export { filled_in, look, step } from './steps.js';

export const UNIT = '示例丙学院', FIRM = '示例甲机械厂';
const DAY = 86_400_000, START = Date.parse('2026-03-02T02:00:00Z');
export const clock = days => ({ env: { TQ_CLOCK_MS: String(START + days * DAY) } });
export const day = days => new Date(START + days * DAY).toISOString().slice(0, 10);
export const SHA = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** place.at(days): the server goes on with its clock on that day, and the people sign in again, the officer by a password of his own. */
export function on_days(place, logins, password, first) {
    place.at = async (days, options = []) => {
        if (place.server) await place.server.stop();
        place.day = days;
        place.server = await place.city.serve({ ...clock(days), options });
        for (const login of logins) place[login] = await place.server.signIn(login, password);
        place.officer = await place.server.signIn('officer', first);
    };
    return place.at(0);
}

/** A city with a university, a firm, an achievement, and people who act for them; `at(days, options)` starts the server on that day. */
export async function campus(engine) {
    const place = { city: new City(engine), day: 0 };
    const { city } = place;
    city.run('init');
    const first = city.accounts([['officer', '示例工作人员', '', 'city_officer']]);
    let server = await city.serve(clock(0));
    const officer = await server.signIn('officer', first);
    await made_by(officer, '/parties', { name: UNIT, side: 'university', nature: 'institution', region: ['620102'], contact: '李四',
        phone: '0931-1234567', approvals: ['科研管理部门', '校长办公会 100万元以上'] });
    await made_by(officer, '/parties', { name: FIRM, side: 'enterprise', nature: 'private', region: ['620102'], contact: '王五', phone: '0931-7654321' });
    await server.stop();
    const password = city.accounts([['clerk', '丙学院转化专员', UNIT, 'member'], ['colleague', '丙学院同事', UNIT, 'unit_admin'],
        ['firm', '甲厂成员', FIRM, 'member'], ['auditor', '审计员', '', 'auditor'], ['professor', '丙学院教授', UNIT, 'researcher']]);
    place.password = password;
    await on_days(place, ['clerk', 'colleague', 'firm', 'auditor', 'professor'], password, first);
    place.achievement = await made_by(place.clerk, '/achievements', { title: '含沙介质耐磨轴承涂层', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。',
        trl: 6, ways: ['license'], price: '160万元', rights: ['发明专利 ZL202110123456.0 2021-01-29 有效'] });
    return place;
}

export async function done(who, deal, name, values) {
    const reply = await step(who, deal, name, values);
    assert.equal(reply.status, 200, `${name}: ${reply.text}`);
}

export async function refused(who, deal, name, values, status, message) {
    const reply = await step(who, deal, name, values);
    assert.equal(reply.status, status, `${name}: ${reply.status} ${reply.text}`);
    assert.match(`${reply.json.message} ${reply.json.hint}`, message);
    return reply.json;
}

const EVIDENCE = [1, 2, 3, 4, 5, 6].map(level => `第 ${level} 级 示例报告`).join('\n');
const stated = (fact, value) => [50, 'state', { fact, value, source: 'declared' }];

/** [day, step, what is typed]: every step there is but "drop", each where it may be taken. */
export const way = [
    [0, 'title', {}], [0, 'value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence: EVIDENCE }],
    [0, 'price', { buyer: FIRM, buyer_nature: 'private', ground: '参照两份可比许可合同，学校集体决策' }], [0, 'notice', {}],
    [0, 'withdraw', { ended_why: '改正名称' }], [0, 'notice', {}], [0, 'object', { notice: '2', objector: '示例同事', text: '名称写得不全' }],
    [0, 'rule', { ruling: '名称与专利一致', upheld: 'no' }], [20, 'approve', { minutes: '示例科研〔2026〕1号' }],
    [20, 'approve', { minutes: '示例校办〔2026〕2号' }], [20, 'sign', { number: 'HT-2026-01' }], [20, 'register', { point: '示例登记机构' }],
    [20, 'correct', { lacks: '缺少双方资质' }], [20, 'mend', {}], [20, 'registered', { number: '2026620100000001' }], [20, 'amend', { clauses: '交付期顺延一个月' }],
    [20, 'change', {}], [20, 'plan', { sort: 'lump', due_on: day(60), amount: '160万元' }], [20, 'receive', { voucher: 'PZ-1' }],
    [20, 'cost', { sort: 'tax', amount: '9万元', voucher: 'PZ-2' }], [20, 'allot', { team: '曾某（示例） 60% 主要贡献\n彭某（示例） 40%' }],
    [20, 'notice', { sort: 'reward', place: 'unit' }], [50, 'pay', { voucher: 'PZ-9' }], [50, 'file', { sort: 'cash', number: '示例-58-1' }],
    [50, 'revoke', { revoked_why: '示例：查实合同不真实' }], [50, 'register', { point: '示例登记机构' }], [50, 'registered', { number: '2026620100000002' }],
    stated('income_kept', 'yes'), stated('used_mainly', 'yes'), stated('licence_filed', day(30)), [50, 'close', {}],
];
