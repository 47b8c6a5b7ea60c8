// Who chose English reads no Chinese that is ours: every page is walked over a town whose people write English only, so that any Chinese
// character on it is the program's. The exceptions are the link to the Chinese page and what a person typed in Chinese.
//
//   node tests/web/english.mjs
import { test, finish, engines, until, City } from './house.mjs';
import { look as deal_of, step } from './steps.js';
import assert from 'node:assert/strict';

const HAN = /\p{Script=Han}+/gu;
const WORKS = 'Example Pump Works', INSTITUTE = 'Example Bearing Institute';

// --- looking

const faults = new Set();

/** What is left of a page without what says itself that it is Chinese. */
const ours = html => html.replace(/<(\w+)[^>]* lang="zh-CN"[^>]*>[^<]*<\/\1>/g, '');

function look(what, reply, status = 200, except = []) {
    const text = except.reduce((rest, one) => rest.replaceAll(one, ''), ours(reply.text));
    if (![status].flat().includes(reply.status)) faults.add(`${what}: ${reply.status}, wanted ${status}: ${reply.text.slice(0, 400)}`);
    for (const { 0: word, index } of text.matchAll(HAN))
        faults.add(`${what}: ${word} in …${text.slice(Math.max(0, index - 60), index + word.length + 30).replace(/\s+/g, ' ')}…`);
    return reply;
}

function told() {
    const all = [...faults];
    faults.clear();
    if (all.length) throw new Error(`${all.length}\n${all.slice(0, 60).join('\n')}`);
}

/** Somebody with English chosen. */
function english(guest) {
    const { send } = guest;
    guest.send = (method, path, { headers = {}, ...rest } = {}) => {
        const cookie = [guest.cookie, headers.Cookie, 'lang=en'].filter(Boolean).join('; ');
        return send.call(guest, method, path, { ...rest, headers: { ...headers, Cookie: cookie } });
    };
    return guest;
}

// --- the town

const NEED = { title: 'Life of a pump bearing', now: 'With sand in the medium a bearing lasts 3000 hours, and each repair takes two days.',
    goal: 'A life of 8000 hours', limits: 'Water with sand', keywords: ['bearing', 'pump'], industry: ['C34', 'C3441'], trl: 7, budget: '2000000', due: '2029-12-31',
    ways: ['license', 'joint'], region: ['620102'], detail: 'Third pump in hall two', contact: 'A. Smith', hidden: true, alias: 'A pump maker' };
const ACHIEVEMENT = { title: 'Wear-proof pump bearing', abstract: 'A bearing for pumps in water with sand; its life rose from 3000 to 8000 hours on a test rig.',
    uses: ['pump'], trl: 5, price: '1600000', ways: ['license', 'equity'], region: ['620200'], team: ['B. Jones'], detail: 'A coating of silicon carbide', industry: ['C34'],
    discipline: ['A01'], ipc: ['F16C'], rights: 'invention ZL202110123456.0 2021-01-29 valid', secrecy: 'nda', contact: 'B. Jones' };
const RECORDS = { achievements: ACHIEVEMENT,
    scenarios: { title: 'Trial in a pump hall', about: 'A year of trial in a pump hall of a refinery, with data.', form: ['trial'], region: ['620102'], opens: '2028-01-01', closes: '2029-12-31' },
    services: { title: 'Bearing test rig', sort: 'pilot', about: 'A test rig that runs bearings for two thousand hours.', trl_from: 4, trl_to: 7, region: ['620100'], trials: ['design', 'process'] } };
const OFFICIAL = { people: { name: 'C. Brown', calling: ['manager', 'expert'], skills: ['bearing'], about: 'Knows pumps and bearings.', email: 'brown@example.com', party: WORKS },
    policies: { title: 'Grant for first sets of pumps', gives: 'A grant for the first set of a pump with a new bearing.', basis: 'Example 2026 No. 1', sort: 'tax', region: ['620100'], source: 'unverified' } };

