// The files of a deal: attached by themselves and with a step, by a page without JavaScript and by a program; taken out as they
// came; withdrawn; refused in a sentence; seen by those alone who see the papers; and named by `tieqiao check` where somebody
// changed them behind the program's back.
import { test, finish, engines } from './house.mjs';
import { campus, clock, done, look } from './campus.mjs';
import { createHash, randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const MIB = 1 << 20;
const hash = bytes => createHash('sha256').update(bytes).digest('hex');
const pdf = (text, size = 0) => Buffer.concat([Buffer.from(`%PDF-1.7\n% 示例 ${text}\n`), randomBytes(size)]);
const open_deal = async place => (await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop(), title: `示例项目 ${randomBytes(4).toString('hex')}` })).id;

/** A form with several files, as a browser sends it. */
function several(who, path, values, files) {
    const mark = '----b0undary', part = (head, bytes) => [Buffer.from(`--${mark}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), Buffer.from(bytes), Buffer.from('\r\n')];
    const body = Buffer.concat([...Object.entries({ ...who.csrf && { csrf: who.csrf }, ...values }).flatMap(([name, value]) => part(`name="${name}"`, value)),
        ...files.flatMap(({ name, bytes }) => part(`name="file"; filename="${name}"`, bytes)), Buffer.from(`--${mark}--\r\n`)]);
    return who.send('POST', path, { body, headers: { 'Content-Type': `multipart/form-data; boundary=${mark}` } });
}

/** The form of a step as the page holds it, posted back with a file. */
async function step_with(who, deal, name, values, file) {
    const { text } = await who.get(`/deals/${deal}?step=${name}`), filled = {};
    const form = /<form class="form" method="post" action="\/deals\/\d+" enctype="multipart\/form-data"[^]*?<\/form>/.exec(text)?.[0];
    assert.ok(form, `the form of ${name} takes no file`);
    assert.match(form, /<input id="f-file" type="file" name="file"/);
    for (const [, attributes] of form.matchAll(/<input ([^>]*)>/g)) {
        const input = Object.fromEntries([...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
        if (input.type !== 'file' && (input.type !== 'checkbox' || / checked/.test(attributes))) filled[input.name] = input.value ?? '';
    }
    for (const [, field, inner] of form.matchAll(/<select [^>]*name="(\w+)"[^>]*>([^]*?)<\/select>/g)) filled[field] = /value="([^"]*)" selected/.exec(inner)?.[1] ?? '';
    for (const [, field, inner] of form.matchAll(/<textarea [^>]*name="(\w+)"[^>]*>([^]*?)<\/textarea>/g)) filled[field] = inner.trim();
    return who.upload(`/deals/${deal}`, { ...filled, ...values }, file);
}

for (const engine of engines) {
    const on = what => `${engine}: ${what}`;
    const place = await campus(engine);

    await test(on('a file attached to the deal comes out as it went in, under its name, and runs nowhere'), async () => {
        const deal = await open_deal(place), bytes = pdf('会议', 3 * MIB), name = '会议 纪要（示例）.pdf';
        const went = await place.clerk.upload(`/deals/${deal}/files`, { paper: 'deal', sort: 'minutes' }, { name, bytes });
        assert.equal(went.status, 303, went.text.slice(0, 300));
        assert.equal(went.location, `/deals/${deal}#files`);
        const page = await place.clerk.get(`/deals/${deal}`), [line] = (await look(place.clerk, deal)).files.lines;
        assert.match(page.text, /会议 纪要（示例）\.pdf/);
        assert.ok(page.text.includes(hash(bytes)));
        assert.deepEqual([line.no, line.name, line.size, line.media.code, line.sort.code, line.paper.code, line.digest],
            [1, name, bytes.length, 'pdf', 'minutes', 'deal', hash(bytes)]);
        for (const path of [`/deals/${deal}/files/1`, `/api/v1/deals/${deal}/files/1`]) {
            const came = await place.clerk.get(path);
            assert.equal(came.status, 200);
            assert.ok(came.body.equals(bytes), 'other bytes');
            assert.equal(came.headers['content-type'], 'application/pdf');
            assert.equal(came.headers['x-content-type-options'], 'nosniff');
            assert.match(came.headers['content-security-policy'], /sandbox/);
            assert.match(came.headers['cache-control'], /no-store/);
            assert.equal(came.headers['content-disposition'], `attachment; filename="tieqiao.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`);
        }
        assert.equal((await place.clerk.send('HEAD', `/deals/${deal}/files/1`)).headers['content-length'], String(bytes.length));
        assert.deepEqual(readdirSync(join(place.city.data, 'uploads')).filter(name => name.startsWith('export-')), [], 'left behind');
    });

    await test(on('several at once, and what belongs to a paper says so'), async () => {
        const deal = await open_deal(place);
        await done(place.clerk, deal, 'title', {});
        assert.equal((await several(place.clerk, `/deals/${deal}/files`, { paper: 'title-1' }, [{ name: 'a.txt', bytes: '示例一' }, { name: 'b.csv', bytes: '名称,金额\n示例,1\n' }])).status, 303);
        const { lines } = (await look(place.clerk, deal)).files;
        assert.deepEqual(lines.map(line => [line.no, line.paper.code, line.sort.code]), [[2, 'title-1', 'other'], [1, 'title-1', 'other']]);
        assert.equal((await look(place.clerk, deal)).ver, 2, 'an attachment overtakes nobody');
    });

    await test(on('a step takes its file with it: the digest is filled in, nothing is typed'), async () => {
        const deal = await open_deal(place), bytes = pdf('纪要'), values = { technology: '成熟', economy: '可观', assessor: '示例评价人' };
        await done(place.clerk, deal, 'title', {});
        await done(place.clerk, deal, 'value', { ...values, evidence: [1, 2, 3, 4, 5, 6].map(level => `第 ${level} 级 示例报告`).join('\n') });
        await done(place.clerk, deal, 'price', { buyer: '示例甲机械厂', buyer_nature: 'private', ground: '参照两份可比许可合同，学校集体决策' });
        await done(place.clerk, deal, 'notice', {});
        await place.at(20);
        const refused = await step_with(place.clerk, deal, 'approve', {}, { name: '纪要.pdf', bytes });
        assert.equal(refused.status, 422);
        assert.match(refused.text, /文件没有附上；改好后请重新选文件/);
        assert.ok(!refused.text.includes(hash(bytes)), 'a digest stands in the form, and no file is attached');
        assert.deepEqual((await look(place.clerk, deal)).files.lines, []);
        const other = await step_with(place.clerk, deal, 'approve', { minutes: '示例纪要 1 号', digest: 'ab'.repeat(32) }, { name: '纪要.pdf', bytes });
        assert.equal(other.status, 422);
        assert.match(other.text, /填的 SHA-256 与选的文件不符/);
        const went = await step_with(place.clerk, deal, 'approve', { minutes: '示例纪要 1 号' }, { name: '纪要.pdf', bytes });
        assert.equal(went.status, 303, went.text.slice(0, 3000));
        const { papers, files } = await look(place.clerk, deal), approval = papers.find(paper => paper.kind.code === 'approval').items[0];
        assert.ok(JSON.stringify(approval.fields).includes(hash(bytes)), JSON.stringify(approval.fields));
        assert.deepEqual(files.lines.map(line => [line.paper.code, line.sort.code, line.digest]), [['approval-1', 'minutes', hash(bytes)]]);
        assert.match((await place.clerk.get(`/deals/${deal}`)).text, new RegExp(`<a href="/deals/${deal}/files/1">${hash(bytes)}</a>`), 'the digest in the paper leads to the file');
        const history = await place.clerk.post(`/api/v1/deals/${deal}`, { step: 'approve', ver: 1 });
        assert.equal(history.status, 409);
    });

    await test(on('what cannot be attached is refused in a sentence, and nothing of it is there'), async () => {
        const deal = await open_deal(place), files = [
            ['空.pdf', '', 422, /是空文件/], ['大.pdf', pdf('大', 32 * MIB), 413, /超过 32 MiB/], ['图.pdf', Buffer.from('\x89PNG\r\n\x1a\n1234', 'latin1'), 422, /内容是 PNG/],
            ['程序.exe', Buffer.from('MZ\x90\0\0', 'latin1'), 422, /不是能附的文件[^]*DOCX、XLSX/], ['页.html', '<!doctype html><script>alert(1)</script>', 422, /不是能附的文件/],
            ['x&quot;&lt;b&gt;.pdf', pdf('名'), 303, /^/], ['a:b.pdf', pdf('名'), 422, /不能用的符号/], ['..\\\\..\\\\c.pdf', pdf('径'), 303, /^/], ['纪要', pdf('名'), 422, /没有名字或扩展名/],
        ];
        for (const [name, bytes, status, says] of files) {
            const reply = await place.clerk.upload(`/deals/${deal}/files`, { paper: 'deal' }, { name, bytes });
            assert.equal(reply.status, status, `${name}: ${reply.status} ${reply.text.slice(0, 200)}`);
            assert.match(reply.text, says);
            if (status !== 303) {
                const told = await place.clerk.upload(`/api/v1/deals/${deal}/files`, {}, { name, bytes });
                assert.deepEqual([told.status, told.json.field], [status, 'file']);
            }
        }
        assert.deepEqual((await look(place.clerk, deal)).files.lines.map(line => line.name), ['c.pdf', 'x&quot;&lt;b&gt;.pdf']);
        for (const [values, says] of [[{ paper: 'title-1' }, /卷里没有这份文书/], [{ paper: 'need-1' }, /卷里没有这份文书/], [{ paper: '-' }, /没有说明附在哪份文书上/], [{ sort: 'x' }, /没有这种附件类别/]]) {
            const reply = await place.clerk.upload(`/api/v1/deals/${deal}/files`, values, { name: 'a.txt', bytes: '示例' });
            assert.equal(reply.status, 422);
            assert.match(reply.json.message, says);
        }
        assert.match((await place.clerk.form(`/deals/${deal}/files`, { paper: 'deal' })).text, /没有选文件/);
        assert.match((await place.clerk.post(`/api/v1/deals/${deal}/files`, { paper: 'deal' })).json.message, /没有选文件/);
        assert.equal((await several(place.clerk, `/api/v1/deals/${deal}/files`, {}, Array.from({ length: 9 }, (_, i) => ({ name: `${i}.txt`, bytes: `示例 ${i}` })))).status, 422);
        assert.equal((await place.clerk.upload(`/api/v1/deals/${deal}/files`, {}, { name: 'd.pdf', bytes: pdf('大', 34 * MIB) }).catch(() => ({ status: 413 }))).status, 413);
    });

    await test(on('the same content is kept once, the same request is done once'), async () => {
        const deal = await open_deal(place), bytes = pdf('同一份'), values = { request_id: randomBytes(8).toString('hex') };
        const first = await place.clerk.upload(`/api/v1/deals/${deal}/files`, values, { name: '一.pdf', bytes });
        assert.deepEqual([first.status, first.json.no, first.json.digest], [201, 1, hash(bytes)]);
        const again = await place.clerk.upload(`/api/v1/deals/${deal}/files`, values, { name: '一.pdf', bytes });
        assert.deepEqual([again.status, again.json.no], [201, 1]);
        const twice = await place.clerk.upload(`/api/v1/deals/${deal}/files`, {}, { name: '二.pdf', bytes });
        assert.equal(twice.status, 409);
        assert.match(twice.json.message, /已经附在这里/);
        const other = await open_deal(place);
        assert.equal((await place.clerk.upload(`/api/v1/deals/${other}/files`, {}, { name: '一.pdf', bytes })).status, 201);
    });

    await test(on('a wrong one is withdrawn with a reason; it stays, and can still be taken out'), async () => {
        const deal = await open_deal(place), bytes = pdf('错的');
        await place.clerk.upload(`/deals/${deal}/files`, {}, { name: '错的.pdf', bytes });
        const silent = await place.clerk.form(`/deals/${deal}/files/1/withdraw`, { why: '' });
        assert.equal(silent.status, 422);
        assert.match(silent.text, /没有写撤回原因/);
        assert.equal((await place.clerk.form(`/deals/${deal}/files/2/withdraw`, { why: '传错了' })).status, 404);
        assert.equal((await place.clerk.form(`/deals/${deal}/files/1/withdraw`, { why: '传错了文件' })).status, 303);
        assert.equal((await place.clerk.post(`/api/v1/deals/${deal}/files/1/withdraw`, { why: '再撤一次' })).status, 409);
        const [line] = (await look(place.clerk, deal)).files.lines;
        assert.deepEqual([line.ver, line.why, line.withdraw], [2, '传错了文件', null]);
        assert.match((await place.clerk.get(`/deals/${deal}`)).text, /已撤回/);
        assert.ok((await place.clerk.get(`/deals/${deal}/files/1`)).body.equals(bytes));
    });

    await test(on('only who sees the papers sees the files, and only who takes steps brings any'), async () => {
        const deal = await open_deal(place), file = { name: '纪要.pdf', bytes: pdf('谁看') }, visitor = place.server.guest();
        await place.clerk.upload(`/deals/${deal}/files`, {}, file);
        const sees = async (who, path = `/deals/${deal}/files/1`) => (await who.get(path, { Accept: 'application/json' })).status;
        for (const [who, status] of [['clerk', 200], ['colleague', 200], ['auditor', 200], ['officer', 403], ['firm', 404], ['professor', 404]])
            assert.equal(await sees(place[who]), status, who);
        assert.equal(await sees(visitor), 401);
        assert.equal(await sees(place.clerk, `/deals/${deal}/files/2`), 404);
        assert.equal(await sees(place.clerk, `/deals/${deal}/files/x`), 404);
        assert.equal(await sees(place.clerk, `/deals/${deal}/files/9223372036854775808`), 404);
        assert.equal((await look(place.officer, deal)).files, null);
        const before = count(place, 'content');
        for (const [who, status] of [['auditor', 403], ['officer', 403], ['firm', 404], ['professor', 404]]) {
            assert.equal((await place[who].upload(`/api/v1/deals/${deal}/files`, {}, { name: 'x.pdf', bytes: pdf(who) })).status, status, who);
            assert.equal((await place[who].post(`/api/v1/deals/${deal}/files/1/withdraw`, { why: '不是我的' })).status, status, who);
        }
        assert.equal((await visitor.upload(`/api/v1/deals/${deal}/files`, {}, { name: 'x.pdf', bytes: pdf('x') })).status, 401);
        const { csrf } = place.clerk;
        place.clerk.csrf = undefined;
        assert.equal((await place.clerk.upload(`/deals/${deal}/files`, {}, { name: 'x.pdf', bytes: pdf('csrf') })).status, 403);
        place.clerk.csrf = csrf;
        assert.equal(count(place, 'content'), before, 'what nobody may attach takes room');
    });

    await test(on('killed at any moment of an upload: all of it is there, or nothing that anybody sees'), async () => {
        const deal = await open_deal(place);
        let cut = 0;
        for (const [at, wait] of [60, 250].entries()) {
            const bytes = pdf(`断 ${at}`, 20 * MIB), name = `断 ${at}.pdf`, upload = place.clerk.upload(`/deals/${deal}/files`, {}, { name, bytes }).catch(() => undefined);
            await new Promise(then => setTimeout(then, wait));
            await place.server.kill();
            const reply = await upload;
            place.server = undefined;
            await place.at(21 + at); /* a clock that is put back would give out ids again */
            const line = (await look(place.clerk, deal)).files.lines.find(one => one.name === name);
            assert.ok(line || reply?.status !== 303, 'what was answered is lost');
            const again = line ? { status: 303 } : await place.clerk.upload(`/deals/${deal}/files`, {}, { name, bytes });
            assert.equal(again.status, 303, /<div class="summary"[^]*?<\/div>/.exec(again.text ?? '')?.[0]);
            cut += !line;
            const { no } = line ?? (await look(place.clerk, deal)).files.lines.find(one => one.name === name);
            assert.ok((await place.clerk.get(`/deals/${deal}/files/${no}`)).body.equals(bytes));
        }
        console.log(`# ${cut} of 2 uploads were cut off`);
        assert.ok(cut > 0);
    });

    if (engine === 'pg') await test(on('what one server took in the other gives out'), async () => {
        const deal = await open_deal(place), bytes = pdf('两台', MIB), other = await place.city.serve(clock(place.day));
        assert.equal((await place.clerk.upload(`/deals/${deal}/files`, {}, { name: '两台.pdf', bytes })).status, 303);
        place.clerk.server = other;
        const came = await place.clerk.get(`/deals/${deal}/files/1`);
        place.clerk.server = place.server;
        await other.stop();
        assert.ok(came.body.equals(bytes));
    });

    if (engine === 'sqlite') await test(on('a backup carries the files'), async () => {
        const deal = await open_deal(place), bytes = pdf('备份', MIB), kept = join(place.city.dir, 'backup.db'), again = join(place.city.dir, 'again');
        await place.clerk.upload(`/deals/${deal}/files`, {}, { name: '备份.pdf', bytes });
        place.city.run('backup', kept);
        const restored = spawnSync(place.city.program, ['restore', kept, '--data', again], { encoding: 'utf8' });
        assert.equal(restored.status, 0, restored.stderr);
        const parts = spawnSync('sqlite3', [join(again, 'tieqiao.db'), `SELECT hex(bytes) FROM content_part WHERE digest = '${hash(bytes)}' ORDER BY no`], { encoding: 'utf8', maxBuffer: 64 * MIB });
        assert.ok(Buffer.from(parts.stdout.replaceAll('\n', ''), 'hex').equals(bytes));
    });

    await test(on('check hashes every file again, and names the one that was changed'), async () => {
        await place.server.stop();
        place.server = undefined;
        assert.match(place.city.run('check'), /附件 [1-9]\d* 份/);
        run_sql(place, "UPDATE content_part SET bytes = (SELECT p.bytes FROM content_part p WHERE p.digest <> content_part.digest LIMIT 1) WHERE digest = (SELECT digest FROM attachment WHERE name = '错的.pdf' LIMIT 1)");
        const told = place.city.try('check');
        assert.notEqual(told.status, 0);
        assert.match(told.stderr + told.stdout, /错的\.pdf/);
    });

    await place.city.end();
}

function run_sql({ city }, text) {
    if (city.engine === 'pg') return city.sql(`SET search_path = ${city.schema}; ${text}`);
    const ran = spawnSync('sqlite3', [join(city.data, 'tieqiao.db'), text], { encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stderr);
    return ran.stdout;
}

function count(place, table) { return Number(run_sql(place, `SELECT count(*) FROM ${table}`).trim()); }

finish();
