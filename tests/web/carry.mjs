// What a visitor wrote in the box goes with him through the sign-in into the form of a need or an achievement: over wrong
// passwords and a forced first password change, whatever characters it holds, and it is stored nowhere meanwhile.
import { spawnSync } from 'node:child_process';
import { test, finish, engines, word } from './house.mjs';
import { town, OURS } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂成员', OURS, 'member'], ['researcher', '甲厂研究员', OURS, 'researcher'], ['alone', '没有单位的人', '', 'leader'],
    ['committee', '甲厂委员', OURS, 'committee'], ['guessed', '被猜的人', OURS, 'member']];
const TEXT = '离心泵轴承寿命要从3000小时提到8000小时,预算200万元。\n介质 "含沙" <b>0.5</b> & \'黄河水\';\n\n  {{q}} 100 % +1 ünïcode 🙂';

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
const plain = html => html.replace(/&(lt|gt|quot|#39|amp);/g, entity => ENTITIES[entity]);
/** What a browser would send of the page's one carried text: the textarea drops its first line end. */
const carried = reply => { const found = /<textarea id="carried" name="q"[^>]*>\n([^]*?)<\/textarea>/.exec(reply.text); return found && plain(found[1]); };
const hidden = (reply, name) => plain(new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(reply.text)?.[1] ?? '');
const filled = (reply, name) => { const found = new RegExp(`<textarea id="f-${name}"[^>]*>([^]*?)</textarea>`).exec(reply.text); return found && plain(found[1]); };
/** Line ends as a browser sends them. */
const sent = text => text.replaceAll('\n', '\r\n');

const ask = (guest, kind = 'needs', text = TEXT) => guest.form(`/${kind}/new`, { q: sent(text) });
const sign_in = (guest, page, login, password) => guest.form('/sign-in', { csrf: '', next: hidden(page, 'next'), q: sent(carried(page)), login, password });

function is_form(reply, kind, text) {
    assert.equal(reply.status, 200, reply.text.slice(0, 400));
    assert.ok(reply.text.includes(`<form class="form" method="post" action="/${kind}"`), 'it is the form');
    assert.equal(filled(reply, kind === 'needs' ? 'now' : 'abstract'), text, 'the text stands in it');
    assert.equal(reply.headers['cache-control'], 'private, no-cache', 'the way back does not lose it');
}

/** With the session that the answer gave: what the form posts is taken. */
async function publishes(guest, reply, kind, values) {
    guest.cookie = reply.cookie;
    guest.csrf = hidden(reply, 'csrf');
    assert.ok(guest.csrf.length > 20, 'the form bears the token of the new session');
    const done = await guest.form(`/${kind}`, { request_id: hidden(reply, 'request_id'), ...values });
    assert.equal(done.status, 303, done.text);
    assert.match(done.location, new RegExp(`^/${kind}/\\d+$`));
}

async function straight(place) {
    for (const [kind, login] of [['needs', 'member'], ['achievements', 'researcher']]) {
        const guest = place.server.guest();
        const asked = await ask(guest, kind);
        assert.equal(asked.status, 200);
        assert.equal(asked.headers['cache-control'], 'private, no-cache', 'the way back does not lose it');
        assert.equal(carried(asked), TEXT, 'every character of it');
        assert.equal(hidden(asked, 'next'), `/${kind}/new`);
        const form = await sign_in(guest, asked, login, place.password);
        is_form(form, kind, TEXT);
        await publishes(guest, form, kind, kind === 'needs' ? { title: '轴承寿命', now: TEXT } : { title: '轴承成果', abstract: TEXT });
    }
}

async function wrong_thrice(place) {
    const guest = place.server.guest();
    let page = await ask(guest, 'achievements');
    for (let i = 0; i < 3; i++) {
        page = await sign_in(guest, page, 'researcher', `wrong-${i}`);
        assert.equal(page.status, 403);
        assert.equal(page.headers['cache-control'], 'private, no-cache', 'nor does the way back');
        assert.equal(carried(page), TEXT, 'a wrong password loses nothing');
        assert.equal(hidden(page, 'next'), '/achievements/new');
    }
    is_form(await sign_in(guest, page, 'researcher', place.password), 'achievements', TEXT);
}

async function locked_out(place) {
    const guest = place.server.guest();
    let page = await ask(guest);
    for (let i = 0; i < 6; i++) page = await sign_in(guest, page, 'guessed', `wrong-${i}`);
    assert.equal(page.status, 403);
    assert.match(page.text, /锁定|再试/);
    assert.equal(carried(page), TEXT);
    is_form(await sign_in(guest, page, 'member', place.password), 'needs', TEXT);
}

async function first_password(place) {
    const guest = place.server.guest();
    const account = await sign_in(guest, await ask(guest), 'newcomer', place.first);
    assert.equal(account.status, 200);
    assert.match(account.text, /name="again"/);
    assert.equal(carried(account), TEXT);
    guest.cookie = account.cookie;
    guest.csrf = hidden(account, 'csrf');
    const again = await ask(guest);
    assert.equal(carried(again), TEXT, 'pressed once more meanwhile: the same page, the same text');
    const change = (page, fresh, twice = fresh, old = place.first) => guest.form('/account/password', { next: hidden(page, 'next'),
        q: sent(carried(page)), old, new: fresh, again: twice });
    for (const [fresh, twice, old] of [['lantern-paper-58', 'lantern-paper-59'], ['short', 'short'], ['lantern-paper-58', 'lantern-paper-58', 'not it']]) {
        const refused = await change(again, fresh, twice, old);
        assert.equal(refused.status, 422, `${fresh} ${twice} ${old}`);
        assert.equal(carried(refused), TEXT);
    }
    const form = await change(again, 'lantern-paper-58');
    is_form(form, 'needs', TEXT);
    await publishes(guest, form, 'needs', { title: '新人的需求', now: TEXT });
    const later = place.server.guest();
    is_form(await sign_in(later, await ask(later), 'newcomer', 'lantern-paper-58'), 'needs', TEXT);
}

async function may_not(place) {
    for (const [login, kind, why] of [['alone', 'needs', /没有挂到单位/], ['committee', 'needs', /不能发布这类记录/], ['researcher', 'needs', /不能发布这类记录/]]) {
        const guest = place.server.guest();
        const reply = await sign_in(guest, await ask(guest, kind), login, place.password);
        assert.equal(reply.status, 403, login);
        assert.match(reply.text, why);
        assert.equal(plain(/<textarea id="ask"[^>]*>([^]*?)<\/textarea>/.exec(reply.text)[1]), TEXT, 'it stands in the box again');
        guest.cookie = reply.cookie;
        assert.equal((await guest.get('/api/v1/desk')).status, 200, `${login} is signed in`);
        const results = await guest.form('/match', { q: TEXT });
        assert.equal(results.text.includes('id="publish-need"'), false, 'and is not offered what he may not do');
        assert.equal(results.text.includes('id="publish-achievement"'), login === 'researcher');
    }
}

async function signed_in_elsewhere(place) {
    const member = await place.server.signIn('member', place.password);
    /* the answers are from before the sign-in: their forms bear no token */
    is_form(await member.form('/needs/new', { csrf: '', q: sent(TEXT) }), 'needs', TEXT);
    const form = await member.form('/sign-in', { csrf: '', next: '/needs/new', q: sent(TEXT), login: 'member', password: place.password });
    is_form(form, 'needs', TEXT);
}

/** As long as the box takes, of characters of four bytes, each of which travels as twelve; and one more. */
async function long_text(place) {
    const long = '🙂'.repeat(19_990) + '\n'.repeat(9) + '泵';
    const guest = place.server.guest();
    const asked = await ask(guest, 'achievements', long);
    assert.equal(carried(asked), long);
    const form = await sign_in(guest, asked, 'researcher', place.password);
    assert.equal(form.status, 200);
    assert.equal(filled(form, 'abstract'), '🙂'.repeat(5000));
    const more = await ask(guest, 'achievements', long + '。');
    assert.equal(more.status, 422);
    assert.match(more.text, /20000/);
    assert.equal((await guest.form('/match', { q: sent(long) })).status, 200, 'the box counts a line end as one, too');
}

async function from_a_file(place) {
    const guest = place.server.guest(), mark = '----x';
    const text = '需求名称:离心泵轴承寿命提升\n现状:含沙介质下三千小时就坏\n' + '轴承在含沙介质里磨损。\n'.repeat(2000);
    const body = `--${mark}\r\nContent-Disposition: form-data; name="file"; filename="需求.txt"\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--${mark}--\r\n`;
    const headers = { 'Content-Type': `multipart/form-data; boundary=${mark}` };
    const results = await guest.send('POST', '/match', { body, headers });
    assert.equal(results.status, 200);
    const read = plain(/<form id="publish-need"[^]*?name="q" value="([^"]*)"/.exec(results.text)[1]);
    assert.equal([...read].length, 20_000);
    const asked = await ask(guest, 'needs', read);
    assert.equal(carried(asked), read);
    const form = await sign_in(guest, asked, 'member', place.password);
    assert.equal(form.status, 200);
    assert.match(form.text, /value="离心泵轴承寿命提升"/);
    /* dropped on the form itself by one whose session has run out */
    const dropped = await guest.send('POST', '/needs/new', { body, headers });
    assert.equal(carried(dropped), text.slice(0, 20_000));
}

async function elsewhere(place) {
    const guest = place.server.guest();
    const none = await guest.form('/needs/new', { q: '  ' });
    assert.deepEqual([none.status, none.location], [303, '/sign-in?next=/needs/new'], 'nothing to carry: the common way');
    for (const next of ['/desk', '/needs', '/policies/new?q=1', '//evil.example/needs/new', '/sign-in', '']) {
        const reply = await guest.form('/sign-in', { next, q: TEXT, login: 'member', password: place.password });
        assert.equal(reply.status, 303, `${next}: nothing is filled in there`);
    }
    assert.equal((await guest.form('/sign-in', { login: 'member', password: 'wrong' })).status, 401, 'and without a text the common answer');
    assert.equal(carried(await guest.get('/sign-in?next=/needs/new&q=planted')), null, 'an address plants no text');
    for (const [path, form] of [['/sign-in?next=/needs/new&q=planted', {}], ['/sign-in?q=planted', { next: '/needs/new' }]]) {
        const planted = await guest.form(path, { ...form, login: 'member', password: place.password });
        assert.deepEqual([planted.status, planted.location], [303, '/needs/new'], path);
    }
    assert.equal((await guest.form('/needs/new?q=planted', { q: '' })).status, 303);
    const forged = await guest.send('POST', '/needs/new', { body: 'q=planted', headers: { 'Content-Type': 'application/x-www-form-urlencoded',
        'Sec-Fetch-Site': 'cross-site' } });
    assert.equal(forged.status, 403);
    assert.ok(!forged.text.includes('planted'), 'nor does another site');
    const json = await guest.send('POST', '/needs/new', { body: 'q=x', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' } });
    assert.equal(json.status, 401);
}

async function in_english(place) {
    const guest = place.server.guest();
    guest.cookie = 'lang=en';
    const asked = await ask(guest);
    assert.match(asked.text, /What you wrote \(\d+ characters\)/);
    assert.match(asked.text, /<html lang="en">/);
    const form = await sign_in(guest, asked, 'member', place.password);
    assert.match(form.text, /<html lang="en">/);
    is_form(form, 'needs', TEXT);
}

/** On its way nothing keeps it: not the log, not a file, not the database, no header of an answer. */
async function kept_nowhere(place) {
    const secret = word(777), guest = place.server.guest();
    const text = `轴承寿命 ${secret}`;
    const replies = [await ask(guest, 'needs', text)];
    replies.push(await sign_in(guest, replies[0], 'member', 'wrong'));
    replies.push(await sign_in(guest, replies[1], 'member', place.password));
    is_form(replies[2], 'needs', text);
    for (const reply of replies) assert.ok(!JSON.stringify(reply.headers).includes(secret), 'a header holds it');
    await place.server.stop();
    assert.ok(!place.server.log.includes(secret), 'the log holds it');
    assert.equal(spawnSync('grep', ['-rlaF', secret, place.city.dir], { encoding: 'utf8' }).stdout, '', 'a file holds it');
    if (place.city.engine !== 'pg') return;
    for (const table of place.city.sql(`SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = '${place.city.schema}'`).trim().split('\n'))
        assert.equal(place.city.sql(`SELECT count(*) FROM ${place.city.schema}.${table} t WHERE t::text LIKE '%${secret}%'`).trim(), '0', `${table} holds it`);
}

/** A town, and somebody whose first password has never been changed. */
async function open(engine) {
    const place = await town(engine, ACCOUNTS);
    await place.server.stop();
    place.first = place.city.run('account', 'add', 'newcomer', '--name', '新来的人', '--role', 'member', '--party', OURS).split(/ +/)[1];
    place.server = await place.city.serve();
    return place;
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with a newcomer`, async () => { place = await open(engine); });
        await test(`${engine}: the text arrives in the form`, () => straight(place));
        await test(`${engine}: over three wrong passwords`, () => wrong_thrice(place));
        await test(`${engine}: over a lock-out and another account`, () => locked_out(place));
        await test(`${engine}: over a forced change of the first password`, () => first_password(place));
        await test(`${engine}: who may not publish finds it in the box`, () => may_not(place));
        await test(`${engine}: answers from before the sign-in still lead to the form`, () => signed_in_elsewhere(place));
        await test(`${engine}: as long as the box takes, and no longer`, () => long_text(place));
        await test(`${engine}: out of a file`, () => from_a_file(place));
        await test(`${engine}: nothing else is carried, and from nowhere else`, () => elsewhere(place));
        await test(`${engine}: in English`, () => in_english(place));
        await test(`${engine}: it is kept nowhere, and the server ends well`, () => kept_nowhere(place));
    } finally {
        await place?.city.end();
    }
}
finish();
