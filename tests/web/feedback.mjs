// What became of a proposed pair, said on the cards of "who fits" without a script and by programs. Whoever was part of it says it and
// sees what his own side said; the other side what is shared with it; a hidden firm's to nobody. What was refused stands behind the
// others for those who refused it, and for nobody else.
import { test, finish, engines, until, word } from './house.mjs';
import { made_by, town, need, OURS, THEIRS, THIRD } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂张三', OURS, 'member'], ['colleague', '甲厂李四', OURS, 'unit_admin'], ['other', '乙所王五', THEIRS, 'member'],
    ['third', '丙学院成员', THIRD, 'member'], ['auditor', '审计员', '', 'auditor']];
const NOTE = word(815);

const fits_of = async (who, at) => (await who.get(`/api/v1${at}`)).json.fits;
const card_of = (fits, column, at) => fits.columns[column]?.cards.find(card => card.href === at);
const seen_of = (fits, column, at) => fits.columns[column]?.seen?.cards.find(card => card.href === at);
const pairs_of = async (who, at) => (await who.get(`/api/v1${at}/feedback`)).json.feedback.pairs;
const outcomes = pairs => pairs.flatMap(pair => pair.lines.map(line => line.outcome.code));

async function furnish(place) {
    const { member, other, officer } = place;
    const achievement = (title, abstract) => ({ title, abstract, trl: 6, keywords: ['轴承', '离心泵'] });
    place.first = await made_by(other, '/achievements', achievement('含沙介质耐磨轴承', '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。'));
    place.second = await made_by(other, '/achievements', achievement('离心泵自润滑轴承', '含沙介质里离心泵的轴承寿命提高，自润滑涂层，停机检修减少。'));
    place.need = await made_by(member, '/needs', need({ title: '含沙介质离心泵轴承寿命', keywords: ['轴承', '离心泵'] }));
    place.hidden = await made_by(member, '/needs', need({ title: '含沙介质离心泵轴承寿命，隐名', keywords: ['轴承', '离心泵'], hidden: true, alias: '某机械企业' }));
    const both = async at => { const fits = await fits_of(member, at); return card_of(fits, 'achievement', place.first) && card_of(fits, 'achievement', place.second); };
    await until(() => both(place.need), 20_000);
    await until(() => both(place.hidden), 20_000);
    await until(async () => card_of(await fits_of(officer, place.first), 'need', place.need), 20_000);
}

/** Sends the form that stands in the card of `to` as it is, with these fields filled in. */
async function fill_in(who, at, to, values) {
    const page = (await who.get(at)).text, id = to.split('/').pop();
    const form = new RegExp(`id="on-${id}".*?(<form method="post" action="([^"]+)">.*?</form>)`, 's').exec(page);
    assert.ok(form, `no form beside ${to}`);
    const sent = Object.fromEntries([...form[1].matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(found => [found[1], found[2]]));
    const chosen = /<option value="([^"]*)" selected>/.exec(form[1]);
    assert.equal(form[2], `${at}/feedback`);
    return who.form(form[2], { ...sent, outcome: chosen?.[1] ?? '', ...values });
}

async function by_the_form({ member, colleague, server, need: at, first }) {
    const visited = async () => (await server.guest().get(`/api/v1${at}`)).text.replace(/"request_id":"\w+"/, '');
    const before = await visited();
    assert.doesNotMatch((await server.guest().get(at)).text, /联系过吗/);
    const done = await fill_in(member, at, first, { outcome: 'talks', note: NOTE });
    assert.deepEqual([done.status, done.location], [303, `${at}#on-${first.split('/').pop()}`]);
    const flash = /flash=(\w+)/.exec(done.headers['set-cookie'])[0];
    assert.match((await member.get(at, { Cookie: `${member.cookie}; ${flash}` })).text, /role="status"><span>反馈已记下，可以随时更正/);
    const { text } = await colleague.get(at);
    assert.match(text, new RegExp(`我方：在谈</b> <small>甲厂张三 · [^<]*</small><span>${NOTE}</span>`));
    assert.match(text, /<option value="talks" selected>在谈<\/option>/);
    assert.match((await colleague.get(`${at}?lang=en`)).text, /Our side: In talks/);
    assert.equal(await visited(), before, 'a visitor is answered the same to the byte');
}

