// An embedding service beside the city (tests/web/embedder.js): what is sent and what is not, what it adds, and that nothing waits
// for it however it misbehaves.
import { test, finish, until, join, City } from './house.mjs';
import { town, need } from './town.mjs';
import { Embedder, misbehaviours } from './embedder.js';
import { writeFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import assert from 'node:assert/strict';

const OUTSIDE = '意思相近（外部模型）', SECRET = '密件四七一一', QUESTION = '含沙水流';

const embedder = await new Embedder().start();
const key = join(tmpdir(), `tq-embed-key-${process.pid}`);
writeFileSync(key, 'sk-example-4711\n', { mode: 0o600 });
const options = (...more) => ({ options: ['--embed', embedder.url, '--embed-model', 'example-model', '--embed-key', key, ...more] });
const SOON = ['--embed-timeout', '400'], PEOPLE = '--embed-questions';

const place = await town('sqlite', undefined, options(...SOON, PEOPLE));
const { city } = place;
let { server, officer } = place, made = 0;

const status = () => city.try('status').stderr;
const vectors = () => Number(/：(\d+) 条记录有向量/.exec(status())?.[1] ?? -1);
const settled = () => until(() => vectors() === made + 3 && /还有 0 条要看/.test(status()), 20_000); /* the town has three parties */
const ask = async (who, q) => (await who.post('/api/v1/match', { q, column: 'need', k: 10 })).json.columns.need.cards;
const parts = card => card.why.parts.map(part => part.text);
const titles = cards => cards.map(card => card.title);

async function post(changes) {
    const reply = await officer.post('/api/v1/needs', need({ owner: place.ours, now: '说来话长，写够十个字就行', goal: '把它办好', ...changes }));
    assert.equal(reply.status, 201, reply.text);
    made++;
    return reply;
}

/** Another server on the same city. */
async function restart(...more) {
    await server.stop();
    server = await city.serve(options(...more));
    officer = await server.signIn('officer', place.officer_password);
}

try {
    await test('each public record is sent once, with the model\'s name and the key', async () => {
        await settled(); /* the town, whose server was stopped and started meanwhile */
        embedder.asked.length = 0;
        await post({ title: '泥浆泵密封', now: '密封件装上去三个月就坏', goal: '至少用一年', detail: SECRET });
        await post({ title: '石头上的字风化' });
        for (const what of ['苹果冷藏', '牛羊疫苗', '光伏支架', '医用同位素', '集装箱调度', '玫瑰精油', '壁画颜料', '电池拆解']) await post({ title: what });
        await settled();
        assert.equal(new Set(embedder.asked).size, embedder.asked.length, 'nothing twice');
        assert.equal(embedder.asked.length, made);
        assert.equal(embedder.model, 'example-model');
        assert.ok(embedder.keys.every(one => one === 'Bearer sk-example-4711'), embedder.keys[0]);
        assert.ok(embedder.asked.some(text => text.startsWith('泥浆泵密封\n') && text.includes('密封件装上去三个月就坏')), embedder.asked.join('|'));
    });
    await test('nothing that is not public is sent', () =>
        assert.ok(!embedder.asked.some(text => text.includes(SECRET) || text.includes('0931') || text.includes('李四')), embedder.asked.join('|')));
    await test('a question is answered by what means the same without a word in common, and the part says so', async () => {
        const [card] = await ask(server.guest(), QUESTION);
        assert.equal(card.title, '泥浆泵密封');
        assert.deepEqual(parts(card), [OUTSIDE]);
        assert.ok(embedder.asked.includes(QUESTION));
        const english = server.guest();
        const send = english.send;
        english.send = (method, path, extra = {}) => send.call(english, method, path, { ...extra, headers: { ...extra.headers, Cookie: 'lang=en' } });
        assert.ok(parts((await ask(english, QUESTION))[0]).every(part => !/[\u3400-\u9fff]/.test(part)), 'in English where that is wanted');
    });
    await test('who writes a question reads where it is sent', async () => {
        for (const path of ['/', '/docs/privacy']) assert.match((await server.guest().get(path)).text, /外部的语义模型[^<]*example-model/, path);
    });
    await test('the same question again asks nobody', async () => {
        const asked = embedder.asked.length;
        await ask(server.guest(), QUESTION);
        assert.equal(embedder.asked.length, asked);
    });
    await test('a record asks by its own vector, and nobody is asked for that', async () => {
        const other = await post({ title: '含沙水流里的叶轮' });
        await settled();
        const asked = embedder.asked.length;
        const page = await server.guest().get(`/api/v1/needs/${other.id}`);
        assert.equal(page.status, 200);
        assert.equal(embedder.asked.length, asked);
    });

    for (const mode of misbehaviours)
        await test(`it misbehaves (${mode}): words decide at once, the state says so, and it is taken up again when it is back`, async () => {
            embedder.mode = mode;
            const title = `示例难题 ${mode} 号`;
            await post({ title });
            await until(() => /向量服务不通/.test(status()), 20_000);
            const began = Date.now(), cards = await ask(server.guest(), `${title} 怎么办`);
            assert.ok(Date.now() - began < 1500, `it took ${Date.now() - began} ms`);
            assert.ok(titles(cards).includes(title), titles(cards).join());
            assert.ok(!cards.some(card => parts(card).includes(OUTSIDE)));
            if (mode === '429') assert.match(status(), /[1-7] 秒后再试/);
            if (mode === 'dims') assert.match(status(), /以前是 96 个/);
            assert.equal(embedder.elsewhere, 0, 'no redirect is followed');
            assert.ok(!status().includes('sk-example') && !server.log.includes('sk-example') && !server.log.includes(title), 'neither key nor text is told');
            embedder.mode = 'good';
            await settled();
            assert.ok(!/向量服务不通/.test(status()));
        });
    await test('it is away altogether: the same', async () => {
        const port = embedder.port;
        await embedder.stop();
        await post({ title: '没有人应答的题' });
        await until(() => /向量服务不通/.test(status()), 20_000);
        assert.ok(titles(await ask(server.guest(), '没有人应答的题')).includes('没有人应答的题'));
        embedder.server.listen(port, '127.0.0.1');
        await settled();
    });
    await test('a question waits a moment at most, and the next ones do not wait', async () => {
        embedder.delay = 2000;
        const began = Date.now();
        await ask(server.guest(), '慢的问题');
        const first = Date.now() - began, again = Date.now();
        assert.ok(first >= 250 && first < 1500, `${first} ms`);
        await ask(server.guest(), '又一个慢的问题');
        assert.ok(Date.now() - again < 250, `${Date.now() - again} ms`);
        embedder.delay = 0;
    });
    await test('what is closed while it is away is not sent when it is back', async () => {
        embedder.mode = '500';
        const { id } = await post({ title: '关掉了的题目' });
        await until(() => /向量服务不通/.test(status()), 20_000);
        const closed = await officer.post(`/api/v1/needs/${id}/close`, {});
        assert.ok(closed.status < 300, closed.text);
        made--;
        await new Promise(done => setTimeout(done, 500));
        embedder.asked.length = 0;
        embedder.mode = 'good';
        await settled();
        assert.ok(!embedder.asked.some(text => text.includes('关掉了的题目')), embedder.asked.join('|'));
    });
    await test('a text that it will not have is left out, and the others beside it are not', async () => {
        embedder.mode = '500';
        embedder.refuses = null;
        await post({ title: '不收的字眼' });
        made--; /* without a vector */
        for (const what of ['好的题目一', '好的题目二', '好的题目三']) await post({ title: what });
        await until(() => /向量服务不通/.test(status()), 20_000);
        embedder.refuses = '不收的字眼';
        embedder.mode = 'good';
        await settled();
        assert.match(status(), /1 条它不收/);
    });
    await test('after a new start nothing is asked again', async () => {
        embedder.refuses = null;
        embedder.asked.length = 0;
        await restart(...SOON, PEOPLE);
        made++; /* the one that was not taken, which is now */
        await settled();
        assert.deepEqual(embedder.asked.map(text => text.split('\n')[0]), ['不收的字眼']);
        assert.equal((await ask(server.guest(), QUESTION))[0].title, '含沙水流里的叶轮');
    });
    await test('a torn end of the file costs what was torn, and no more', async () => {
        const folder = join(city.data, 'embeddings'), [name] = readdirSync(folder), { size } = statSync(join(folder, name));
        assert.equal(statSync(folder).mode & 0o777, 0o700);
        await server.stop();
        truncateSync(join(folder, name), size - 10);
        embedder.asked.length = 0;
        server = await city.serve(options(...SOON, PEOPLE));
        officer = await server.signIn('officer', place.officer_password);
        await settled();
        assert.equal(embedder.asked.length, 1);
        assert.equal(statSync(join(folder, name)).size, size);
    });
    await test('an end that is asked for does not wait for it', async () => {
        embedder.mode = 'hang';
        await restart('--embed-timeout', '60000');
        await post({ title: '等着的题' });
        await until(() => embedder.asked.some(text => text.startsWith('等着的题')), 10_000);
        const began = Date.now();
        await server.stop();
        assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
        embedder.mode = 'good';
    });
    await test('without --embed-questions nothing that people type is sent', async () => {
        server = await city.serve(options(...SOON));
        officer = await server.signIn('officer', place.officer_password);
        await settled();
        embedder.asked.length = 0;
        const cards = await ask(server.guest(), QUESTION);
        assert.ok(!cards.some(card => parts(card).includes(OUTSIDE)));
        assert.deepEqual(embedder.asked, []);
        assert.match(status(), /人们写的问题不发给它/);
        for (const path of ['/', '/docs/privacy']) assert.ok(!(await server.guest().get(path)).text.includes('语义模型'), path);
    });
    await test('without --embed nobody is asked anything', async () => {
        await server.stop();
        server = await city.serve();
        officer = await server.signIn('officer', place.officer_password);
        await post({ title: '不问外人的题' });
        await until(async () => titles(await ask(server.guest(), '不问外人的题')).includes('不问外人的题'));
        assert.deepEqual(embedder.asked, []);
        assert.ok(!status().includes('向量服务'));
    });
    await test('options that are off are refused before anything is served', async () => {
        await server.stop();
        const refused = (words, ...args) => {
            const done = city.try('serve', '--port', '0', ...args);
            assert.equal(done.status, 1, done.stderr);
            assert.ok(done.stderr.includes(words) && !done.stderr.includes('sk-example'), done.stderr);
        };
        refused('要以 https:// 或 http:// 开头', '--embed', 'ftp://x/v1', '--embed-model', 'm');
        refused('要一起写', '--embed', 'https://x/v1');
        refused('要一起写', '--embed-model', 'm');
        refused('不能不加密地发到别的机器', '--embed', 'http://192.0.2.1/v1', '--embed-model', 'm', '--embed-key', key);
        refused('打不开密钥文件', '--embed', 'https://x/v1', '--embed-model', 'm', '--embed-key', `${key}.none`);
        refused('1 到 64 的整数', '--embed', 'https://x/v1', '--embed-model', 'm', '--embed-batch', '65');
    });
} finally {
    await city.end();
    await embedder.stop().catch(() => {});
}
finish();
