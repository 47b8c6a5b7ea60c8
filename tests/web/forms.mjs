// A form shows little and hides nothing: each field of the table stands in it once, what must be there at its head, the rest in
// folded parts. A part that holds a value, a proposal or a complaint is open and says how many of its fields are filled.
import { test, finish, engines } from './house.mjs';
import { town, need, OURS } from './town.mjs';
import assert from 'node:assert/strict';

const KINDS = ['parties', 'people', 'achievements', 'needs', 'scenarios', 'services', 'policies'];

const names_in = html => [...html.matchAll(/ id="f-([a-z_]+)"/g)].map(found => found[1]);

/** {head: names, parts: {label: {open, filled, total, names}}, errors: names that the summary leads to} */
function read(reply) {
    const form = /<form class="form" [^]*?<\/form>/.exec(reply.text)[0], parts = {};
    const head = form.replace(/<details class="part"( open)?>\n<summary><b>([^<]*)<\/b> <span class="filled">[^<]*<i>(\d+)<\/i>[^\d]*(\d+)[^]*?<\/details>/g,
        (all, open, label, filled, total) => {
            parts[label] = { open: Boolean(open), filled: Number(filled), total: Number(total), names: names_in(all) };
            return '';
        });
    return { head: names_in(head), parts, errors: [...reply.text.matchAll(/<li><a href="#f-([^"]*)"/g)].map(found => found[1]) };
}

const open_parts = form => Object.entries(form.parts).filter(([, part]) => part.open).map(([label]) => label);

async function whole(place) {
    const openapi = (await place.server.guest().get('/api/v1/openapi.json')).text;
    for (const kind of KINDS)
        for (const language of ['zh', 'en']) {
            const reply = await place.officer.get(`/${kind}/new?lang=${language}`);
            assert.equal(reply.status, 200, kind);
            const form = read(reply), all = [...form.head, ...Object.values(form.parts).flatMap(part => part.names)];
            const starred = [...reply.text.matchAll(/for="f-([a-z_]+)">[^<]*<span class="must"/g)].map(found => found[1]);
            assert.equal(new Set(all).size, all.length, `${kind}: no field twice`);
            assert.deepEqual(names_in(reply.text.replace(/ id="f-file"/, '')).sort(), all.sort(), kind);
            assert.ok(starred.length && starred.every(name => form.head.includes(name)), `${kind}: what is required stands at the head`);
            assert.deepEqual(open_parts(form), [], `${kind}: an empty form is short`);
            for (const [label, part] of Object.entries(form.parts))
                assert.deepEqual([part.filled, part.total], [0, part.names.length], `${kind} ${label}`);
            assert.ok(all.every(name => name === 'owner' || openapi.includes(`"${name}"`)), kind);
        }
}

async function complaint(place) {
    const reply = await place.member.form('/needs', { ...need(), budget: '', trl: '12', keywords: '轴承' });
    assert.equal(reply.status, 422);
    const form = read(reply);
    assert.deepEqual(form.errors, ['trl']);
    assert.deepEqual(open_parts(form), ['条件与合作方式', '关键词与行业'], 'the wrong one and the filled one');
    assert.deepEqual([form.parts['条件与合作方式'].filled, form.parts['条件与合作方式'].total], [1, 4]);
    assert.equal(form.parts['保密与联系'].filled, 0, 'a box that is not ticked is not filled');
    const blank = read(await place.member.form('/needs', { title: '', now: '' }));
    assert.deepEqual([blank.errors, open_parts(blank)], [['title', 'now'], []]);
}

/** Nothing is in the head alone or lost in a fold: what a form of all fields brings comes back out of it. */
async function round_trip(place) {
    const values = { ...need(), limits: '介质含沙,温度 80 ℃', keywords: '轴承;离心泵', industry: 'C3441', trl: '7', region: '620102', hidden: 'yes',
        alias: '某机械企业', detail: '车间二楼三号泵', contact: '王五', ways: ['license', 'joint'] };
    const made = await place.member.form('/needs', values);
    assert.equal(made.status, 303, made.text);
    const form = read(await place.member.get(`${made.location}/edit`));
    assert.deepEqual(Object.values(form.parts).map(part => [part.open, part.filled, part.total]), [[true, 4, 4], [true, 4, 4], [true, 2, 2]]);
    const saved = await place.member.form('/needs', { do: 'draft', title: '半个想法', contact: '王五' });
    const draft = read(await place.member.get(saved.location));
    assert.deepEqual(open_parts(draft), ['保密与联系']);
}

async function proposal(place) {
    const form = read(await place.member.form('/achievements/new', { q: '成果名称:含沙介质自润滑轴承\n发明专利 ZL202110123456.0,申请日 2021-01-29\n联系人:王五' }));
    assert.ok(open_parts(form).length > 0, 'what was read out of the text can be seen');
    for (const part of Object.values(form.parts)) assert.equal(part.open, part.filled > 0);
}

/** An officer says for whom: a complaint about that leads to its field. */
async function for_whom(place) {
    const { owner, ...values } = { ...need(), owner: '没有这家' };
    const wrong = await place.officer.form('/needs', { ...values, owner });
    assert.equal(wrong.status, 422);
    assert.deepEqual(read(wrong).errors, ['owner']);
    assert.match(wrong.text, /id="f-owner"[^>]*aria-invalid="true"/);
    const none = await place.officer.form('/needs', values);
    assert.equal(none.status, 422);
    assert.deepEqual(read(none).errors, ['owner']);
    assert.equal((await place.officer.form('/needs', { ...values, owner: OURS })).status, 303);
    /* what is wrong with the record as a whole leads nowhere in particular */
    const twice = await place.officer.form('/needs', { ...values, owner: OURS });
    assert.ok([409, 422].includes(twice.status), `${twice.status}`);
    assert.ok(!twice.text.includes('href="#f-"'), 'a link to nowhere');
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, [['member', '甲厂成员', OURS, 'member']]);
            place.member = await place.server.signIn('member', place.password);
        });
        await test(`${engine}: each field stands in its form once, what is required at the head`, () => whole(place));
        await test(`${engine}: a part with a complaint is open`, () => complaint(place));
        await test(`${engine}: a part that holds something is open, and all comes back`, () => round_trip(place));
        await test(`${engine}: a part with a proposal is open`, () => proposal(place));
        await test(`${engine}: whose it is has a field and its own complaint`, () => for_whom(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