async function what_is_wrong({ member, third, need: at, first }) {
    const none = await fill_in(member, at, first, { outcome: '' });
    assert.equal(none.status, 422);
    assert.match(none.text, new RegExp(`请选一项进展[^]*<a [^>]*href="${at}">回到记录</a>`), 'and the way back is there');
    const api = async (who, value) => (await who.post(`/api/v1${at}/feedback`, { other: first, ...value }));
    const reason = await api(member, { outcome: 'refused' });
    assert.deepEqual([reason.status, reason.json.code, reason.json.field], [422, 'invalid', 'reason']);
    assert.equal((await api(member, { outcome: 'refused', reason: 'other' })).json.field, 'note');
    assert.equal((await api(member, { outcome: 'refused', reason: 'price', note: '长'.repeat(301) })).json.field, 'note');
    assert.equal((await api(member, { outcome: 'contacted', other: 'nothing' })).json.field, 'other');
    assert.equal((await api(member, { outcome: 'contacted', other: at })).json.field, 'other');
    assert.equal((await api(member, { outcome: 'contacted', other: '/achievements/4711' })).status, 404);
    assert.equal((await api(member, { outcome: 'contacted', weight: 3 })).status, 422);
    const stranger = await api(third, { outcome: 'contacted' });
    assert.deepEqual([stranger.status, stranger.json.message], [403, '这一对不归您反馈'], 'no administrator could give him the right');
    for (const note of ['响铃\u0007', '\u202e倒着读'])
        assert.deepEqual(Object.values(await api(member, { outcome: 'contacted', note }).then(({ status, json }) => [status, json.field])), [422, 'note']);
    for (const ver of ['x', -3, '1.5'])
        assert.deepEqual(Object.values(await api(member, { outcome: 'contacted', ver }).then(({ status, json }) => [status, json.field])), [422, 'ver']);
    assert.equal((await api(member, { outcome: 'contacted', shared: 'yes' })).json.field, 'shared');
    assert.equal((await api(member, { outcome: 'signed', ver: 0 })).status, 409, 'a colleague was faster');
}

async function refused_ones_last(place) {
    const { member, colleague, other, third, officer, server, need: at, first, second } = place;
    const strangers = [server.guest(), third, officer, other];
    const before = await Promise.all(strangers.map(async who => Object.values((await fits_of(who, at)).columns).flatMap(column => column.cards.map(card => card.href))));
    const done = await fill_in(member, at, second, { outcome: 'refused/maturity' });
    assert.equal(done.location, `${at}#fits`);
    const fits = await fits_of(colleague, at);
    assert.ok(card_of(fits, 'achievement', first) && !card_of(fits, 'achievement', second));
    const card = seen_of(fits, 'achievement', second);
    assert.deepEqual([card.feedback.said.reason.code, card.feedback.said.person, fits.columns.achievement.seen.count], ['maturity', '甲厂张三', 1]);
    assert.match((await colleague.get(at)).text, /<summary>已看过，不合适 1 条<\/summary>/);
    for (const [i, who] of strangers.entries()) {
        const now = await fits_of(who, at);
        assert.deepEqual(Object.values(now.columns).flatMap(column => column.cards.map(one => one.href)), before[i]);
        assert.ok(Object.values(now.columns).every(column => !column.seen));
    }
    assert.equal((await fill_in(member, at, second, { outcome: 'withdrawn' })).status, 303, 'and it comes back');
    assert.ok(card_of(await fits_of(member, at), 'achievement', second));
    assert.equal((await fill_in(member, at, second, { outcome: 'refused/maturity' })).status, 303);
}

