// After a write the page to which it leads says in one sentence what happened: once, without a script, for screen readers too. It
// is a word of a fixed list in a cookie; an address or a cookie can make a page say nothing else.
import { test, finish, engines, until } from './house.mjs';
import { town, need, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂成员', OURS, 'member'], ['other', '乙所成员', THEIRS, 'member']];

const said_on = page => [...page.text.matchAll(/<p class="flash flash-(\w+)" role="status"><span>([^<]*)<\/span><\/p>/g)].map(found => found[2]);
const cookies_of = reply => reply.headers['set-cookie'] ?? [];
const flash_of = reply => cookies_of(reply).find(line => line.startsWith('flash='));

/** What the next page says, as a browser would see it: the answer's cookie goes along, and is taken away. */
async function told(who, reply, words) {
    assert.equal(reply.status, 303, reply.text);
    const cookie = flash_of(reply);
    assert.ok(cookie, `no flash at ${reply.location}`);
    assert.match(cookie, /^flash=[a-z_]+; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax$/);
    assert.doesNotMatch(reply.location, /flash|said/);
    const headers = { Cookie: `${who.cookie}; ${cookie.split(';')[0]}` }, page = await who.get(reply.location, headers);
    assert.equal(page.status, 200, page.text);
    assert.equal(said_on(page).length, 1);
    assert.match(said_on(page)[0], words);
    assert.match(flash_of(page), /^flash=; Path=\/; Max-Age=0/, 'said once');
    assert.deepEqual(said_on(await who.get(reply.location)), []);
    const english = await who.get(`${reply.location}${reply.location.includes('?') ? '&' : '?'}lang=en`, headers);
    assert.doesNotMatch(said_on(english)[0], /[\u3400-\u9fff]/);
    return page;
}

async function records({ member, other }) {
    const values = need(), made = await member.form('/needs', values);
    await told(member, made, /^已发布/);
    const at = made.location;
    await told(member, await member.form(at, { ...values, goal: '寿命到九千小时', ver: 1 }), /^修改已保存。$/);
    await told(member, await member.form(at, { ...values, goal: '寿命到九千小时', ver: 2 }), /^没有改动/);
    await told(member, await member.form(`${at}/close`, {}), /^已关闭/);
    await told(member, await member.form(`${at}/reopen`, {}), /^已重新开放/);
    await told(member, await member.form(`${at}/nda`, { party: THEIRS, do: 'grant' }), /^已授权/);
    await told(member, await member.form(`${at}/nda`, { party: THEIRS, do: 'end' }), /^已收回授权/);
    const draft = await member.form('/needs', { do: 'draft', title: '半个想法' });
    await told(member, draft, /^草稿已保存/);
    await told(member, await member.form(`${draft.location}/delete`, {}), /^草稿已丢弃/);
    assert.equal(flash_of(await other.form(`${at}/close`, {})), undefined, 'what was refused was not done');
}

async function account({ server, password }) {
    const who = await server.signIn('other', password), there = await server.signIn('other', password);
    const handle = /end=([0-9a-f]+)/.exec((await who.get('/account')).text)[1];
    await told(who, await who.form(`/account/sessions?end=${handle}`, {}), /^那一处登录已退出/);
    assert.equal((await there.get('/desk')).status, 303);
    const changed = await who.form('/account/password', { old: password, new: '换过的-Password-7391', again: '换过的-Password-7391' });
    who.cookie = changed.cookie;
    await told(who, changed, /^密码已换/);
    await who.readToken();
    const out = await who.form('/sign-out', {});
    who.cookie = '';
    await told(who, out, /^已退出登录/);
}

async function imports({ officer }) {
    const upload = async rows => {
        const mark = '----x', text = ['需求名称,单位名称,现状', ...rows].join('\n') + '\n';
        const body = [['csrf', officer.csrf], ['kind', 'need']].map(([key, value]) => `--${mark}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`).join('')
            + `--${mark}\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\nContent-Type: text/csv\r\n\r\n${text}\r\n--${mark}--\r\n`;
        const { location } = await officer.send('POST', '/import', { body, headers: { 'Content-Type': `multipart/form-data; boundary=${mark}` } });
        await at_rest(location);
        return location;
    };
    const at_rest = at => until(async () => !(await officer.get(at, { Accept: 'application/json' })).json.job?.running);
    const row = number => `铸件缩松检测 ${number} 号,${OURS},目前靠人工巡检漏检率约百分之八每班两人`;
    const at = await upload([row(1), row(2), '短,,']);
    await officer.form(at, { mode: 'good', column_1: 'title', column_2: 'owner', column_3: 'now' });
    await at_rest(at);
    assert.deepEqual(said_on(await officer.get(at)), ['导入完成。']);
    await told(officer, await officer.form(at, { do: 'drop' }), /^这些行不再提醒/);
    await told(officer, await officer.form(await upload([row(3)]), { do: 'drop' }), /^这个文件不导入了/);
    const refused = await upload([row(4), '短,,']);
    await officer.form(refused, { mode: 'all', column_1: 'title', column_2: 'owner', column_3: 'now' });
    await at_rest(refused);
    assert.deepEqual(said_on(await officer.get(refused)), [], 'nothing was imported');
}

async function forged({ member, server }) {
    for (const word of ['<b>x</b>', 'made;x', 'MADE', 'madex', '"made"', 'x'.repeat(2000)]) {
        const page = await member.get('/desk', { Cookie: `${member.cookie}; flash=${word}` });
        assert.deepEqual([page.status, said_on(page).filter(text => !/^已发布/.test(text))], [200, []], word);
        assert.ok(!page.text.includes('<b>x'));
    }
    for (const query of ['flash=made', 'flash=<b>x</b>', 'said=made']) assert.deepEqual(said_on(await member.get(`/desk?${query}`)), [], query);
    const api = await member.post('/api/v1/needs', need());
    assert.deepEqual([api.status, cookies_of(api)], [201, []], 'programs are told by the answer');
    assert.deepEqual(cookies_of(await member.get('/api/v1/desk', { Cookie: `${member.cookie}; flash=made` })), [], 'and take nothing from the page');
    assert.equal((await server.guest().get('/', { Cookie: 'flash=made' })).status, 200);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, ACCOUNTS);
            for (const login of ['member', 'other']) place[login] = await place.server.signIn(login, place.password);
        });
        await test(`${engine}: what was done to a record is said once`, () => records(place));
        await test(`${engine}: what was done to an account`, () => account(place));
        await test(`${engine}: what became of an import`, () => imports(place));
        await test(`${engine}: nobody else's words are said`, () => forged(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
