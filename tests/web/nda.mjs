// Leave under NDA can be overlooked by both sides: the record's page lists to its owner who has it, since when and by whom, with a
// button to end each; the desk of an organisation lists what is open to it. Programs read and do the same.
import { test, finish, engines } from './house.mjs';
import { town, need, OURS, THEIRS, THIRD } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['owner', '甲厂张三', OURS, 'member'], ['partner', '乙所成员', THEIRS, 'member'], ['committee', '乙所委员', THEIRS, 'committee'],
    ['third', '丙学院成员', THIRD, 'member']];

const parties_of = async (who, at) => (await who.get(`/api/v1${at}`)).json.record.nda?.parties;
const opened_to = async who => (await who.get('/api/v1/desk')).json.desk.opened;
const SECRET = '车间二楼三号泵';

async function furnish(place) {
    const { owner } = place;
    place.title = need().title;
    const made = await owner.post('/api/v1/needs', need({ title: place.title, detail: SECRET, hidden: true, alias: '某机械企业' }));
    assert.equal(made.status, 201, made.text);
    place.at = `/needs/${made.id}`;
    place.open = `/needs/${(await owner.post('/api/v1/needs', need({ detail: SECRET }))).id}`;
}

async function nobody_yet({ owner, partner, at }) {
    assert.deepEqual(await parties_of(owner, at), []);
    assert.match((await owner.get(at)).text, /还没有授权给别的单位/);
    assert.equal(await opened_to(partner), null);
}

async function given({ owner, partner, at, open, title, theirs }) {
    for (const path of [at, open]) assert.equal((await owner.form(`${path}/nda`, { party: THEIRS, do: 'grant' })).status, 303);
    const [party, ...rest] = await parties_of(owner, at);
    assert.deepEqual(rest, []);
    assert.deepEqual([party.id, party.name, party.href, party.who, party.end], [theirs, THEIRS, `/parties/${theirs}`, '甲厂张三', `${at}/nda`]);
    assert.ok(Math.abs(Date.now() - party.since) < 60_000);
    const page = (await owner.get(at)).text;
    assert.match(page, new RegExp(`<a href="/parties/${theirs}">${THEIRS}</a><small>[^<]*由 甲厂张三 授权</small>`));
    assert.ok(page.includes(`name="party" value="${theirs}"`));
    const { lines, more } = await opened_to(partner);
    assert.deepEqual(lines.map(line => line.href), [open, at], 'the newest first');
    assert.deepEqual([lines[0].who, lines[1].title, lines[1].kind.code, more], [OURS, title, 'need', false]);
    assert.match((await partner.get('/desk')).text, /别的单位授权我们看的/);
}

/** Not whose it is where that is hidden, not a colleague whose role is not let in, nobody else. */
async function others({ partner, committee, third, officer, server, at, open }) {
    const hidden = (await opened_to(partner)).lines.find(line => line.href === at);
    assert.equal(hidden.who, null, 'a hidden firm stays hidden');
    assert.equal(await opened_to(committee), null, 'the role does not see it either');
    assert.ok(!(await committee.get(`/api/v1${open}`)).text.includes(SECRET));
    assert.equal(await opened_to(third), null);
    for (const who of [partner, committee, third, officer, server.guest()]) {
        const { record } = (await who.get(`/api/v1${open}`)).json;
        assert.equal(record.nda, null);
        assert.doesNotMatch((await who.get(open)).text, /甲厂张三 授权|还没有授权给别的单位/);
    }
}

async function closed({ owner, partner, open, at }) {
    await owner.form(`${open}/close`, {});
    assert.deepEqual((await opened_to(partner)).lines.map(line => line.href), [at], 'what is closed is not open to them');
    assert.equal((await parties_of(owner, open)).length, 1, 'its owner still sees who has leave');
    await owner.form(`${open}/reopen`, {});
}

async function ended({ owner, partner, at, open, theirs }) {
    assert.ok((await partner.get(`/api/v1${at}`)).text.includes(SECRET));
    const done = await owner.form(`${at}/nda`, { party: theirs, do: 'end' });
    assert.deepEqual([done.status, done.location], [303, at]);
    assert.deepEqual(await parties_of(owner, at), []);
    assert.deepEqual((await opened_to(partner)).lines.map(line => line.href), [open]);
    assert.ok(!(await partner.get(`/api/v1${at}`)).text.includes(SECRET));
    assert.equal((await owner.post(`/api/v1${open}/nda`, { party: theirs, do: 'end' })).status, 200);
    assert.equal(await opened_to(partner), null);
    assert.equal((await owner.post(`/api/v1${open}/nda`, { party: theirs, do: 'end' })).status, 404, 'there is none any more');
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, ACCOUNTS);
            for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
            await furnish(place);
        });
        await test(`${engine}: leave was given to nobody`, () => nobody_yet(place));
        await test(`${engine}: both sides see what was given`, () => given(place));
        await test(`${engine}: nobody else does`, () => others(place));
        await test(`${engine}: what is closed is open to nobody`, () => closed(place));
        await test(`${engine}: each is ended by its button`, () => ended(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
