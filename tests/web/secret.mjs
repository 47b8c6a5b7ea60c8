// What must stay unseen and undone: words of hidden fields, firms that hide, past versions, forms from elsewhere, sessions that
// ended, text typed into the box.
import { spawnSync } from 'node:child_process';
import { test, finish, engines, until, word, City } from './house.mjs';
import { town, need, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂成员赵', OURS, 'member'], ['committee', '甲厂委员', OURS, 'committee'], ['other', '乙所成员', THEIRS, 'member'],
    ['county', '区工作人员', '', 'county_officer@620102'], ['auditor', '审计员', '', 'auditor'], ['system-2', '系统员', '', 'system_admin']];

/** Ids and times differ between two cities and nothing else may. */
const normal = text => text.replace(/\d{15,19}/g, 'ID').replace(/\b1[5-9]\d{11}\b/g, 'MS');

const settled = (guest, id, words, kind = 'need') => until(async () => (await guest.get(
    `/api/v1/match?column=${kind}&k=20&q=${encodeURIComponent(words)}`)).json.columns[kind].cards.some(card => card.id === id));

// --- two cities that differ in hidden fields only

async function twin(engine, hidden) {
    const place = await town(engine, ACCOUNTS);
    const member = await place.server.signIn('member', place.password);
    const put = async (path, value) => {
        const reply = await member.post(path, value);
        assert.equal(reply.status, 201, reply.text);
        return reply.id;
    };
    await put('/api/v1/needs', need({ title: '离心泵轴承寿命', detail: `内部说明 ${hidden}`, contact: `${hidden} 王`, hidden: true, alias: '某机械企业' }));
    await put('/api/v1/achievements', { title: '含沙介质轴承', abstract: '用于离心泵,寿命由三千小时提高到八千小时,台架验证。',
        detail: `配方 ${hidden} ${hidden}`, rights: '发明专利 ZL202110123456.0 2021-01-29 有效', team: [`张${hidden}`] });
    const last = await put('/api/v1/scenarios', { title: '泵房试用场景', about: '在石化泵房里试用一年,提供安装条件和运行数据。', contact: `${hidden} 李` });
    await settled(place.server.guest(), last, '泵房试用场景', 'scenario');
    return { ...place, member };
}

async function answers(guest, questions) {
    const all = [];
    for (const q of questions)
        for (const path of [`/api/v1/match?k=20&q=${encodeURIComponent(q)}`, `/api/v1/needs?q=${encodeURIComponent(q)}`,
            `/api/v1/achievements?q=${encodeURIComponent(q)}`]) {
            const reply = await guest.get(path);
            assert.equal(reply.status, 200, reply.text);
            all.push(normal(reply.text));
        }
    return all;
}

async function same_answers(engine) {
    const hidden = word(71), none = word(72);
    const with_it = await twin(engine, hidden), without = await twin(engine, none);
    try {
        const questions = [hidden, `离心泵轴承 ${hidden}`, `${hidden} 含沙介质 轴承寿命要八千小时,预算200万元`, none];
        for (const who of ['visitor', 'system-2', 'other', 'committee']) {
            const [a, b] = await Promise.all([with_it, without].map(async place => answers(
                who === 'visitor' ? place.server.guest() : await place.server.signIn(who, place.password), questions)));
            for (const [i, text] of a.entries()) {
                /* team and a scenario's contact are shown to the signed in, but are not searched */
                assert.equal(text, b[i], `${who}, answer ${i}`);
                assert.ok(!text.includes(hidden) && !text.includes(none) || who !== 'visitor' || i % 3 !== 0, 'the word is told');
            }
        }
        const own = (await with_it.member.get(`/api/v1/match?k=20&q=${hidden}`)).text;
        assert.notEqual(normal(own), normal((await without.member.get(`/api/v1/match?k=20&q=${hidden}`)).text), 'its own may search it');
        await with_it.server.stop();
        await without.server.stop();
    } finally {
        await with_it.city.end();
        await without.city.end();
    }
}

// --- a firm that hides

