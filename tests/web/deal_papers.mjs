// The papers of a deal: from a real one, each as PDF, XLSX and DOCX, with the figures of its file; what is missing where one cannot
// be given yet; who may have them; a unit that replaces a template. KEEP=folder keeps the files, to be looked at;
// TIME=1 says how long those of 200 people take, and the server's memory before and after.
import { test, finish, engines, City } from './house.mjs';
import { made_by } from './town.mjs';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const UNIT = '示例丙学院', FIRM = '示例甲机械厂';
const DAY = 86_400_000, START = Date.parse('2026-03-02T02:00:00Z');
const clock = days => ({ env: { TQ_CLOCK_MS: String(START + days * DAY) } });
const day = days => new Date(START + days * DAY).toISOString().slice(0, 10);
const TITLE = '含沙介质<w:t>耐磨&amp;轴承</w:t>涂层=1+1';
/** As many as a team may have: one with 60.2 per cent, 199 with 0.2 each. */
const TEAM = Array.from({ length: 200 }, (_, i) => `示例人员${String(i + 1).padStart(3, '0')} ${i ? '0.2%' : '60.2% 主要贡献 领导'}`).join('\n');
const folder = mkdtempSync(join(tmpdir(), 'tq-papers-'));

async function campus(engine) {
    const place = { city: new City(engine) }, { city } = place;
    city.run('init');
    const first = city.accounts([['officer', '示例工作人员', '', 'city_officer']]);
    const server = await city.serve(clock(0)), officer = await server.signIn('officer', first);
    await made_by(officer, '/parties', { name: UNIT, side: 'university', nature: 'institution', region: ['620102'], contact: '李四', phone: '0931-1234567' });
    await made_by(officer, '/parties', { name: FIRM, side: 'enterprise', nature: 'private', region: ['620102'], contact: '王五', phone: '0931-7654321' });
    await server.stop();
    const password = city.accounts([['clerk', '丙学院转化专员', UNIT, 'member'], ['auditor', '审计员', '', 'auditor'], ['firm', '甲厂成员', FIRM, 'member']]);
    place.at = async days => {
        if (place.server) await place.server.stop();
        place.server = await city.serve(clock(days));
        for (const login of ['clerk', 'auditor', 'firm']) place[login] = await place.server.signIn(login, password);
        place.program = await place.server.signInProgram('clerk', password);
        place.officer = await place.server.signIn('officer', first);
    };
    await place.at(0);
    place.achievement = (await made_by(place.clerk, '/achievements', { title: TITLE, abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。',
        trl: 6, ways: ['license'], price: '150万元', team: ['曾某（示例）'], rights: ['发明专利 ZL202110123456.0 2021-01-29 有效'] })).split('/').pop();
    place.deal = (await place.clerk.post('/api/v1/deals', { achievement: place.achievement })).id;
    return place;
}

const look = async (who, deal) => (await who.get(`/api/v1/deals/${deal}`)).json.deal;

/** Takes a step with what the page fills in by itself and these values over it. */
async function done({ clerk, deal }, name, values = {}) {
    const { json } = await clerk.get(`/api/v1/deals/${deal}?step=${name}`), filled = {};
    assert.ok(json.deal.form, `${name} cannot be taken at ${json.deal.now?.label.code}: ${json.deal.now?.missing}`);
    for (const field of json.deal.form.fields)
        filled[field.name] = field.options ? field.options.filter(option => option.selected).map(option => option.code).join('\n')
            : typeof field.value === 'boolean' ? field.value ? 'yes' : 'no' : field.value;
    const reply = await clerk.post(`/api/v1/deals/${deal}`, { step: name, ver: json.deal.ver, ...filled, ...values });
    assert.equal(reply.status, 200, `${name}: ${reply.text}`);
}

const run = (program, ...words) => {
    const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 64 << 20 });
    assert.equal(status, 0, `${program} ${words.join(' ')}: ${stderr}`);
    return stdout;
};