async function furnish(engine) {
    const city = new City(engine);
    city.run('init');
    const first = city.accounts([['officer', 'Example Officer', '', 'city_officer']]);
    let server = await city.serve();
    let officer = await server.signIn('officer', first);
    const put = async (who, path, value) => {
        const reply = await who.post(`/api/v1/${path}`, value);
        assert.equal(reply.status, 201, `${path}: ${reply.text}`);
        return reply.id;
    };
    const place = { city, ids: {} };
    place.ids.parties = await put(officer, 'parties', { name: WORKS, side: 'enterprise', nature: 'private', region: ['620102'], about: 'Makes pumps.', contact: 'A. Smith', phone: '0931-1234567' });
    await put(officer, 'parties', { name: INSTITUTE, side: 'institute', region: ['620200'] });
    await server.stop();
    const password = city.accounts([['member', 'A. Smith', WORKS, 'member,unit_admin'], ['other', 'B. Jones', INSTITUTE, 'member'], ['keeper', 'K. Keeper', '', 'security_admin'], ['machine', 'M. Machine', '', 'system_admin'], ['audits', 'A. Audits', '', 'audit_admin']]);
    place.server = server = await city.serve();
    officer = await server.signIn('officer', first);
    const member = await server.signIn('member', password), other = await server.signIn('other', password);
    for (const [name, login] of [['admin', 'keeper'], ['system', 'machine'], ['audit', 'audits']]) place[name] = english(await server.signIn(login, password));
    place.ids.needs = await put(member, 'needs', NEED);
    for (const [kind, value] of Object.entries(RECORDS)) place.ids[kind] = await put(kind === 'achievements' ? other : member, kind, value);
    for (const [kind, value] of Object.entries(OFFICIAL)) place.ids[kind] = await put(officer, kind, value);
    await member.post(`/api/v1/needs/${place.ids.needs}`, { ver: 1, goal: 'A life of 9000 hours' });
    const search = async () => (await server.guest().get('/api/v1/match?q=pump')).json.columns;
    await until(async () => { const found = await search(); return found.achievement.total && found.policy.total; }, 30_000); /* the index follows */
    return Object.assign(place, { password, first, member: english(member), other: english(other), officer: english(officer), guest: english(server.guest()) });
}

// --- walking

async function visitor(place) {
    const { guest, ids } = place, q = encodeURIComponent('pump bearing that lasts 8000 hours in water with sand, TRL 7, CNY 2000000, by 2029-12-31, in Lanzhou');
    for (const path of ['/', '/docs/api', '/docs/privacy', '/sign-in']) look(path, await guest.get(path));
    for (const kind of Object.keys(ids)) {
        look(`/${kind}`, await guest.get(`/${kind}`));
        look(`/${kind}?q`, await guest.get(`/${kind}?q=pump`));
        look(`/${kind} nothing`, await guest.get(`/${kind}?region=110000`));
        look(`/${kind}/id`, await guest.get(`/${kind}/${ids[kind]}`));
    }
    look('narrowed', await guest.get('/needs?industry=C&trl=7&ways=license&region=620102'));
    look('narrow results', await guest.get(`/match?q=${q}&industry=C&region=620000&trl=4&way=license`));
    const results = look('results', await guest.form('/match', { q: decodeURIComponent(q) }));
    for (const said of ['TRL 5 falls short of TRL 7 by 2', 'Price idea CNY 1,600,000', 'Jiayuguan', 'First a pilot trial: TRL 5 to 7'])
        if (!results.text.includes(said)) faults.add(`results do not say ${said}`);
    const policies = look('policies', await guest.form('/match', { q: decodeURIComponent(q), column: 'policy' }));
    if (!policies.text.includes('Government')) faults.add('policies do not say Government');
    /* What a Chinese question says is understood; its own words stand in the box and among the reasons. */
    const asked = '预算200万元,年底前,兰州,许可', checked = await guest.form('/match', { q: `pump bearing in water with sand, TRL 7, ${asked}`, column: 'achievement' });
    look('checks', checked, 200, [asked, /<details class="why">.*?<\/details>/gs]);
    for (const said of ['price CNY 1,600,000 ≤ budget CNY 2,000,000', 'in Jiayuguan, not in Lanzhou', 'both accept: licence', 'time not stated (asked for'])
        if (!checked.text.includes(said)) faults.add(`checks do not say ${said}`);
    look('one column', await guest.get(`/match?q=${q}&column=achievement`));
    look('no column', await guest.get(`/match?q=${q}&column=nothing`), 422);
    look('empty box', await guest.get('/match?q='), 422);
    look('long box', await guest.form('/match', { q: 'pump '.repeat(5000) }), 422);
    const team = 'A 40% main income=160000\nB 35% main chief\nC 25% agency', ask = { amount: '1000000', way: 'assign', region: '620000', team, cost_tax: '1000', agreed: '70%', region2: '330000', local2: '1' };
    for (const rule of ['', '/R50', '/R51', '/R52', '/R46']) look(`assessment ${rule}`, await guest.get(`/assess${rule}`));
    look('simulator', await guest.get('/simulate'));
    for (const way of ['assign', 'license', 'equity', 'self', 'joint']) look(`simulated ${way}`, await guest.form('/simulate', { ...ask, way }));
    look('not so', await guest.form('/simulate', { ...ask, agreed: '50%', agreed2: '80%', region2: '310000', team: 'A 10% main\nB 90% agency leader' }));
    look('slips', await guest.form('/simulate', { amount: '-1', way: 'x', region: 'x', agreed: 'x', agreed2: '0', earlier: '-1', cost_tax: 'x', team: 'A\n40%\nB 40% thing\nC 1.234%\nD 30% income=x' }), 422);
    look('shares', await guest.form('/simulate', { ...ask, team: 'A 60.01%\nB 40%' }), 422);
    look('no industry', await guest.get(`/match?q=${q}&industry=nothing`), 422);
    look('rules', await guest.get('/rules'));
    look('rules of a region', await guest.get('/rules?region=620102&theme=reward'));
    look('no rules', await guest.get('/rules?q=nothing'));
    const rule = look('a rule', await guest.get('/rules/R03?on=2026-03-17&state_unit=yes&pricing=agreement&notice_first=2026-03-02&notice_withdrawn=no'));
    for (const said of ['Does not comply', 'does not hold: ', 'not verified', 'Secondary source'])
        if (!rule.text.includes(said)) faults.add(`the rule does not say ${said}`);
    look('a rule, unknown', await guest.get('/rules/R20?state_unit=yes'));
    look('a rule, wrong', await guest.get('/rules/R03?notice_first=x'), 422);
    look('no rule', await guest.get('/rules/R99'), 404);
    look('nowhere', await guest.get('/rules?region=nowhere'), 422);
    look('nothing', await guest.get('/nothing'), 404);
    look('no record', await guest.get('/needs/4611686018427387904'), 404);
    look('method', await guest.send('DELETE', '/needs'), 405);
    look('broken address', await guest.get('/needs?q=%zz'), 422);
    look('wrong password', await guest.form('/sign-in', { login: 'member', password: 'wrong' }), 401);
    look('bad type', await guest.send('POST', '/match', { body: 'x', headers: { 'Content-Type': 'text/plain' } }), 415);
    look('from elsewhere', await guest.form('/match', { q: 'x' }, { 'Sec-Fetch-Site': 'cross-site' }), 403);
}

