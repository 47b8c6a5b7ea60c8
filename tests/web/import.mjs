// Bringing tables in over HTTP: columns that nobody named as we do are matched by hand, what becomes of each row is told before and
// after, bad rows go out to be mended and come back, and tables as offices keep them are read as a person would.
import { test, finish, engines, until } from './house.mjs';
import { town, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';

const document = async (who, path) => (await who.get(path, { Accept: 'application/json' })).json;

/** Brings a file in; where it lies once nobody works on it, and what the page then tells. */
async function bring(who, kind, name, bytes) {
    const reply = await who.upload('/import', { kind }, { name, bytes });
    assert.equal(reply.status, 303, reply.text);
    return { at: reply.location, ...await rest(who, reply.location) };
}

async function rest(who, at) {
    await until(async () => !(await document(who, at)).job?.running);
    return document(who, at);
}

/** Says what becomes of the columns, and waits. */
async function says(who, at, values) {
    const reply = await who.form(at, values);
    assert.equal(reply.status, 303, reply.text);
    return rest(who, at);
}

const targets = preview => preview.columns.map(column => column.options.find(option => option.selected)?.code ?? '');
const columns = codes => Object.fromEntries(codes.map((code, i) => [`column_${i + 1}`, code]));
const csv = rows => rows.map(row => row.join(',')).join('\n') + '\n';

const STATE = '目前靠人工巡检漏检率约百分之八每班两人';

/** No header is known: the page shows what stands in each column, and asks. */
async function by_hand(place) {
    const { officer } = place;
    const { at, preview } = await bring(officer, 'need', '外单位来的表.csv', csv([['甲', '乙', '丙'], ['铸件缩松在线检测', OURS, STATE], ['阀门密封面研磨', OURS, STATE]]));
    assert.equal(preview.ready, false);
    assert.deepEqual(targets(preview), ['', '', '']);
    assert.deepEqual(preview.columns.map(column => column.samples), [['铸件缩松在线检测', '阀门密封面研磨'], [OURS], [STATE]]);
    assert.deepEqual(preview.missing.map(one => one.label.code), ['title', 'now']);
    const page = await officer.get(at);
    assert.match(page.text, /没有认出哪一列是名称/);
    const half = await says(officer, at, { do: 'check', ...columns(['', 'owner', 'now']) });
    assert.deepEqual([half.preview.ready, targets(half.preview)], [false, ['', 'owner', 'now']], 'what was said is kept');
    const wrong = await officer.form(at, { do: 'check', ...columns(['nothing', '', '']) });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /需求没有“nothing”这一项/);
    const { preview: matched } = await says(officer, at, { do: 'check', ...columns(['title', 'owner', 'now']) });
    assert.deepEqual([matched.ready, matched.rows, matched.problems, matched.missing], [true, 2, null, []]);
    const { job } = await says(officer, at, { mode: 'all', ...columns(['title', 'owner', 'now']) });
    assert.deepEqual([job.state.code, job.result.added], ['done', 2]);
}

/** Some headers are known, and not the one that matters. */
async function half_known(place) {
    const { officer } = place;
    const { preview } = await bring(officer, 'need', '半认得.csv', csv([['题头', '提出单位', '难题描述'], ['泵房噪声在线分级', OURS, STATE]]));
    assert.deepEqual([preview.ready, targets(preview)], [false, ['', 'owner', 'now']]);
}

/** A table that names no organisation is somebody's all the same: the person says whose. */
async function whose(place) {
    const { officer } = place;
    const rows = csv([['专利名称', '专利号', '申请日'], ['一种耐磨离心泵叶轮', 'ZL202110123456.0', '2021-01-29']]);
    const { at, preview } = await bring(officer, 'achievement', '盘点表.csv', rows);
    assert.deepEqual([preview.owner, preview.filled.map(one => one.label.code), preview.missing], [{ value: '', column: false, own: false }, ['abstract'], []]);
    assert.match(preview.problems.rows[0].expected, /没有说明属于哪个单位/);
    const unknown = await says(officer, at, { do: 'check', owner: '没登记的单位', ...columns(targets(preview)) });
    assert.match(unknown.preview.problems.rows[0].expected, /没有找到单位“没登记的单位”/);
    const said = await says(officer, at, { do: 'check', owner: THEIRS, ...columns(targets(preview)) });
    assert.deepEqual([said.preview.owner.value, said.preview.problems], [THEIRS, null]);
    const { job } = await says(officer, at, { mode: 'all', owner: THEIRS, ...columns(targets(preview)) });
    assert.equal(job.result.added, 1);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => { place = await town(engine); });
        await test(`${engine}: columns that nobody knows are matched by hand`, () => by_hand(place));
        await test(`${engine}: a table of which some headers are known, too`, () => half_known(place));
        await test(`${engine}: the person says whose the rows are`, () => whose(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