async function hidden_firm(place) {
    const { server, password, ours } = place;
    const member = await server.signIn('member', password), other = await server.signIn('other', password);
    const open = await member.post('/api/v1/needs', need({ title: '搅拌釜密封泄漏' }));
    const at = `/needs/${open.id}`;
    assert.equal((await member.post(`/api/v1${at}`, { ver: 1, hidden: true, alias: '某化工企业' })).status, 200);
    const fits = await other.post('/api/v1/achievements', { title: '搅拌釜密封技术', abstract: '解决搅拌釜密封泄漏,含沙介质里轴承寿命八千小时,已在三家工厂验证。',
        rights: '发明专利 ZL202110123456.0 2021-01-29 有效' });
    await settled(server.guest(), open.id, '搅拌釜密封泄漏');
    await until(async () => (await other.get(`/api/v1/achievements/${fits.id}`)).text.includes('某化工企业'));
    const paths = ['/', '/api/v1/match?q=%E6%90%85%E6%8B%8C%E9%87%9C%E5%AF%86%E5%B0%81', '/match?q=%E6%90%85%E6%8B%8C%E9%87%9C%E5%AF%86%E5%B0%81',
        '/needs', '/api/v1/needs', '/needs?q=%E6%90%85%E6%8B%8C', at, `/api/v1${at}`, `${at}?lang=en`, `/achievements/${fits.id}`,
        `/api/v1/achievements/${fits.id}`, '/needs/export?format=csv', '/needs/export?format=jsonl', '/desk', '/api/v1/desk'];
    const sees = { visitor: false, other: false, committee: false, county: false, 'system-2': false, member: true, auditor: true };
    for (const [login, named] of Object.entries(sees)) {
        const who = login === 'visitor' ? server.guest() : await server.signIn(login, password);
        for (const path of [...paths, ...(login === 'county' ? [`${at}/history`, `/api/v1${at}/history`, `${at}?ver=1`, `/api/v1${at}?ver=1`] : [])]) {
            const { text } = await who.get(path);
            if (named) continue;
            /* a county officer's own pages and a colleague's desk may name the organisation, not in connection with this need */
            if (path.endsWith('desk') && login === 'committee') continue;
            for (const told of [OURS, ours, '甲厂成员赵']) assert.ok(!text.includes(told), `${login} ${path} tells ${told}`);
        }
        assert.equal((await who.get(at)).text.includes(OURS), named, `${login}: named on its page`);
    }
    /* the organisation's own page names the organisation, never the need */
    for (const path of [`/parties/${ours}`, `/api/v1/parties/${ours}`])
        assert.ok(!(await other.get(path)).text.includes(open.id), `${path} links the need`);
}

async function past_versions(place) {
    const { server, password } = place;
    const member = await server.signIn('member', password), other = await server.signIn('other', password);
    const old = word(81);
    const { id } = await member.post('/api/v1/needs', need({ title: '旧版本里的话', goal: `寿命到八千小时 ${old}` }));
    assert.equal((await member.post(`/api/v1/needs/${id}`, { ver: 1, goal: '寿命到九千小时' })).status, 200);
    assert.ok((await member.get(`/api/v1/needs/${id}?ver=1`)).text.includes(old), 'its own reads it');
    for (const [who, status] of [[server.guest(), 401], [other, 403]])
        for (const path of [`/needs/${id}?ver=1`, `/api/v1/needs/${id}?ver=1`, `/api/v1/needs/${id}/history?ver=1`]) {
            const reply = await who.get(path);
            assert.ok(reply.status === status || reply.status === 303, `${path}: ${reply.status}`);
            assert.ok(!reply.text.includes(old), `${path} tells the old words`);
        }
}

