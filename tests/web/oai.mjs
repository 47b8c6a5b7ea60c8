// OAI-PMH 2.0 as a harvester meets it: every verb and every error, each answer held against the grammar of the specification (oai.rng) and
// each record of our own format against the schema we serve, by xmllint; who closed a record, who changed it while somebody was harvesting,
// and what a visitor may not see.
import { test, finish, engines, until, word, root, join } from './house.mjs';
import { town, made_by, OURS, THEIRS } from './town.mjs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import assert from 'node:assert/strict';

const MANY = 350;
const SECRET = Object.fromEntries(['contact', 'team', 'detail', 'closed', 'phone'].map((name, i) => [name, word(900 + i)]));
const SITE = 'https://jishu.example.gov.cn';
const folder = mkdtempSync(join(tmpdir(), 'tq-oai-'));

/** By a real parser, so that nobody else's chokes on it. */
function holds(xml, ...schema) {
    const done = spawnSync('xmllint', ['--noout', '--nonet', ...schema, '-'], { input: xml, encoding: 'utf8' });
    assert.equal(done.status, 0, `${done.error ?? ''}${done.stderr}\n${xml.slice(0, 3000)}`);
}

const wait = ms => new Promise(after => setTimeout(after, ms));
const query = args => new URLSearchParams(args).toString();
const plain = text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
const all = (xml, name) => [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g'))].map(found => plain(found[1]));
const error_of = xml => /<error code="(\w+)">/.exec(xml)?.[1];

async function ask(place, args, { post, who = place.server.guest(), many } = {}) {
    const sent = typeof args === 'string' ? args : query(args);
    const reply = post ? await who.form('/oai', sent) : await who.get(`/oai?${sent}`);
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.headers['content-type'], 'text/xml; charset=utf-8');
    if (!many) holds(reply.text, '--relaxng', join(root, 'tests/web/oai.rng'));
    return reply.text;
}

/** Each record with its header: {id, deleted, stamp, sets, xml}. */
const headers = xml => [...xml.matchAll(/<header( status="deleted")?>(.*?)<\/header>/gs)].map(found => ({
    id: all(found[2], 'identifier')[0], deleted: Boolean(found[1]), stamp: all(found[2], 'datestamp')[0], sets: all(found[2], 'setSpec') }));
const token_of = xml => all(xml, 'resumptionToken')[0];

/** A whole list, page by page; between(page) happens in between. */
async function harvest(place, verb, args, between) {
    const found = [], pages = [];
    let xml = await ask(place, { verb, ...args }), token;
    for (;;) {
        if (error_of(xml)) return { found, pages, error: error_of(xml) };
        found.push(...headers(xml));
        pages.push(xml);
        token = token_of(xml);
        if (!token) return { found, pages };
        await between?.(pages.length);
        xml = await ask(place, { verb, resumptionToken: token });
    }
}

const identifier = (place, path) => `oai:jishu.example.gov.cn:achievement/${path.split('/').pop()}`;
const one = (place, path, prefix = 'oai_dc') => ask(place, { verb: 'GetRecord', identifier: identifier(place, path), metadataPrefix: prefix });
const shown = (place, path) => until(async () => !error_of(await one(place, path)));