const BAD = {
    needs: { title: 'x', now: '', trl: '12', budget: 'some', due: '2024-02-30', region: '999999', ways: 'none', industry: 'nothing', hidden: 'yes', keywords: 'k'.repeat(80) },
    achievements: { title: 'T\u202eT', abstract: '', trl: 'x', price: '-1', rights: 'thing 1', secrecy: 'everybody', team: Array.from({ length: 40 }, (_, i) => `name ${i}`).join(';'), ipc: 'ZZZ' },
    scenarios: { title: 'Trial', about: 'short', opens: '2029-01-01', closes: '2028-01-01', form: 'x' },
    services: { title: 'Bearing rig', sort: 'nothing', about: '密级:机密', trl_from: '7', trl_to: '4', amount: '1e9' },
    parties: { name: '', side: 'x', uscc: '91350100M000100Y4O', email: 'x', phone: 'x', url: 'x', founded: 'x' },
    people: { name: '', calling: 'x', email: 'x@', party: 'Nobody' },
    policies: { title: 'P', gives: '', valid_since: '2029-01-01', valid_until: '2028-01-01', source: 'x', url: 'ftp://x' },
};

async function member(place) {
    const { member, officer, other, ids } = place;
    const record = await other.get(`/achievements/${ids.achievements}`), wrong = await member.form('/needs', BAD.needs);
    for (const said of ['Invention patent ZL202110123456.0 2021-01-29 valid', 'CNY 1,600,000', 'A01 mathematics', 'Under NDA'])
        if (!record.text.includes(said)) faults.add(`the record does not say ${said}`);
    for (const said of ['Title has a length of 1. 4 to 200 characters are needed', 'One of: Own investment, Assignment, Licence', 'Give a code or a name out of &quot;Administrative divisions, GB/T 2260&quot;',
        'How it is done today, the figures, where it sticks'])
        if (!wrong.text.includes(said)) faults.add(`the form does not say ${said}`);
    for (const kind of Object.keys(ids)) {
        const who = ['parties', 'people', 'policies'].includes(kind) ? officer : kind === 'achievements' ? other : member;
        look(`${kind} new`, await who.get(`/${kind}/new`));
        look(`${kind} wrong`, await who.form(`/${kind}`, BAD[kind]), 422, ['密级:机密']);
        look(`${kind} edit`, await who.get(`/${kind}/${ids[kind]}/edit`));
        look(`${kind} own`, await who.get(`/${kind}/${ids[kind]}`));
        look(`${kind} history`, await who.get(`/${kind}/${ids[kind]}/history`));
        look(`${kind} past`, await who.get(`/${kind}/${ids[kind]}?ver=1`));
        look(`${kind} foreign`, await place.guest.get(`/${kind}/${ids[kind]}/edit`), 303);
        look(`${kind} as officer`, await officer.get(`/${kind}`));
    }
    look('officer new', await officer.get('/needs/new'));
    look('officer wrong', await officer.form('/needs', { ...NEED, hidden: 'no', owner: 'Nobody' }), 422);
    look('denied', await member.get(`/achievements/${ids.achievements}/edit`), 403);
    look('stale', await member.form(`/needs/${ids.needs}`, { ...NEED, hidden: 'yes', ver: '1' }), 409);
    look('same name', await member.form('/services', { ...RECORDS.services }), 409);
    look('no version', await member.form(`/needs/${ids.needs}`, { ...NEED, hidden: 'yes' }), 422);
    look('nobody', await other.form(`/achievements/${ids.achievements}/nda`, { party: 'Nobody' }), 422);
    look('prefilled', await member.form('/needs/new', { q: 'Bearings fail after 3000 hours; budget CNY 2000000, TRL 7' }));
    look('bad token', await member.form('/needs', { ...NEED, request_id: 'x' }), 422);
    look('old page', await member.form('/needs', { ...NEED, csrf: 'x' }), 403);
    const draft = await member.form('/needs', { do: 'draft', budget: 'some' });
    look('draft', await member.get(draft.location));
    look('feedback', await member.form(`/needs/${ids.needs}/feedback`, { other: `/achievements/${ids.achievements}`, outcome: 'refused/maturity' }), 303);
    look('no reason', await member.form(`/needs/${ids.needs}/feedback`, { other: `/achievements/${ids.achievements}`, outcome: 'refused' }), 422);
    look('no feedback', await other.form(`/scenarios/${ids.scenarios}/feedback`, { other: `/needs/${ids.needs}`, outcome: 'talks' }), 403);
    look('what became of it', await member.get(`/needs/${ids.needs}/feedback`));
    look('with feedback', await member.get(`/needs/${ids.needs}`));
    look('desk', await member.get('/desk'));
    look('no draft', await member.get('/drafts/4611686018427387904'), 404);
    look('closed', await member.form(`/services/${ids.services}/close`, {}), 303);
    look('closed', await member.get(`/services/${ids.services}`));
}