/** An officer mends what he can see: what stands above is on no page of his, and his saving leaves it as it is. */
async function edit_pages(place) {
    const { server, password } = place;
    const member = await server.signIn('member', password), county = await server.signIn('county', password);
    const detail = word(85), contact = word(86);
    const made = {
        needs: need({ title: '区里代改的需求', detail: `内部说明 ${detail}`, contact: `${contact} 王` }),
        achievements: { title: '区里代改的成果', abstract: '用于离心泵,寿命由三千小时提高到八千小时,台架验证。', detail: `配方 ${detail}`,
            rights: '发明专利 ZL202110123456.0 2021-01-29 有效', ways: ['license'] },
    };
    for (const [kind, values] of Object.entries(made)) {
        const { id } = await member.post(`/api/v1/${kind}`, values);
        const at = `/${kind}/${id}`;
        const blind = (reply, status, what) => {
            assert.equal(reply.status, status, what);
            for (const told of [detail, contact, 'f-detail', 'name="detail"', '"name":"detail"'])
                assert.ok(!reply.text.includes(told), `${what} tells ${told}`);
            assert.ok(reply.text.includes('title'), `${what}: the rest is there`);
        };
        assert.ok((await member.get(`${at}/edit`)).text.includes(detail), 'its own edits it');
        for (const path of [`${at}/edit`, `${at}/edit?ver=1`, `${at}/edit?lang=en`]) blind(await county.get(path), 200, path);
        blind(await county.get(`${at}/edit`, { Accept: 'application/json' }), 200, `${at}/edit as a document`);
        const seen = { ver: 1, title: values.title, now: values.now ?? '', abstract: values.abstract ?? '', rights: values.rights ?? '' };
        blind(await county.form(at, { ...seen, title: '短' }), 422, `${at} with a mistake`);
        const draft = await county.form(at, { ...seen, do: 'draft' });
        assert.equal(draft.status, 303);
        blind(await county.get(draft.location), 200, 'the draft');
        assert.equal((await county.form(at, { ...seen, region: '620102' })).status, 303, 'what he sees he may mend');
        blind(await county.form(at, { ...seen, region: '620103' }), 409, `${at} changed meanwhile`);
        assert.equal((await county.post(`/api/v1${at}`, { ver: 2, detail: '换掉' })).status, 403, 'what he does not see he may not');
        const own = (await member.get(`/api/v1${at}`)).text;
        for (const kept of kind === 'needs' ? [detail, contact, '620102'] : [detail, '620102']) assert.ok(own.includes(kept), `${at} keeps ${kept}`);
    }
}

// --- forms from elsewhere, sessions

async function csrf(place) {
    const member = await place.server.signIn('member', place.password);
    const title = () => need().title;
    const tries = {
        'no token': () => member.form('/needs', { csrf: '', ...need({ title: title() }) }),
        'another token': () => member.form('/needs', { csrf: 'A'.repeat(member.csrf.length), ...need({ title: title() }) }),
        'a token cut short': () => member.form('/needs', { csrf: member.csrf.slice(0, -1), ...need({ title: title() }) }),
        'JSON without a token': () => member.post('/api/v1/needs', need(), { 'X-CSRF-Token': '' }),
        'from another site': () => member.post('/api/v1/needs', need(), { 'Sec-Fetch-Site': 'cross-site' }),
        'from a sister site': () => member.post('/api/v1/needs', need(), { 'Sec-Fetch-Site': 'same-site' }),
    };
    for (const [title, go] of Object.entries(tries)) assert.equal((await go()).status, 403, title);
    const plain = await member.send('POST', '/api/v1/needs', { body: JSON.stringify(need()), headers: { 'Content-Type': 'text/plain' } });
    assert.equal(plain.status, 415, `JSON as text/plain: ${plain.text}`);
    const other = await place.server.signIn('other', place.password);
    assert.equal((await member.post('/api/v1/needs', need(), { 'X-CSRF-Token': other.csrf })).status, 403, "somebody else's token");
    assert.equal((await member.post('/api/v1/needs', need())).status, 201, 'with its own token it is done');
    assert.equal((await member.get('/sign-out')).status, 405, 'reading changes nothing');
}

async function sessions(place) {
    const { server, password } = place;
    const guest = server.guest();
    guest.cookie = 'sid=' + 'A'.repeat(43);
    const reply = await guest.form('/sign-in', { login: 'member', password });
    assert.equal(reply.status, 303);
    assert.notEqual(reply.cookie, guest.cookie, 'a cookie brought along is not taken over');
    const attributes = reply.headers['set-cookie'].find(line => line.startsWith('sid='));
    assert.match(attributes, /HttpOnly/);
    assert.match(attributes, /SameSite=Lax/);
    guest.cookie = reply.cookie;
    await guest.readToken();
    const again = await guest.form('/sign-in', { login: 'member', password });
    const fresh = server.guest();
    fresh.cookie = again.cookie;
    await fresh.readToken();
    assert.equal((await guest.get('/api/v1/desk')).status, 401, 'the session before the new sign-in is dead');
    assert.equal((await fresh.form('/sign-out', {})).status, 303);
    assert.equal((await fresh.get('/api/v1/desk')).status, 401, 'signed out, the cookie is dead');
    for (const next of ['//evil.example', '/\\evil.example', '\\\\evil.example', 'https:evil.example', 'https://evil.example', '/%0d%0aSet-Cookie:a=b',
        ' /needs', '/needs\r\nX: y', 'javascript:alert(1)']) {
        const { location } = await server.guest().form('/sign-in', { login: 'member', password, next });
        assert.ok(/^\/[^/\\]*$/.test(location) || location === '/%0d%0aSet-Cookie:a=b', `next=${next} leads to ${location}`);
    }
    assert.equal((await server.guest().form('/sign-in', { login: 'member', password, next: '/needs?q=1' })).location, '/needs?q=1');
}

