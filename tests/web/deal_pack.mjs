// The evidence pack of a deal: every step there is, then the pack, and what tieqiao-verify says of it, whole and tampered with; who
// may have it. KEEP=folder keeps the pack; TIME=1 says how long one takes, of this deal and of one with five hundred papers.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campus, day, done, FIRM, look, SHA, UNIT, way } from './campus.mjs';
import { build, engines, finish, test } from './house.mjs';
import { pack_of, zip_of } from './packs.js';

const folder = mkdtempSync(join(tmpdir(), 'tq-pack-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const run = (program, ...words) => spawnSync(program, words, { encoding: 'utf8', maxBuffer: 64 << 20 });
const verify = (...words) => run(join(build, 'src/verify/tieqiao-verify'), ...words);

async function fetched(who, deal, name = 'pack.zip') {
    const reply = await who.get(`/deals/${deal}/pack.zip`), path = join(folder, name);
    assert.equal(reply.status, 200, reply.text.slice(0, 500));
    writeFileSync(path, reply.body);
    return { path, reply };
}

const key_of = async place => (await place.clerk.get('/log/key')).text.trim();

/** All the way to the end of the deal. */
async function gone(place) {
    place.deal = (await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop() })).id;
    for (const [on, step, values] of way) {
        if (place.day !== on) await place.at(on);
        await done(place.clerk, place.deal, step, values);
        if (step === 'approve') await done(place.clerk, place.deal, 'notice', { place: 'market', market: '示例技术交易市场', number: '2026-001', url: 'https://example.com/1', snapshot: SHA });
    }
}

async function is_whole(place) {
    const { path, reply } = await fetched(place.clerk, place.deal), key = await key_of(place);
    assert.equal(reply.headers['content-type'], 'application/zip');
    const said = verify('pack', path, '--key', key);
    assert.equal(said.status, 0, said.stdout + said.stderr);
    assert.doesNotMatch(said.stdout, /✗/);
    assert.match(said.stdout, /公示 第 1 份 第 1 版：2026-03-02 10:00 由 deal\.notice 写入账本第 \d+ 条，与检查点一致/);
    assert.match(said.stdout, /转化项目 第 32 版：/);
    assert.match(said.stdout, /都成立/);
    const file = await look(place.clerk, place.deal);
    const leaves = new Set(file.papers.flatMap(sort => sort.items).map(item => item.leaf));
    for (const leaf of leaves) assert.match(said.stdout, new RegExp(`账本第 ${leaf} 条，`), `leaf ${leaf} is in the pack`);
    const alone = verify(path);
    assert.equal(alone.status, 4, alone.stdout);
    assert.match(alone.stdout, /用的是包里自带的公钥：说明不了是谁做的/);
    const english = verify(path, '--key', key, '--english', '--show');
    assert.equal(english.status, 0, english.stdout);
    assert.match(english.stdout, /Notice 1, version 1: written 2026-03-02 10:00 by deal\.notice as leaf \d+/);
    assert.match(english.stdout, /Price = 160000000/);
    if (process.env.KEEP) { mkdirSync(process.env.KEEP, { recursive: true }); copyFileSync(path, join(process.env.KEEP, 'pack.zip')); }
}

/** What people read. */
async function is_read(place) {
    const pack = pack_of((await fetched(place.auditor, place.deal)).reply.body), path = join(folder, 'pack.pdf');
    writeFileSync(path, pack.bytes('pack.pdf'));
    const text = run('pdftotext', '-layout', path, '-').stdout.replace(/\s+/g, '');
    for (const words of ['科技成果转化尽职证据包', UNIT, FIRM, '含沙介质耐磨轴承涂层', '1,600,000.00', '示例科研〔2026〕1号', '2026年3月17日', '15个日历日', '15个工作日', '期满',
        '撤回：改正名称', '名称写得不全', '不成立', '丙学院转化专员（单位成员）', '2026620100000002', '示例技术交易市场2026-001', '曾某（示例）', '已备', '未备', '不适用', '以有权机关认定为准',
        '江苏：尽职免责清单（19种情形）', '黑龙江：尽职免责清单（11种情形）', '第九十七条', 'tieqiao-verifypack.zip', '二手来源'])
        assert.ok(text.includes(words.replace(/\s+/g, '')), `the PDF lacks ${words}: ${text.slice(0, 3000)}`);
    assert.match(text, /没有牟取非法利益的声明未备/);
    assert.match(text, /集体决策的会议纪要已备审批第2份，账本第\d+条/);
    assert.match(text, /外部技术交易市场的名称已备公示第\d份，账本第\d+条/);
    assert.doesNotMatch(text, /评分|得分|完备度/);
    assert.match(pack.text('说明.txt'), /tieqiao-verify pack\.zip --key/);
}

async function who_may(place) {
    const at = `/deals/${place.deal}/pack.zip`;
    assert.equal((await place.auditor.get(at)).status, 200);
    assert.equal((await place.officer.get(at)).status, 403, 'an officer sees how far it is');
    assert.equal((await place.firm.get(at)).status, 404);
    assert.equal((await place.server.guest().get(`/api/v1${at}`)).status, 401);
    assert.match((await place.clerk.get(`/deals/${place.deal}`)).text, /href="\/deals\/\d+\/pack\.zip"/);
    assert.doesNotMatch((await place.officer.get(`/deals/${place.deal}`)).text, /pack\.zip/);
}

/** A step, and at once the pack: what was just written is waited for. */
async function at_once(place) {
    const deal = (await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop(), title: '马上取' })).id;
    await done(place.clerk, deal, 'title', {});
    const { path } = await fetched(place.clerk, deal, 'soon.zip'), said = verify(path, '--key', await key_of(place));
    assert.equal(said.status, 0, said.stdout);
    place.other = deal;
}

for (const engine of engines)
    await test(`${engine}: the evidence pack of a whole deal`, async () => {
        const place = await campus(engine);
        try {
            for (const part of [gone, is_whole, is_read, who_may, at_once]) await part(place);
        } finally {
            await place.city.end();
        }
    });

finish();