async function account(place) {
    const { member, password } = place;
    look('account', await member.get('/account'));
    const tries = { differ: { old: password, new: 'one thing and more', again: 'another thing' }, wrong: { old: 'wrong', new: 'one thing and more', again: 'one thing and more' },
        short: { old: password, new: 'short', again: 'short' }, common: { old: password, new: 'password1234', again: 'password1234' },
        name: { old: password, new: 'member member member', again: 'member member member' }, walk: { old: password, new: 'abcdefghijkl', again: 'abcdefghijkl' },
        same: { old: password, new: password, again: password } };
    for (const [what, values] of Object.entries(tries)) look(`password ${what}`, await member.form('/account/password', values), 422);
    look('no session', await member.form('/account/sessions', { end: 'x' }), 404);
}

// --- other people's accounts

async function accounts(place) {
    const { admin, member } = place, paths = ['/desk', '/accounts', '/accounts?q=nobody', '/accounts?role=member&state=off', '/accounts/new'];
    for (const path of paths) look(path, await admin.get(path), 200, ['系统管理员', '安全管理员', '审计管理员']); /* their names, as they were made */
    for (const role of ['system', 'audit']) look(`${role} desk`, await place[role].get('/desk'));
    const made = look('account made', await admin.form('/accounts', { login: 'new.one', name: 'N. One', party: WORKS, role: ['member', '', ''], scope: ['', '', ''] }));
    const at = /href="(\/accounts\/\d+)"/.exec(made.text)[1];
    look('account edited', await admin.form(at, { login: 'new.one', name: 'New One', party: '' }), 303);
    look('account edited again', await admin.form(at, { ver: '1', login: 'new.one', name: 'Stale', party: '' }), 409);
    look('role given', await admin.form(`${at}/roles`, { do: 'grant', role: 'county_officer', scope: '620102' }), 303);
    look('role wrong', await admin.form(`${at}/roles`, { do: 'grant', role: 'park_officer', scope: 'Nowhere' }), 422);
    look('role alone', await admin.form(`${at}/roles`, { do: 'grant', role: 'auditor', scope: '' }), 409);
    look('role taken', await admin.form(`${at}/roles`, { do: 'revoke', role: 'county_officer', scope: '620102' }), 303);
    look('role taken again', await admin.form(`${at}/roles`, { do: 'revoke', role: 'county_officer', scope: '620102' }), 404);
    look('disabled', await admin.form(`${at}/disable`, {}), 303);
    look('given while disabled', await admin.form(`${at}/roles`, { do: 'grant', role: 'manager', scope: '' }), 409);
    look('account', await admin.get(at));
    look('enabled', await admin.form(`${at}/enable`, {}), 303);
    look('password', await admin.form(`${at}/password`, { request_id: 'once-and-again' }));
    look('password again', await admin.form(`${at}/password`, { request_id: 'once-and-again' }));
    look('login taken', await admin.form('/accounts', { login: 'member', name: 'X', party: '', role: 'owner', scope: '' }), 422);
    look('name missing', await admin.form('/accounts', { login: 'x', name: '', party: 'Nobody', role: '', scope: '' }), 422);
    const own = /href="(\/accounts\/\d+)"/.exec((await admin.get('/accounts?q=keeper')).text)[1];
    look('own role', await admin.form(`${own}/roles`, { do: 'grant', role: 'manager', scope: '' }), 403);
    look('own password', await admin.form(`${own}/password`, {}), 403);
    look('own disabled', await admin.form(`${own}/disable`, {}), 403);
    look('list of the organisation', await member.get('/accounts'));
    look('form of the organisation', await member.get('/accounts/new'));
    look('beyond', await member.form('/accounts', { login: 'boss', name: 'Boss', role: 'leader' }), 403);
    look('of others', await place.other.get('/accounts'), 403);
    look('none', await admin.get('/accounts/4611686018427387904'), 404);
}