async function who_sees_it(place) {
    const { member, other, third, officer, auditor, server, need: at, first, second } = place;
    assert.deepEqual(outcomes(await pairs_of(member, at)), ['refused', 'talks']);
    assert.deepEqual(outcomes(await pairs_of(officer, at)), ['refused', 'talks']);
    assert.deepEqual(outcomes(await pairs_of(auditor, at)), ['refused', 'talks']);
    for (const who of [other, third]) {
        assert.deepEqual(await pairs_of(who, at), []);
        assert.equal((await fits_of(who, at)).feedback, null, 'not even that there is some');
    }
    assert.equal((await server.guest().get(`/api/v1${at}/feedback`)).status, 401);
    assert.equal((await server.guest().get(`${at}/feedback`)).location, `/sign-in?next=${at}/feedback`);
    await fill_in(member, at, first, { outcome: 'signed', note: NOTE, shared: 1 });
    assert.deepEqual((await pairs_of(other, first)).map(pair => [pair.other.href, pair.lines[0].who, pair.lines[0].note, pair.lines[0].person]), [[at, OURS, null, null]]);
    assert.deepEqual(await pairs_of(other, second), []);
    assert.deepEqual(await pairs_of(third, first), []);
    for (const who of [other, officer, third])
        for (const path of [at, first, `${at}/feedback`, `${first}/feedback`]) {
            assert.ok(!(await who.get(path)).text.includes(NOTE), `${who.login}: the note at ${path}`);
            assert.ok(!(await who.get(`/api/v1${path}`)).text.includes(NOTE));
        }
    assert.match((await other.get(first)).text, new RegExp(`<p class="state">${OURS}：已签约`));
}

async function hidden_stays_hidden(place) {
    const { member, other, officer, auditor, hidden: at, first } = place;
    const page = (await member.get(at)).text;
    assert.match(page, /单位已隐名，反馈只有本单位看得到/);
    const shared = await fill_in(member, at, first, { outcome: 'contacted', shared: 1 });
    assert.equal(shared.status, 422);
    assert.equal((await fill_in(member, at, first, { outcome: 'contacted' })).status, 303);
    assert.equal((await member.post(`/api/v1${at}/nda`, { party: THEIRS })).status, 200); /* leave to see NDA fields tells no more */
    for (const who of [other, officer]) {
        assert.deepEqual(await pairs_of(who, at), []);
        assert.deepEqual((await pairs_of(who, first)).filter(pair => pair.other.href === at), []);
        assert.equal((await fits_of(who, at)).feedback, null);
    }
    assert.equal((await pairs_of(auditor, at)).length, 1);
    assert.equal((await member.post(`/api/v1${at}/nda`, { party: THEIRS, do: 'end' })).status, 200);
}

async function each_for_itself(place) {
    const { other, officer, need: at, first } = place;
    assert.equal((await other.post(`/api/v1${first}/feedback`, { other: at, outcome: 'talks' })).status, 200);
    const said = await officer.post(`/api/v1${at}/feedback`, { other: first, outcome: 'contacted', request_id: 'officer-says-1' });
    assert.deepEqual([said.status, said.json.ver, said.json.href], [200, 1, `/api/v1${at}/feedback`]);
    const again = await officer.post(`/api/v1${at}/feedback`, { other: first, outcome: 'contacted', request_id: 'officer-says-1' });
    assert.deepEqual([again.status, again.json.id], [200, said.json.id], 'sent twice it is said once');
    assert.equal((await officer.post(`/api/v1${at}/feedback`, { other: first, outcome: 'signed', request_id: 'officer-says-1' })).status, 409);
    const [pair] = (await pairs_of(officer, at)).filter(one => one.other.href === first);
    assert.deepEqual(pair.lines.map(line => [line.mine, line.outcome.code]), [[true, 'contacted'], [false, 'talks'], [false, 'signed']]);
    assert.match(pair.lines[0].who, /工作人员/);
}

