// "Who fits this" says why: each card bears what is met and what is not, the words in common and the next step, and the two sides
// of a pair are told the same: whether an achievement is ripe and within the budget is asked by the need, on both pages. Where
// nobody is shown the page says why and what to do next. Nothing of it comes out of fields that are closed.
import { test, finish, engines, until, word } from './house.mjs';
import { made_by, town, need, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂成员', OURS, 'member'], ['other', '乙所成员', THEIRS, 'member']];
const SECRET = word(4711);

const fits_of = async (who, at) => (await who.get(`/api/v1${at}`)).json.fits;
const cards_of = fits => Object.values(fits.columns).flatMap(column => column.cards);
const check = (card, words) => card.fit.find(line => words.test(line.text))?.state.code;

async function furnish(place) {
    const { member, other, officer } = place;
    place.achievement = await made_by(other, '/achievements', { title: '含沙介质耐磨轴承', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。',
        trl: 5, price: '260万元', ways: ['license'], region: ['620102'], industry: ['C3441'], keywords: ['轴承', '离心泵'], detail: `碳化硅涂层 ${SECRET}`,
        rights: '发明专利 ZL202110123456.0 2021-01-29 有效' });
    place.need = await made_by(member, '/needs', need({ title: '含沙介质离心泵轴承寿命', trl: 7, ways: ['license'], region: ['620102'], industry: ['C3441'],
        keywords: ['轴承', '离心泵'], detail: `三号泵 ${SECRET}` }));
    place.lonely = await made_by(officer, '/people', { name: '示例 赵工', calling: ['researcher'], skills: ['敦煌壁画', '颜料'], region: ['620102'] });
    await until(async () => cards_of(await fits_of(other, place.achievement)).length > 0 && cards_of(await fits_of(member, place.need)).length > 0);
}

async function reasons({ server, need, achievement }) {
    const guest = server.guest();
    const [asked] = (await fits_of(guest, need)).columns.achievement.cards, [asks] = (await fits_of(guest, achievement)).columns.need.cards;
    for (const card of [asked, asks]) {
        assert.ok(card.why.parts.length && card.snippet.length && card.next.text && card.who && card.facts.length, JSON.stringify(card));
        assert.equal(check(card, /TRL 5.*TRL 7/), 'broken', 'it is not ripe, on both pages');
        assert.equal(check(card, /260 万元 > 预算 200 万元/), 'broken', 'nor within the budget');
        assert.equal(check(card, /^领域同属 [\u3400-\u9fff]/), 'met', 'by the name of the field, no code');
        assert.equal(check(card, /许可/), 'met');
    }
    assert.match(asked.next.text, /先补中试验证/);
    assert.ok(!asks.fit.some(line => line.state.code === 'open'), 'what this side left open is no news of the other');
    for (const at of [need, achievement]) {
        const page = (await guest.get(at)).text, english = (await guest.get(`${at}?lang=en`)).text;
        assert.match(page, /<li class="fit-broken">[^]*<summary>为什么<\/summary>/);
        assert.match(english, /same field: [A-Za-z0-9]/);
    }
}

async function secrets({ server, member, other, need, achievement }) {
    for (const who of [server.guest(), member, other])
        for (const at of [need, achievement])
            assert.ok(!JSON.stringify(await fits_of(who, at)).includes(SECRET), 'a word of a closed field is no reason');
}

async function nobody({ server, officer, member, need, lonely }) {
    const guest = server.guest(), theirs = await fits_of(guest, lonely);
    assert.deepEqual([theirs.none, theirs.why.code, theirs.edit], [true, 'nobody', null]);
    assert.match(theirs.ask, /敦煌壁画/, 'the box is asked what he is good at, not his name');
    assert.equal((await fits_of(officer, lonely)).edit, `${lonely}/edit`);
    await member.post(`/api/v1${need}/close`, {});
    await until(async () => (await fits_of(member, need)).none);
    const closed = await fits_of(member, need);
    assert.deepEqual([closed.why.code, closed.ask, closed.edit], ['closed', null, null]);
    assert.match((await member.get(need)).text, /这条记录已关闭，不再为它找合适的对象/);
}

/** The page itself, once the record is no longer fresh. */
async function page_of_nobody({ server, lonely }) {
    const guest = server.guest();
    const fresh = await guest.get(lonely);
    assert.match(fresh.text, /刚刚保存|用它的话问一次框/);
    await until(async () => !/刚刚保存/.test((await guest.get(lonely)).text), 20_000);
    const { text } = await guest.get(lonely), [, href] = /href="(\/match\?q=[^"]+)"/.exec(text);
    assert.match(text, /还没有与它相近的公开记录/);
    assert.equal((await guest.get(href.replaceAll('&amp;', '&'))).status, 200, 'the way on leads on');
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with a pair`, async () => {
            place = await town(engine, ACCOUNTS);
            for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
            await furnish(place);
        });
        await test(`${engine}: each card says why, the same on both pages`, () => reasons(place));
        await test(`${engine}: no reason comes out of a closed field`, () => secrets(place));
        await test(`${engine}: where nobody is shown it says why`, () => nobody(place));
        await test(`${engine}: and the page leads on`, () => page_of_nobody(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