// --- bringing a table in

function upload(who, kind, name, text) {
    const mark = 'mark-of-the-test', part = (head, body) => `--${mark}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
    const body = part('name="csrf"', who.csrf) + part('name="kind"', kind) + (name ? part(`name="file"; filename="${name}"\r\nContent-Type: text/csv`, text) : '') + `--${mark}--\r\n`;
    return who.send('POST', '/import', { body, headers: { 'Content-Type': `multipart/form-data; boundary=${mark}` } });
}

async function settled(who, path) {
    for (let tries = 0; tries < 400; tries++) {
        const page = await who.get(path);
        if (!page.text.includes('data-poll=')) return page;
        await new Promise(done => setTimeout(done, 25));
    }
    throw new Error(`${path} does not come to rest`);
}

async function imports(place) {
    const { member } = place;
    const tables = {
        'good.csv': 'title,now,budget\nNoise of a gearbox,The gearbox of our mill is loud and wears within a year,1000000\n',
        'bad.csv': 'title,now,trl,budget,due,unknown\nx,,12,some,2024-02-30,1\nLife of a pump bearing,short,7,1,2029-01-01,2\nTwice the same,A long enough description of it,7,1,2029-01-01,2\nTwice the same,A long enough description of it,7,1,2029-01-01,2\n',
        'quote.csv': 'title,now\n"open,x\n', 'empty.csv': '', 'header.csv': 'title,now\n', 'same.csv': 'title,title\na,b\n', 'none.csv': 'colour,shape\nred,round\n',
        'web.xls': '<html><table></table></html>', 'paper.csv': '%PDF-1.4', 'list.jsonl': '[1]', 'cut.jsonl': '{"title":"a","now":"b"}\n{"title":\n', 'deep.jsonl': '{"title":{"a":1}}\n',
    };
    look('import', await member.get('/import'));
    look('no file', await upload(member, 'need', '', ''), 422);
    look('no kind', await upload(member, 'nothing', 'a.csv', 'title\na\n'), 422);
    for (const [name, text] of Object.entries(tables)) {
        const taken = await upload(member, 'need', name, text);
        if (text === '') { look(name, taken, 422); continue; }
        look(name, taken, 303);
        look(name, await settled(member, taken.location));
        if (!['good.csv', 'bad.csv'].includes(name)) continue;
        const columns = Object.fromEntries(text.split('\n')[0].split(',').map((column, i) => [`column_${i + 1}`, column === 'unknown' ? '' : column]));
        look(`${name} imported`, await member.form(taken.location, { ...columns, mode: 'all' }), 303);
        look(`${name} imported`, await settled(member, taken.location));
        look(`${name} again`, await member.form(taken.location, columns), [303, 409]);
    }
    look('imports', await member.get('/import'));
    look('no import', await member.get('/import/4611686018427387904'), 404);
}

// --- a deal

/** What the program writes into the file in Chinese, because it is read there: a notice's text, who decides, which rules were asked. */
const IN_THE_FILE = [/成果转化部门/g, /，电话 /g, />无</g, /value="无"/g, /单位领导班子集体决策/g, / 版本 [0-9a-f]{16} 事实 /g];
const DEAL_STEPS = [['title', {}], ['value', { technology: 'Proven', economy: 'Good', assessor: 'C. Brown', evidence: [1, 2, 3, 4, 5].map(level => `Level ${level}: report`).join('\n') }],
    ['price', { pricing: 'agreement', buyer: WORKS, buyer_nature: 'private', ground: 'Two deals like it' }], ['notice', {}]];

/** Each form that can be opened, and a step that is not open yet. */
async function forms(who, deal) {
    const { steps, ver } = await deal_of(who, deal);
    for (const { label } of steps) look(`deal ${label.code}`, await who.get(`/deals/${deal}?step=${label.code}`), 200, IN_THE_FILE);
    look('too early', await who.form(`/deals/${deal}`, { step: 'allot', ver, team: 'B. Jones 100%' }), 409, IN_THE_FILE);
}

async function deals(place) {
    const { other, ids } = place, made = await other.post('/api/v1/deals', { achievement: ids.achievements });
    assert.equal(made.status, 201, made.text);
    for (const [name, values] of DEAL_STEPS) {
        await forms(other, made.id);
        const refused = await other.form(`/deals/${made.id}`, { step: name, ver: (await deal_of(other, made.id)).ver });
        look(`deal ${name} refused`, refused, [409, 422], IN_THE_FILE);
        const done = await step(other, made.id, name, values);
        assert.equal(done.status, 200, `${name}: ${done.text}`);
    }
    await forms(other, made.id);
    look('deal', await other.get(`/deals/${made.id}`), 200, IN_THE_FILE);
    look('deals', await other.get('/deals'));
    look('deal of another', await place.member.get(`/deals/${made.id}`), 404);
    look('no step', await other.form(`/deals/${made.id}`, { step: 'nothing', ver: 1 }), 422);
    look('with a deal', await other.get(`/achievements/${ids.achievements}`));
}

// --- what programs are told

async function programs(place) {
    const { member, guest, ids } = place;
    look('json errors', await member.post('/api/v1/needs', BAD.needs), 422);
    look('json field', await member.post('/api/v1/needs', { ...NEED, colour: 'red' }), 422);
    look('json broken', await member.post('/api/v1/needs', '{"title":'), 400);
    look('json list', await member.post('/api/v1/needs', '[]'), 400);
    look('json version', await member.post(`/api/v1/needs/${ids.needs}`, { goal: 'x' }), 422);
    look('json sign in', await guest.post('/api/v1/needs', NEED), 401);
    look('json missing', await guest.get('/api/v1/needs/4611686018427387904'), 404);
    look('json method', await guest.send('DELETE', '/api/v1/needs'), 405);
    look('json tree', await guest.get('/api/v1/codes/nothing'), 404);
    look('json too large', await member.post('/api/v1/needs', { title: 'x'.repeat(300 << 10) }), 413);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town that writes English`, async () => { place = await furnish(engine); });
        for (const walk of [visitor, member, account, accounts, imports, deals, programs])
            await test(`${engine}: no Chinese of ours for ${walk.name}`, async () => { await walk(place); told(); });
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