async function history(place) {
    const { member, need: at, first } = place;
    const [pair] = (await pairs_of(member, at)).filter(one => one.other.href === first), own = pair.lines.find(line => line.mine);
    assert.deepEqual([own.ver, own.before.map(line => [line.ver, line.outcome.code, line.person])], [2, [[1, 'talks', '甲厂张三']]]);
    const page = (await member.get(`${at}/feedback`)).text;
    assert.match(page, /已签约/);
    assert.match(page, /第 1 版/);
    assert.match(page, /<form method="post" action="\/needs\/\d+\/feedback">/, 'and it can be corrected there');
}

async function desk({ member, other, need: at, first, second }) {
    const line = async (who, href) => (await who.get('/api/v1/desk')).json.desk.records.find(record => record.href === href);
    const own = await line(member, at);
    assert.ok(own.fits.some(fit => fit.href === first) && !own.fits.some(fit => fit.href === second), 'what was refused is no proposal');
    const theirs = await line(other, first);
    assert.deepEqual(theirs.heard.map(one => one.text.replace(/“.*”/, '“”')), [`${OURS} 对“”：已签约`]);
    assert.match((await other.get('/desk')).text, /对“含沙介质离心泵轴承寿命”：已签约/);
    const fresh = (await other.get('/api/v1/desk')).json.desk.tasks.map(task => task.text).filter(text => text.endsWith('“含沙介质离心泵轴承寿命”'));
    assert.deepEqual(fresh.map(text => /^“(.*?)”/.exec(text)[1]), ['离心泵自润滑轴承'], 'a partner of whom something has been said is no news');
    await fill_in(member, at, second, { outcome: 'refused/maturity', shared: 1 });
    assert.match((await line(other, second)).heard[0].text, /：不合适 · 成熟度不够$/);
    assert.match((await other.get('/desk?lang=en')).text, /Does not fit · Not ripe enough</);
}

async function closed({ member, other, need: at, hidden, first, second }) {
    for (const one of [first, second]) assert.equal((await other.post(`/api/v1${one}/close`, {})).status, 200);
    const pairs = await pairs_of(member, at);
    assert.ok(pairs.some(pair => pair.other === null && pair.lines[0].outcome.code === 'signed'), 'what one said oneself stays, without what is closed');
    assert.match((await member.get(`${at}/feedback`)).text, /对方已撤下的记录/);
    const talks = await member.post(`/api/v1${at}/feedback`, { other: first, outcome: 'talks' });
    assert.equal(talks.status, 200, 'and can be corrected');
    assert.equal((await member.post(`/api/v1${hidden}/feedback`, { other: second, outcome: 'talks' })).status, 404, 'of what one never spoke of nothing is told');
    assert.equal((await member.post(`/api/v1${hidden}/feedback`, { other: second, outcome: 'nonsense' })).status, 404);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with pairs`, async () => {
            place = await town(engine, ACCOUNTS);
            for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
            await furnish(place);
        });
        await test(`${engine}: a member says it in the card's form, and his colleague sees it`, () => by_the_form(place));
        await test(`${engine}: what is wrong is named`, () => what_is_wrong(place));
        await test(`${engine}: what was refused stands behind the others, for those who refused it`, () => refused_ones_last(place));
        await test(`${engine}: the other side sees what is shared with it, the note nobody`, () => who_sees_it(place));
        await test(`${engine}: a hidden firm's feedback is its own`, () => hidden_stays_hidden(place));
        await test(`${engine}: each voice for itself, sent twice said once`, () => each_for_itself(place));
        await test(`${engine}: corrections stay in the history`, () => history(place));
        await test(`${engine}: the desk leaves out what was refused and tells what was heard`, () => desk(place));
        await test(`${engine}: of what has been closed since only one's own words are left`, () => closed(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /反馈 [1-9]\d* 版，都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