/** A paper as it came, and what it says. */
async function got({ clerk, deal }, name, ending) {
    const reply = await clerk.get(`/deals/${deal}/papers/${name}.${ending}`), path = join(folder, `${name}.${ending}`);
    assert.equal(reply.status, 200, `${name}.${ending}: ${reply.text.slice(0, 500)}`);
    writeFileSync(path, reply.body);
    if (process.env.KEEP) { mkdirSync(process.env.KEEP, { recursive: true }); copyFileSync(path, join(process.env.KEEP, `${name}.${ending}`)); }
    const parts = { docx: ['word/document.xml'], xlsx: ['xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml'] };
    if (ending !== 'pdf') well_formed(path);
    return { text: ending === 'pdf' ? run('pdftotext', '-layout', path, '-') : run('unzip', '-p', path, ...parts[ending]), type: reply.headers['content-type'] };
}

function well_formed(path) {
    run('python3', '-c', 'import sys, zipfile, xml.dom.minidom as x\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n'
        + '[x.parseString(z.read(n)) for n in z.namelist() if n.endswith((".xml", ".rels"))]', path);
}

const words = text => text.replace(/<[^>]*>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&').replace(/\s+/g, '');

/** In all three, these words stand; white space does not count. */
async function says(place, name, wanted) {
    for (const ending of ['pdf', 'docx', 'xlsx']) {
        const { text, type } = await got(place, name, ending), seen = words(ending === 'pdf' ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;') : text);
        assert.match(type, { pdf: /pdf/, docx: /wordprocessingml/, xlsx: /spreadsheetml/ }[ending]);
        for (const one of wanted) {
            const figure = ending === 'xlsx' && /^[\d,]+\.\d\d$/.test(one) ? String(Number(one.replace(/,/g, ''))) : one;
            assert.ok(seen.includes(words(figure.replace(/&/g, '&amp;').replace(/</g, '&lt;'))), `${name}.${ending} lacks ${figure}: ${seen.slice(0, 1500)}`);
        }
        assert.ok(!seen.includes('{{'), `${name}.${ending} has a place left`);
    }
}

const paperwork = async place => Object.fromEntries((await look(place.clerk, place.deal)).paperwork.lines.map(line => [line.name, line]));

async function not_yet(place) {
    const papers = await paperwork(place);
    assert.deepEqual(Object.values(papers).filter(paper => paper.ready), []);
    assert.match(papers.notice.missing + papers.notice.hint, /还没有本单位的转化公示.*公示/);
    const early = await place.program.get(`/api/v1/deals/${place.deal}/papers/registration.pdf`);
    assert.equal(early.status, 409, early.text);
    assert.match(early.json.message, /还没有签订合同/);
    for (const name of ['nothing.pdf', 'notice.doc', 'notice', 'notice.pdf.pdf'])
        assert.equal((await place.program.get(`/api/v1/deals/${place.deal}/papers/${name}`)).status, 404, name);
}

async function as_far_as_the_notice(place) {
    await done(place, 'title');
    await done(place, 'value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence: [1, 2, 3, 4, 5, 6].map(level => `第 ${level} 级 示例报告`).join('\n') });
    await done(place, 'price', { buyer: FIRM, buyer_nature: 'private', related: 'yes', relation: '完成人曾某（示例）持有该厂股权', appraisal: 'waived', ground: '参照两份可比许可合同，学校集体决策' });
    await done(place, 'notice');
    await done(place, 'notice', { place: 'market', market: '示例技术交易市场', number: '2026-001', url: 'https://example.com/1', snapshot: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' });
    await says(place, 'notice', ['科技成果转化公示', TITLE, '1,500,000.00', '2026年3月2日', '2026年3月17日', '受让方为完成人或利害关系人：完成人曾某（示例）持有该厂股权',
        '示例技术交易市场', '2026-001', '协议定价', '促进科技成果转化法第十八条']);
}

async function to_the_contract(place) {
    await place.at(20);
    await done(place, 'approve', { minutes: '示例校办〔2026〕3号' });
    await done(place, 'sign', { number: 'HT-2026-01' });
    await says(place, 'registration', ['技术合同登记表（预填）', TITLE, 'HT-2026-01', '1,500,000.00', UNIT, FIRM, '620102', '技术许可', '156']);
    await done(place, 'register', { point: '示例登记机构' });
    await done(place, 'registered', { number: '2026620100000001' });
    await says(place, 'registration', ['2026620100000001', '示例登记机构']);
    assert.ok((await paperwork(place)).registration.files.length === 3);
}

async function to_the_reward(place) {
    await done(place, 'plan', { sort: 'lump', due_on: day(60), amount: '150万元' });
    await done(place, 'receive', { amount: '150万元', voucher: 'PZ-1' });
    await done(place, 'cost', { sort: 'tax', amount: '9万元', voucher: 'PZ-2' });
    assert.match((await paperwork(place)).allocation.missing, /还没有奖酬分配/);
    await done(place, 'allot', { team: TEAM, rate: '', half: 'yes' });
    await says(place, 'allocation', ['1,410,000.00', '846,000.00', '509,292.00', '1,692.00', '示例人员200', '主要贡献人员', '90,000.00', 'PZ-2', '60%', '564,000.00']);
    await done(place, 'notice', { sort: 'reward', place: 'unit', summary: '奖励人员与金额见附表；技术合同已经认定登记' });
    await says(place, 'reward_notice', ['科技成果转化现金奖励公示', '2026620100000001', '846,000.00', '示例人员200', '15个工作日']);
    assert.match((await paperwork(place)).cash_tax.missing, /还没有发放/);
}

const memory = ({ server }) => [...readFileSync(`/proc/${server.child.pid}/status`, "utf8").matchAll(/Rss(Anon|File):\s+(\d+)/g)].map(([, what, kib]) => `${what} ${Math.round(kib / 1024)}`).join(" + ");

/** Processor time of the server so far, ms: what others do on the machine does not count. */
const busy = ({ server }) => { const line = readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(') ')[1].split(' '); return (Number(line[11]) + Number(line[12])) * 10; };

async function how_long(place) {
    await place.at(20);
    for (const ending of ['pdf', 'xlsx', 'docx']) {
        const before = memory(place), worked = busy(place), times = [];
        for (let i = 0; i < 20; i++) {
            const start = performance.now(), { body, status } = await place.clerk.get(`/deals/${place.deal}/papers/allocation.${ending}`);
            assert.equal(status, 200);
            times.push([performance.now() - start, body.length]);
        }
        const sorted = times.map(([ms]) => ms).sort((a, b) => a - b);
        console.log(`# ${ending}: first ${times[0][0].toFixed(0)} ms, median ${sorted[10].toFixed(0)} ms, of the processor ${((busy(place) - worked) / 20).toFixed(0)} ms, ${(times[0][1] / 1024).toFixed(0)} KiB; memory ${before} MiB, then ${memory(place)} MiB`);
    }
}

async function to_the_filings(place) {
    await place.at(60);
    await done(place, 'pay', { voucher: 'PZ-9' });
    await says(place, 'cash_tax', ['2026620100000001', '846,000.00', '423,000.00', '254,646.00', '2026年5月1日', '2026年6月15日', '示例人员200', 'ZL202110123456.0', '财税〔2018〕58号']);
    await says(place, 'annual_row', ['2026', '1,500,000.00', '846,000.00', '200', '国发〔2016〕16号']);
    assert.match((await paperwork(place)).equity_tax.missing, /不是作价投资/);
    await done(place, 'revoke', { revoked_why: '示例：查实合同不真实' });
    assert.match((await paperwork(place)).cash_tax.missing, /没有认定登记/, 'the rule says why, not the paper');
}

/** Another deal of the same achievement: an investment for equity, owned together with its inventors. */
async function for_equity(first) {
    const place = { ...first, deal: (await first.clerk.post('/api/v1/deals', { achievement: first.achievement, title: '含沙介质耐磨轴承涂层作价投资' })).id }, on = async days => { await first.at(days); place.clerk = first.clerk; };
    await done(place, 'state', { fact: 'grant_basis', value: 'yes', source: 'certificate' });
    await done(place, 'notice', { sort: 'title', place: 'unit', summary: '赋予完成人所有权' });
    await on(80);
    await done(place, 'title', { mode: 'joint', holders: `${UNIT} 40%\n曾某（示例） 35.5%\n彭某（示例） 24.5%`, clear: 'yes', prospect: 'yes', taker: 'yes', willing: 'yes', plan: 'yes', negative: 'no', deputy: '曾某（示例）' });
    await done(place, 'value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence: [1, 2, 3, 4, 5, 6].map(level => `第 ${level} 级 示例报告`).join('\n') });
    await done(place, 'price', { way: 'equity', buyer: FIRM, buyer_nature: 'private', appraisal: 'waived', ground: '学校集体决策' });
    await done(place, 'notice');
    assert.match((await paperwork(place)).equity_tax.missing, /还没有签订合同/);
    await on(100);
    await done(place, 'approve', { minutes: '示例校办〔2026〕4号' });
    await done(place, 'state', { fact: 'exercise_agreed', value: 'yes', source: 'certificate' });
    await done(place, 'state', { fact: 'all_consent', value: 'yes', source: 'certificate' });
    await done(place, 'sign', { number: 'HT-2026-02' });
    for (const [fact, value] of [['investee_resident', 'yes'], ['consideration_other', '0元'], ['technology_cost', '30万元']]) {
        assert.equal((await paperwork(place)).equity_tax.ready, fact === 'technology_cost', fact);
        await done(place, 'state', { fact, value, source: 'certificate' });
    }
    await says(place, 'equity_tax', ['技术成果投资入股个人所得税递延纳税备案表', FIRM, '曾某（示例）', '35.5%', '彭某（示例）', '60%', '1,500,000.00', '300,000.00', 'ZL202110123456.0', '财税〔2016〕101号']);
    assert.doesNotMatch((await got(place, 'equity_tax', 'pdf')).text, new RegExp(`\\d +${UNIT}`), 'the unit is no person');
    assert.match((await paperwork(place)).cash_tax.missing, /作价投资没有转化收入/);
}

async function who_may(place) {
    const { auditor, officer, firm, deal } = place, at = `/api/v1/deals/${deal}/papers/notice.pdf`;
    assert.equal((await auditor.get(at)).status, 200);
    assert.equal((await officer.get(at)).status, 403, 'an officer sees how far it is');
    assert.equal((await look(officer, deal)).paperwork, null);
    assert.equal((await firm.get(at)).status, 404);
    assert.equal((await place.server.guest().get(at)).status, 401);
    assert.match((await place.clerk.get(`/deals/${deal}`)).text, /papers\/notice\.docx/);
}

/** A clerk opens the shipped template, types into it, and Word cuts what he typed into runs. */
async function a_unit_replaces_a_template(place) {
    const { city, clerk, deal } = place, own = join(city.data, 'papers');
    mkdirSync(own, { recursive: true });
    const change = (from, to) => run('python3', '-c', `
import sys, zipfile
old, new, a, b = sys.argv[1:5]
with zipfile.ZipFile(old) as i, zipfile.ZipFile(new, 'w') as o:
    for n in i.namelist():
        t = i.read(n)
        if n == 'word/document.xml':
            assert a.encode() in t
            t = t.replace(a.encode(), b.encode())
        o.writestr(n, t)`, new URL('../../papers/notice.docx', import.meta.url).pathname, join(own, 'notice.docx'), from, to);
    const seen = async () => words((await got(place, 'notice', 'docx')).text);
    change('根据《中华人民共和国', '本校自己的话：{</w:t></w:r><w:r><w:t>{合同</w:t></w:r><w:r><w:t>编号}}。根据《中华人民共和国');
    assert.match(await seen(), /本校自己的话：HT-2026-01。根据/);
    change('根据《中华人民共和国', '{{合同编码}}根据《中华人民共和国');
    const wrong = await clerk.get(`/api/v1/deals/${deal}/papers/notice.docx`);
    assert.equal(wrong.status, 422, wrong.text);
    assert.match(wrong.json.message, /\{\{合同编码\}\} 不认得/);
    assert.equal((await clerk.get(`/api/v1/deals/${deal}/papers/notice.pdf`)).status, 200, 'the others are given all the same');
    rmSync(own, { recursive: true });
    assert.doesNotMatch(await seen(), /本校自己的话/);
}

for (const engine of engines)
    await test(`${engine}: the papers of a deal, as PDF, Word and sheet`, async () => {
        const place = await campus(engine);
        try {
            for (const part of [not_yet, as_far_as_the_notice, to_the_contract, to_the_reward, ...process.env.TIME ? [how_long] : [], to_the_filings, for_equity, who_may, a_unit_replaces_a_template]) await part(place);
        } finally {
            await place.city.end();
        }
    });
rmSync(folder, { recursive: true });

finish();