/** On PostgreSQL beside the running server; a SQLite folder is held by its server, so that it is restarted. */
async function disabled(place) {
    const member = await place.server.signIn('other', place.password);
    assert.equal((await member.get('/api/v1/desk')).status, 200);
    if (place.city.engine === 'sqlite') {
        await place.server.stop();
    }
    place.city.run('account', 'disable', 'other');
    if (place.city.engine === 'sqlite') place.server = member.server = await place.city.serve();
    assert.equal((await member.get('/api/v1/desk')).status, 401, 'its session is dead at once');
    assert.equal((await place.server.guest().form('/sign-in', { login: 'other', password: place.password })).status, 401);
}

/** One line of an answer says it: of two that contradict each other a browser may take either. */
async function keeping(place) {
    const guest = place.server.guest(), css = '/assets/css/tieqiao.css';
    const { etag } = (await guest.get(css)).headers;
    const replies = {
        'no-store': [await guest.get('/'), await guest.get('/assets/none.css'), await guest.get('/api/v1/needs')],
        'no-cache': [await guest.get(css), await guest.get(css, { 'If-None-Match': etag })],
        'public, max-age=31536000, immutable': [await guest.get(`${css}?v=1`)],
        'private, no-cache': [await guest.form('/match', { q: '轴承' })],
    };
    for (const [wanted, answers] of Object.entries(replies))
        for (const { headers } of answers) assert.equal(headers['cache-control'], wanted);
}

// --- the box keeps nothing

async function box_forgets(engine) {
    const place = await town(engine, ACCOUNTS);
    const typed = [word(91), word(92), word(93), word(94), word(95)];
    try {
        const member = await place.server.signIn('member', place.password);
        for (const who of [place.server.guest(), member]) {
            await who.get(`/match?q=${typed[0]}`);
            await who.get(`/api/v1/match?q=${typed[0]}`);
            await who.form('/match', { q: `泵 ${typed[1]}` });
            await who.form('/match', { q: `${typed[2]} `.repeat(8000) });
            await who.get(`/api/v1/match?q=%00${typed[3]}`);
            await who.get(`/api/v1/needs?q=${typed[3]}`);
            await who.get(`/simulate?amount=100&team=${typed[4]}%20100%25%20main`);
            await who.get(`/api/v1/simulate?amount=100&team=${typed[4]}%20100%25%20${typed[4]}`);
            await who.form('/simulate', { amount: '100', team: `${typed[4]} 100% main` });
        }
        await member.post('/api/v1/needs', need());
        await place.server.stop();
        for (const one of typed) {
            assert.ok(!place.server.log.includes(one), 'the log holds what was typed');
            const found = spawnSync('grep', ['-rlaF', one, place.city.dir], { encoding: 'utf8' });
            assert.equal(found.stdout, '', 'a file holds what was typed');
        }
        if (engine === 'pg')
            for (const table of place.city.sql(`SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = '${place.city.schema}'`)
                .trim().split('\n'))
                for (const one of typed)
                    assert.equal(place.city.sql(`SELECT count(*) FROM ${place.city.schema}.${table} t WHERE t::text LIKE '%${one}%'`).trim(), '0',
                        `${table} holds what was typed`);
    } finally {
        await place.city.end();
    }
}

for (const engine of engines) {
    await test(`${engine}: a word of a hidden field leaves answers byte-identical for whoever may not see it`, () => same_answers(engine));
    await test(`${engine}: what is typed into the box is neither stored nor logged`, () => box_forgets(engine));
    let place;
    try {
        await test(`${engine}: a town`, async () => { place = await town(engine, ACCOUNTS); });
        await test(`${engine}: a firm that hides is named to nobody else`, () => hidden_firm(place));
        await test(`${engine}: past versions are for those who may look into the history`, () => past_versions(place));
        await test(`${engine}: an officer's form holds what he may see, and his saving keeps the rest`, () => edit_pages(place));
        await test(`${engine}: a form from elsewhere is not obeyed`, () => csrf(place));
        await test(`${engine}: sessions begin fresh and end for good`, () => sessions(place));
        await test(`${engine}: what a browser may keep is said once`, () => keeping(place));
        await test(`${engine}: a disabled account is out at once`, () => disabled(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