async function furnish(place) {
    const { member } = place;
    const achievement = changes => ({ title: '含沙介质耐磨轴承', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。', ipc: ['F04D'], industry: ['3441'], region: ['620102'], ...changes });
    place.open = await made_by(member, '/achievements', achievement({ title: '轴承 <b>&amp;</b> "寿命" \'八千\' ]]> 小时', uses: ['含沙介质', '泵 & 阀'], keywords: ['轴承'],
        trl: 6, price: '160万元', ways: ['license'], rights: ['发明专利 ZL202110123456.0 2021-01-29 有效'], contact: SECRET.contact, team: [SECRET.team], detail: SECRET.detail }));
    place.other = await made_by(place.other_member, '/achievements', achievement({ title: '柔性储能薄膜', ipc: ['H01M'], industry: ['3841'], region: ['620200'] }));
    place.closing = await made_by(member, '/achievements', achievement({ title: `要关闭的成果${SECRET.closed}` }));
    for (const path of [place.open, place.other, place.closing]) await shown(place, path);
}

async function identified(place) {
    const xml = await ask(place, { verb: 'Identify' });
    assert.deepEqual(all(xml, 'baseURL'), [`${SITE}/oai`]);
    assert.deepEqual(all(xml, 'request'), [`${SITE}/oai`]);
    assert.deepEqual(all(xml, 'adminEmail'), ['jishu@example.gov.cn']);
    assert.deepEqual(all(xml, 'repositoryIdentifier'), ['jishu.example.gov.cn']);
    assert.deepEqual(all(xml, 'deletedRecord'), ['persistent']);
    const { found } = await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc' });
    assert.equal(all(xml, 'earliestDatestamp')[0], found.map(line => line.stamp).sort()[0], 'out of the records');
}

async function formats(place) {
    const xml = await ask(place, { verb: 'ListMetadataFormats' });
    assert.deepEqual(all(xml, 'metadataPrefix'), ['oai_dc', 'tieqiao']);
    assert.equal(all(xml, 'schema')[1], `${SITE}/oai/tieqiao.xsd`);
    assert.deepEqual(all(await ask(place, { verb: 'ListMetadataFormats', identifier: identifier(place, place.open) }), 'metadataPrefix'), ['oai_dc', 'tieqiao']);
}

async function dublin_core(place) {
    const xml = await one(place, place.open);
    assert.deepEqual(all(xml, 'dc:title'), ['轴承 <b>&amp;</b> "寿命" \'八千\' ]]> 小时'], 'as it was written');
    assert.deepEqual(all(xml, 'dc:creator'), [OURS]);
    assert.deepEqual(all(xml, 'dc:identifier'), [`${SITE}${place.open}`]);
    assert.deepEqual(all(xml, 'dc:coverage'), ['兰州市城关区']);
    assert.ok(all(xml, 'dc:subject').includes('泵 & 阀'));
    assert.deepEqual(all(xml, 'dc:rights'), ['示例许可：请注明来源']);
    assert.deepEqual(headers(xml)[0].sets, ['industry:C:34', 'ipc:F:F04', 'region:620000:620100:620102', 'side:enterprise']);
}

/** Every public field with its codes, by the schema that the server itself serves. */
async function own_format(place) {
    const served = await place.server.guest().get('/oai/tieqiao.xsd'), file = join(folder, 'tieqiao.xsd');
    assert.equal(served.status, 200);
    writeFileSync(file, served.body);
    const xml = await one(place, place.open, 'tieqiao');
    const [own] = /<tq:achievement .*<\/tq:achievement>/s.exec(xml);
    holds(own.replace('<tq:achievement', '<tq:achievement xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'), '--schema', file);
    assert.match(own, /<tq:price currency="CNY">1600000\.00<\/tq:price>/);
    assert.match(own, /<tq:ipc code="F04D">/);
    assert.match(own, /<tq:rights sort="发明专利" number="ZL202110123456\.0" filed="2021-01-29" status="有效">/);
    assert.match(own, new RegExp(`<tq:owner [^>]*side="enterprise"[^>]*>${OURS}</tq:owner>`));
    assert.match(own, /<tq:ways code="license">许可<\/tq:ways>/);
    assert.doesNotMatch(own, /<tq:(detail|team|contact)/);
    assert.doesNotMatch(served.text, /name="(team|contact)"/, 'nor does the schema know of what is never public');
}

const ERRORS = [
    ['', 'badVerb'], ['verb=', 'badVerb'], ['verb=identify', 'badVerb'], ['verb=Identify&verb=Identify', 'badVerb'], ['metadataPrefix=oai_dc', 'badVerb'],
    ['verb=Identify&verb=ListSets', 'badVerb'],
    ['verb=Identify&until=2026-01-01', 'badArgument'], ['verb=Identify&x=1', 'badArgument'], ['verb=Identify&lang=en', 'badArgument'],
    ['verb=ListMetadataFormats&metadataPrefix=oai_dc', 'badArgument'], ['verb=ListSets&set=ipc', 'badArgument'],
    ['verb=GetRecord', 'badArgument'], ['verb=GetRecord&identifier=oai:a.b:1', 'badArgument'], ['verb=GetRecord&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=GetRecord&identifier=x&metadataPrefix=', 'badArgument'], ['verb=GetRecord&identifier=x&metadataPrefix=oai_dc&set=ipc', 'badArgument'],
    ['verb=GetRecord&identifier=x&identifier=x&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=ListRecords', 'badArgument'], ['verb=ListIdentifiers', 'badArgument'], ['verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai%20dc', 'badArgument'], ['verb=ListRecords&metadataPrefix=%3Cscript%3E', 'badArgument'],
    ...['2026', '2026-1-1', '2026-02-30', '2026-13-01', '2026-01-01T00:00:00', '2026-01-01T24:00:00Z', '2026-01-01T00:60:00Z', '2026-01-01T00:00:00.0Z', '2026-01-01+00:00:00Z',
        '2026-01-01T00:00Z', 'yesterday', '', '%00', '-2026-01-01'].flatMap(day => ['from', 'until'].map(name => [`verb=ListRecords&metadataPrefix=oai_dc&${name}=${day}`, day === '%00' ? null : 'badArgument'])),
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-02T00:00:00Z', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:01Z&until=2026-01-01T00:00:00Z', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&set=', 'badArgument'], ['verb=ListRecords&metadataPrefix=oai_dc&set=ipc:', 'badArgument'], ['verb=ListRecords&metadataPrefix=oai_dc&set=ipc::F', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&set=%E6%B3%B5', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x', 'badArgument'], ['verb=ListRecords&resumptionToken=x&from=2026-01-01', 'badArgument'],
    ['verb=ListRecords&resumptionToken=x&resumptionToken=x', 'badArgument'],
    ['verb=ListRecords&resumptionToken=x', 'badResumptionToken'], ['verb=ListRecords&resumptionToken=', 'badResumptionToken'], ['verb=ListIdentifiers&resumptionToken=%01%EF%BF%BE%3C', 'badResumptionToken'],
    ['verb=ListSets&resumptionToken=x', 'badResumptionToken'],
    ['verb=ListRecords&metadataPrefix=marc21', 'cannotDisseminateFormat'], ['verb=ListIdentifiers&metadataPrefix=OAI_DC', 'cannotDisseminateFormat'],
    ['verb=GetRecord&identifier=OPEN&metadataPrefix=marc21', 'cannotDisseminateFormat'],
    ...['x', '%01%EF%BF%BF', 'oai:a.b:achievement/1', 'oai:jishu.example.gov.cn:achievement/', 'oai:jishu.example.gov.cn:achievement/1', 'oai:jishu.example.gov.cn:achievement/00NUMBER',
        'oai:jishu.example.gov.cn:need/NUMBER', 'oai:jishu.example.gov.cn:achievement/NUMBER0', 'oai:jishu.example.gov.cn:achievement/99999999999999999999999'].flatMap(id => [
        [`verb=GetRecord&metadataPrefix=oai_dc&identifier=${id}`, 'idDoesNotExist'], [`verb=ListMetadataFormats&identifier=${id}`, 'idDoesNotExist']]),
    ['verb=ListRecords&metadataPrefix=oai_dc&until=2001-01-01', 'noRecordsMatch'], ['verb=ListRecords&metadataPrefix=oai_dc&from=2150-01-01', 'noRecordsMatch'],
    ['verb=ListRecords&metadataPrefix=oai_dc&set=ipc:Z', 'noRecordsMatch'], ['verb=ListIdentifiers&metadataPrefix=oai_dc&set=nothing', 'noRecordsMatch'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=1900-01-01&until=1900-01-02', 'noRecordsMatch'],
];

async function refused(place) {
    const number = place.open.split('/').pop();
    for (const [sent, wanted] of ERRORS) {
        const put = sent.replace('OPEN', identifier(place, place.open)).replace('NUMBER', number);
        if (wanted === null) { /* a NUL is in no text: the request is not read at all */
            assert.equal((await place.server.guest().get(`/oai?${put}`)).status, 422, put);
            continue;
        }
        for (const post of [false, true]) {
            const xml = await ask(place, put, { post });
            assert.equal(error_of(xml), wanted, `${post ? 'POST ' : ''}${put}\n${xml}`);
            assert.equal(/<request [^>]*verb=/.test(xml), !['badVerb', 'badArgument'].includes(wanted), 'attributes stand but for badVerb and badArgument');
        }
    }
    assert.equal((await place.server.guest().get('/oai?verb=%GG')).status, 422, 'a broken address is no question');
    assert.equal((await place.server.guest().send('DELETE', '/oai')).status, 405);
}

async function posted(place) {
    const got = await ask(place, { verb: 'ListRecords', metadataPrefix: 'tieqiao' }), sent = await ask(place, { verb: 'ListRecords', metadataPrefix: 'tieqiao' }, { post: true });
    const still = xml => xml.replace(/<responseDate>.*?</, '<');
    assert.equal(still(sent), still(got));
    const upload = await place.server.guest().upload('/oai', { verb: 'Identify' }, { name: 'x.xml', bytes: '<x/>', field: 'verb' });
    assert.equal(error_of(upload.text), 'badVerb', 'a file is no argument');
    assert.equal(error_of(await ask(place, 'verb=Identify', { post: true })), undefined);
}

async function sets(place) {
    const xml = await ask(place, { verb: 'ListSets' }), specs = all(xml, 'setSpec');
    for (const spec of ['industry', 'ipc', 'region', 'side', 'industry:C', 'industry:C:34', 'ipc:F', 'ipc:F:F04', 'ipc:H:H01', 'region:620000', 'region:620000:620100:620102', 'side:enterprise'])
        assert.ok(specs.includes(spec), `${spec} in ${specs}`);
    assert.equal(new Set(specs).size, specs.length);
    assert.equal(all(xml, 'setName')[specs.indexOf('region:620000:620100:620102')], '兰州市城关区');
    const in_set = async set => (await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc', set })).found.map(line => line.id).sort();
    assert.deepEqual(await in_set('ipc:H:H01'), [identifier(place, place.other)]);
    assert.deepEqual(await in_set('ipc:F'), [identifier(place, place.open), identifier(place, place.closing)].sort());
    assert.equal((await in_set('ipc')).length, 3);
    assert.deepEqual(await in_set('region:620000:620200'), [identifier(place, place.other)]);
}

/** Signed in or not, one is answered as a visitor. */
async function nothing_hidden(place) {
    const seen = async (who, prefix) => (await ask(place, { verb: 'ListRecords', metadataPrefix: prefix }, { who })).replace(/<responseDate>.*?</, '<');
    for (const prefix of ['oai_dc', 'tieqiao']) {
        const visitor = await seen(place.server.guest(), prefix);
        for (const hidden of [SECRET.contact, SECRET.team, SECRET.detail, '0931-1234567', '李四']) assert.ok(!visitor.includes(hidden), `${hidden} in ${prefix}`);
        for (const who of [place.member, place.officer, place.auditor]) assert.equal(await seen(who, prefix), visitor, `${who.login} sees what a visitor sees`);
    }
    const { ver } = (await place.member.get(`/api/v1${place.open}`)).json.record, [before] = headers(await one(place, place.open));
    assert.equal((await place.member.post(`/api/v1${place.open}`, { ver, contact: '示例新联系人' })).status, 200);
    await shown(place, await made_by(place.member, '/achievements', { title: '跟在后面的成果', abstract: '它出现了，前面那一次改动就已经看过了，看过就能比较。' }));
    assert.equal(headers(await one(place, place.open))[0].stamp, before.stamp, 'nor is it told that something hidden changed');
}

async function deleted(place) {
    const id = identifier(place, place.closing), [before] = headers(await one(place, place.closing));
    await place.member.post(`/api/v1${place.closing}/close`, {});
    await until(async () => headers(await one(place, place.closing))[0].deleted);
    for (const prefix of ['oai_dc', 'tieqiao']) {
        const xml = await one(place, place.closing, prefix);
        assert.doesNotMatch(xml, /<metadata>/);
        assert.ok(!xml.includes(SECRET.closed), 'what it said is no longer said');
    }
    await until(async () => headers(await one(place, place.closing))[0].stamp >= before.stamp);
    await until(async () => (await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc', set: 'ipc:F:F04' })).found.find(line => line.id === id)?.deleted); /* who harvests a set is told too */
    assert.equal(error_of(await ask(place, { verb: 'ListMetadataFormats', identifier: id })), 'noMetadataFormats');
    await place.member.post(`/api/v1${place.closing}/reopen`, {});
    await until(async () => !headers(await one(place, place.closing))[0].deleted);
    assert.match(await one(place, place.closing), new RegExp(SECRET.closed));
}

/** Drafts, and what is withdrawn before anybody may see it, do not exist. */
async function never_public(place) {
    const draft = await place.member.form('/achievements', { title: '还是草稿的成果', abstract: '草稿里的内容还没有发布，别人不知道有它。', do: 'draft' });
    assert.match(draft.location, /^\/drafts\//);
    const { pages } = await harvest(place, 'ListRecords', { metadataPrefix: 'tieqiao' });
    assert.ok(!pages.join('').includes('还是草稿的成果'));
}

/** From one harvest to the next: what came since, and that alone, once the clock has left the second of the last. */
async function since(place) {
    const seconds = time => Date.parse(time) / 1000;
    const last = Math.max(...(await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc' })).found.map(line => seconds(line.stamp)));
    await until(() => Date.now() / 1000 > last + 1);
    const from = all(await ask(place, { verb: 'Identify' }), 'responseDate')[0];
    assert.equal((await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc', from })).error, 'noRecordsMatch');
    const { ver } = (await place.other_member.get(`/api/v1${place.other}`)).json.record;
    await place.other_member.post(`/api/v1${place.other}`, { ver, wanted: '需要一条涂布中试线' });
    await until(async () => !(await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc', from })).error);
    const { found } = await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc', from });
    assert.deepEqual(found.map(line => line.id), [identifier(place, place.other)]);
    const until_then = new Date((last) * 1000).toISOString().replace('.000', '');
    const before = (await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc', until: until_then })).found.map(line => line.id);
    assert.ok(!before.includes(identifier(place, place.other)) && before.includes(identifier(place, place.open)));
    const day = found[0].stamp.slice(0, 10);
    assert.ok((await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc', from: day, until: day })).found.length >= 1, 'a whole day');
}

async function many_more(place) {
    const file = join(folder, 'achievements.jsonl');
    const line = i => JSON.stringify({ title: `批量成果第${i}号耐磨涂层`, abstract: `第${i}号涂层用于含沙介质的水轮机过流部件，寿命提高。`, owner: OURS, ipc: ['C23C'] });
    writeFileSync(file, Array.from({ length: MANY }, (_, i) => line(i)).join('\n') + '\n');
    place.city.run('import', file);
    await until(async () => (await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc', set: 'ipc:C:C23' })).found.length === MANY, 30_000);
}

/** Pages go on while records change: none that did not change is missing or twice; the changed ones come (again) at the end. */
async function while_it_changes(place) {
    const before = (await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc' })).found.map(line => line.id);
    const changed = new Set();
    let fresh;
    const { found, pages } = await harvest(place, 'ListRecords', { metadataPrefix: 'oai_dc' }, async page => {
        if (page !== 1) return;
        for (const i of [3, 7, MANY - 2]) { /* some that were given already, one that was not */
            const [, id] = /\/(\d+)$/.exec(before[i]), { ver } = (await place.officer.get(`/api/v1/achievements/${id}`)).json.record;
            assert.equal((await place.officer.post(`/api/v1/achievements/${id}`, { ver, wanted: `改动${i}` })).status, 200);
            changed.add(before[i]);
        }
        const gone = before[10], [, id] = /\/(\d+)$/.exec(gone);
        await place.officer.post(`/api/v1/achievements/${id}/close`, {});
        changed.add(gone);
        fresh = identifier(place, await made_by(place.member, '/achievements', { title: '收割当中登记的成果', abstract: '在别人一页一页收割的时候登记，最后一页里应当有它。' }));
        await until(async () => !error_of(await ask(place, { verb: 'GetRecord', metadataPrefix: 'oai_dc', identifier: fresh })));
    });
    assert.ok(pages.length >= 4, `${pages.length} pages`);
    const times = id => found.filter(line => line.id === id).length;
    for (const id of before) assert.equal(times(id), changed.has(id) && before.indexOf(id) < 100 ? 2 : 1, `${id} is number ${before.indexOf(id)}`);
    assert.equal(times(fresh), 1);
    assert.equal(found.findLast(line => line.id === before[10]).deleted, true);
    assert.equal(/completeListSize="(\d+)" cursor="0"/.exec(pages[0])[1], String(before.length));
    assert.equal(/cursor="(\d+)"/.exec(pages[1])[1], '100');
    assert.match(pages.at(-1), /<resumptionToken [^>]*cursor="\d+"><\/resumptionToken>/, 'the last page of a list says that it is the last');
}

/** What a page was still to come of has moved behind the end of the list: that is no empty list, but one to be begun again. */
async function all_that_was_left_changed(place) {
    const in_set = async args => (await harvest(place, 'ListIdentifiers', { metadataPrefix: 'oai_dc', set: 'ipc:C:C23', ...args })).found;
    for (const { id } of (await in_set()).filter(line => line.deleted)) /* what is gone does not show whose it was */
        assert.equal((await place.officer.post(`/api/v1/achievements/${id.split('/').pop()}/reopen`, {})).status, 200);
    await until(async () => (await in_set()).every(line => !line.deleted));
    const second = ms => new Date(ms).toISOString().replace(/\.\d+/, ''), now = Date.now(), from = second(now + 2000);
    const xml = await ask(place, { verb: 'ListRecords', metadataPrefix: 'oai_dc', set: 'ipc:C:C23', until: second(now + 1000) });
    const token = token_of(xml), { ver } = (await place.officer.get(`/api/v1/parties/${place.ours}`)).json.record;
    assert.ok(token);
    await wait(2100);
    assert.equal((await place.officer.post(`/api/v1/parties/${place.ours}`, { ver, name: '示例甲机械集团' })).status, 200);
    await until(async () => (await in_set({ from })).length === MANY, 20_000);
    const rest = await ask(place, { verb: 'ListRecords', resumptionToken: token });
    assert.deepEqual([error_of(rest), /responseDate/.test(rest.split('<error')[1])], ['badResumptionToken', true], 'and it says from when');
}

/** A token is ours, whole, of today and of this verb, or it is nothing. */
async function tokens(place) {
    const token = token_of(await ask(place, { verb: 'ListRecords', metadataPrefix: 'oai_dc' })), put = text => ask(place, { verb: 'ListRecords', resumptionToken: text });
    assert.equal(error_of(await put(token)), undefined);
    assert.equal(error_of(await put(token)), undefined, 'once more: a harvester may try again');
    for (let i = 0; i < token.length; i += 3)
        assert.equal(error_of(await put(token.slice(0, i) + (token[i] === '7' ? '8' : '7') + token.slice(i + 1))), 'badResumptionToken', `at ${i}`);
    for (const wrong of [token.slice(1), token.slice(0, -1), `${token} `, token.toUpperCase(), token.replace('oai_dc', 'tieqiao'), token + token, '~'.repeat(40), 'x'.repeat(4000)])
        assert.equal(error_of(await put(wrong)), 'badResumptionToken', wrong);
    assert.equal(error_of(await ask(place, { verb: 'ListIdentifiers', resumptionToken: token })), 'badResumptionToken', 'of another verb');
}

/** A server that is started again, and another beside it, know each other's tokens; after a day nobody does. */
async function stale(place) {
    const token = token_of(await ask(place, { verb: 'ListRecords', metadataPrefix: 'oai_dc' }));
    await place.server.stop();
    place.server = await place.city.serve({ options: place.options });
    assert.equal(error_of(await ask(place, { verb: 'ListRecords', resumptionToken: token })), undefined, 'after a new start');
    if (place.city.url) {
        const beside = await place.city.serve({ options: place.options });
        assert.equal(error_of(await ask({ server: beside }, { verb: 'ListRecords', resumptionToken: token })), undefined, 'at another server');
        await beside.stop();
    }
    await place.server.stop();
    place.server = await place.city.serve({ options: place.options, env: { TQ_CLOCK_MS: String(Date.now() + 25 * 3_600_000) } });
    assert.equal(error_of(await ask(place, { verb: 'ListRecords', resumptionToken: token })), 'badResumptionToken', 'a day later');
}

/** As after an upgrade: until all that is there is in, who asks is told to wait, and not that there is nothing. */
async function not_ready(place) {
    const sql = 'UPDATE harvest_state SET ready = 0';
    if (place.city.url) place.city.sql(`SET search_path = ${place.city.schema}; ${sql}`);
    else assert.equal(spawnSync('sqlite3', [join(place.city.data, 'tieqiao.db'), sql]).status, 0);
    const reply = await place.server.guest().get('/oai?verb=Identify', { Accept: 'application/json' });
    assert.deepEqual([reply.status, reply.headers['retry-after'], reply.json.code], [503, '2', 'busy']);
    await made_by(place.member, '/achievements', { title: '准备好以后的成果', abstract: '有了它，收割的目录就接着往下做，做完就又答得出来了。' });
    await until(async () => (await place.server.guest().get('/oai?verb=Identify')).status === 200);
}

function options_checked(place) {
    for (const words of [['--oai-name', '127.0.0.1'], ['--oai-name', 'localhost'], ['--oai-name', 'a..b'], ['--oai-mail', 'nobody'], ['--data-licence', '']]) {
        const done = place.city.try('serve', '--port', '0', ...words);
        assert.notEqual(done.status, 0);
        assert.match(done.stderr, new RegExp(words[0]));
    }
}

for (const engine of engines) {
    const options = ['--site', SITE, '--oai-mail', 'jishu@example.gov.cn', '--data-licence', '示例许可：请注明来源'];
    const place = await town(engine, [['member', '甲厂成员', OURS, 'member'], ['other', '乙所成员', THEIRS, 'member'], ['auditor', '审计员', '', 'auditor']], { options });
    place.options = options;
    place.member = await place.server.signIn('member', place.password);
    place.other_member = await place.server.signIn('other', place.password);
    place.auditor = await place.server.signIn('auditor', place.password);
    await test(`${engine}: an empty repository answers`, async () => {
        assert.equal(all(await ask(place, { verb: 'Identify' }), 'earliestDatestamp').length, 1);
        assert.deepEqual(all(await ask(place, { verb: 'ListSets' }), 'setSpec'), ['industry', 'ipc', 'region', 'side']);
        assert.equal(error_of(await ask(place, { verb: 'ListRecords', metadataPrefix: 'oai_dc' })), 'noRecordsMatch');
    });
    await test(`${engine}: what is published can be harvested`, () => furnish(place));
    await test(`${engine}: Identify`, () => identified(place));
    await test(`${engine}: ListMetadataFormats`, () => formats(place));
    await test(`${engine}: Dublin Core`, () => dublin_core(place));
    await test(`${engine}: our own format, by the schema we serve`, () => own_format(place));
    await test(`${engine}: every error of the specification`, () => refused(place));
    await test(`${engine}: POST is answered like GET`, () => posted(place));
    await test(`${engine}: sets`, () => sets(place));
    await test(`${engine}: nothing that a visitor may not see`, () => nothing_hidden(place));
    await test(`${engine}: what is closed is deleted, and comes back`, () => deleted(place));
    await test(`${engine}: what never was public does not exist`, () => never_public(place));
    await test(`${engine}: what came since the last harvest`, () => since(place));
    await test(`${engine}: an import of ${MANY}`, () => many_more(place));
    await test(`${engine}: while records change`, () => while_it_changes(place));
    await test(`${engine}: tokens that are not ours`, () => tokens(place));
    await test(`${engine}: nothing is left of a list that was begun`, () => all_that_was_left_changed(place));
    await test(`${engine}: who asks too early is told to wait`, () => not_ready(place));
    await test(`${engine}: tokens over a new start, at another server, after a day`, () => stale(place));
    await test(`${engine}: options that cannot be`, () => options_checked(place));
    await place.server.stop();
    await place.city.end();
}
rmSync(folder, { recursive: true });
finish();
