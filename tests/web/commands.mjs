// The command line as people use it: what makes a city and what does not, accounts, the box on the terminal; each by itself and
// through the control socket of a served city.
import { test, finish, engines, City, root } from './house.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const OURS = '示例泵阀制造有限公司';
const PASSWORD = /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/;
const QUESTION = '离心泵轴承寿命要从3000小时提到8000小时，预算200万元';

/** What it said on both streams; fails unless it ended as it should. */
function said(city, status, ...words) {
    const done = city.try(...words);
    assert.equal(done.status, status, `tieqiao ${words.join(' ')}: ${done.status} ${done.stdout}${done.stderr}`);
    return done.stdout + done.stderr;
}

function lines(city) {
    return readFileSync(join(city.data, 'first-sign-in.txt'), 'utf8').trimEnd().split('\n').filter(line => !line.startsWith('#'))
        .map(line => line.split(/ +/));
}
const passwords = city => Object.fromEntries(lines(city).map(([login, password]) => [login, password]));

/** Signs in and tells whether the password must be changed first. */
async function must_change(server, login, password) {
    const who = server.guest();
    const reply = await who.form('/sign-in', { login, password });
    assert.equal(reply.status, 303, `${login} is not let in: ${reply.status}`);
    who.cookie = reply.cookie;
    const desk = await who.get('/desk');
    return desk.status === 303 && desk.location === '/account';
}
const let_in = async (server, login, password) => (await server.guest().form('/sign-in', { login, password })).status === 303;

async function ready(engine) {
    const city = new City(engine);
    city.run('init');
    city.run('import', join(root, 'example/lanzhou'));
    return city;
}

// --- what makes a city

for (const engine of engines) {
    await test(`${engine}: where there is no city, every command but init says so and makes nothing`, async () => {
        const city = new City(engine);
        try {
            for (const words of [['status'], ['check'], ['rebuild'], ['learn'], ['match', '泵'], ['account', 'list'],
                ['account', 'add', 'someone', '--name', '某人', '--role', 'researcher'], ['export', 'need', join(city.dir, 'x.csv')],
                ['import', join(root, 'example/lanzhou')], ['serve', '--port', '0']]) {
                const text = said(city, 1, ...words);
                assert.match(text, /tieqiao init/, text);
                assert.ok(!existsSync(city.data), `${words[0]} made a folder`);
            }
            assert.match(said(city, 0, 'init'), /新建管理员账号 3 个，初始密码记在 /);
            assert.deepEqual(lines(city).map(([login, password]) => [login, PASSWORD.test(password)]),
                [['system', true], ['security', true], ['audit', true]]);
            assert.equal(city.run('init'), '', 'a second time nothing is made');
            assert.match(said(city, 0, 'status'), /账本 9 条/);
        } finally { await city.end(); }
    });
}

await test('what is no address of a database is refused by name, and no folder is made of it', async () => {
    const city = new City('sqlite');
    try {
        for (const db of ['foo', 'mysql://x', 'mysql://x?a=b', './data']) {
            const done = spawnSync(city.program, ['init', '--db', db, '--data', city.data], { cwd: city.dir, encoding: 'utf8' });
            assert.equal(done.status, 1);
            assert.match(done.stderr, /不是 PostgreSQL 的地址。写成 postgresql:/);
            assert.ok(!existsSync(join(city.dir, db)) && !existsSync(city.data), `${db} made something`);
        }
        assert.match(said(city, 2, 'status', '--db', ''), /--db 后面要有值/);
        const away = said(city, 1, 'init', '--db', 'postgresql://tieqiao:geheim@127.0.0.1:1/x');
        assert.match(away, /^✗ 连不上数据库 127\.0\.0\.1:1.*请确认 PostgreSQL 在运行/, away);
        assert.ok(!away.includes('geheim') && away.trimEnd().split('\n').length === 1, away);
    } finally { await city.end(); }
});

await test('--help tells how a command is used and does nothing', async () => {
    const city = new City('sqlite');
    try {
        for (const verb of ['match', 'account', 'import', 'export', 'serve', 'init', 'check', 'status', 'rebuild', 'learn', 'stop'])
            for (const words of [[verb, '--help'], [verb, '-h']]) assert.match(said(city, 0, ...words), new RegExp(`^用法：tieqiao ${verb}( \\S|\\n)`));
        assert.match(spawnSync(city.program, ['help', 'match'], { encoding: 'utf8' }).stdout, /--region/);
        assert.match(said(city, 0, 'learn', '--help'), /^用法：tieqiao learn \[--dims N\].*--rating/);
        const verbs = [...said(city, 0, 'help').matchAll(/^ {2}([a-z]+) /gm)].map(([, verb]) => verb);
        assert.deepEqual(verbs.filter((verb, i) => verbs.indexOf(verb) !== i), [], 'each verb stands once');
        assert.ok(!existsSync(city.data));
    } finally { await city.end(); }
});

// --- accounts

/** Everything that must hold the same alone and served; server undefined: alone, and served for looking only. */
async function accounts(city, how) {
    const name = word => `${how}.${word}`;
    const load = join(city.dir, 'load.tsv');

    /* one */
    const added = said(city, 0, 'account', 'add', name('one'), '--name', '示例一', '--role', 'member,researcher', '--party', OURS);
    const [, password] = added.split(/ +/);
    assert.match(password, PASSWORD);
    assert.equal(passwords(city)[name('one')], password, 'it is noted down');
    assert.match(said(city, 0, 'account', 'add', name('one'), '--name', '示例一', '--role', 'researcher'), /已经有了/);
    assert.match(said(city, 0, 'account', 'list'), new RegExp(`^${name('one')}\t示例一\t${OURS}\tmember,researcher$`, 'm'));

    /* a wrong role lists the right ones */
    const wrong = said(city, 1, 'account', 'add', name('none'), '--name', '某', '--role', 'nix');
    for (const role of ['member', 'county_officer', 'reader_discipline', '区县工作人员', '没有叫“nix”的角色']) assert.ok(wrong.includes(role), wrong);

    /* many: each his own */
    writeFileSync(load, `\uFEFF# comment\r\n${name('a')}\t示例甲\t${OURS}\tmember\r\n\r\n${name('b')}\t示例乙\t\tcounty_officer@620105\r\n`);
    assert.match(said(city, 0, 'account', 'load', load), /新开账号 2 个，初始密码记在 .*first-sign-in\.txt/);
    const noted = passwords(city);
    assert.match(noted[name('a')], PASSWORD);
    assert.notEqual(noted[name('a')], noted[name('b')]);
    assert.match(said(city, 0, 'account', 'load', load), /已经有的账号 2 个/);
    assert.match(said(city, 0, 'account', 'list'), new RegExp(`^${name('b')}\t示例乙\t\tcounty_officer@620105$`, 'm'));

    /* a line that is off is found before anything is made */
    writeFileSync(load, `${name('c')}\t示例丙\t${OURS}\tmember\n${name('d')}\t示例丁\t没有这个单位\tmember\n`);
    assert.match(said(city, 1, 'account', 'load', load), /第 2 行：没有找到单位“没有这个单位”/);
    assert.ok(!(name('c') in passwords(city)));
    /* one that fails later loses nobody his password */
    writeFileSync(load, `${name('c')}\t示例丙\t${OURS}\tmember\n${name('d')}\t示例丁\t${OURS}\tauditor\n${name('e')}\t示例戊\t${OURS}\tmember\n`);
    const broken = said(city, 1, 'account', 'load', load);
    assert.match(broken, /第 2 行：/);
    assert.match(broken, /初始密码记在/);
    assert.match(passwords(city)[name('c')], PASSWORD);
    assert.match(said(city, 1, 'account', 'load', join(city.dir, 'nothing.tsv')), /打不开/);

    /* to show the thing with: one for all */
    writeFileSync(load, `${name('x')}\t示例己\t${OURS}\tmember\n${name('y')}\t示例庚\t${OURS}\tmember\n`);
    said(city, 0, 'account', 'load', load, '--example');
    assert.equal(passwords(city)[name('x')], passwords(city)[name('y')]);

    /* roles */
    assert.match(said(city, 0, 'account', 'role', 'add', name('a'), 'manager'), /授予 .*技术经理人/);
    assert.match(said(city, 0, 'account', 'list'), new RegExp(`^${name('a')}\t.*\tmember,manager$`, 'm'));
    assert.match(said(city, 0, 'account', 'role', 'remove', name('a'), 'manager'), /收回 /);
    assert.match(said(city, 1, 'account', 'role', 'remove', name('a'), 'manager'), /没有这个角色。.*account list/);
    assert.match(said(city, 0, 'account', 'role', 'add', name('b'), `park_officer@${OURS}`), /园区工作人员/);
    assert.match(said(city, 0, 'account', 'list'), new RegExp(`county_officer@620105,park_officer@${OURS}$`, 'm'));

    /* off and on */
    assert.match(said(city, 0, 'account', 'disable', name('a')), /示例甲\)已停用，它的登录都已结束/);
    assert.match(said(city, 0, 'account', 'disable', name('a')), /本来就是停用的/);
    assert.match(said(city, 0, 'account', 'list'), new RegExp(`^${name('a')}\t.*\t已停用$`, 'm'));
    assert.match(said(city, 0, 'account', 'enable', name('a')), /已启用$/m);
    assert.match(said(city, 1, 'account', 'disable', 'nobody'), /没有账号 nobody。/);

    /* another first password */
    const before = passwords(city)[name('b')];
    const fresh = said(city, 0, 'account', 'password', name('b')).split(/ +/)[1];
    assert.match(fresh, PASSWORD);
    assert.notEqual(fresh, before);
    assert.equal(passwords(city)[name('b')], fresh);
    assert.equal(statSync(join(city.data, 'first-sign-in.txt')).mode & 0o777, 0o600);
    return { before, fresh };
}

async function first_sign_ins(city, server, how, { before, fresh }) {
    const noted = passwords(city);
    assert.ok(await must_change(server, `${how}.a`, noted[`${how}.a`]), 'a loaded password is to be changed');
    assert.ok(await must_change(server, `${how}.b`, fresh), 'a new first password too');
    assert.ok(!await must_change(server, `${how}.x`, noted[`${how}.x`]), 'that of an example is not');
    assert.ok(!await let_in(server, `${how}.b`, before), 'the old password is dead');
}

const wrong_words = [['account'], ['account', 'nix'], ['account', 'add', 'x'], ['account', 'load'], ['account', 'list', 'x'],
    ['account', 'role', 'give', 'a', 'member'], ['account', 'role', 'add', 'a'], ['account', 'password'], ['account', 'disable']];

async function both_ways(city) {
    for (const words of wrong_words) assert.match(said(city, 2, ...words), /用法：tieqiao account/);
    const alone = await accounts(city, 'alone');
    const server = await city.serve();
    await first_sign_ins(city, server, 'alone', alone);
    const served = await accounts(city, 'served');
    await first_sign_ins(city, server, 'served', served);
    const member = await server.signIn('served.x', passwords(city)['served.x']);
    said(city, 0, 'account', 'disable', 'served.x');
    assert.equal((await member.get('/desk')).status, 303, 'his sessions are ended');
    assert.ok(!await let_in(server, 'served.x', passwords(city)['served.x']));
    assert.match(said(city, 0, 'check'), /都与账本相符/);
    await server.stop();
    assert.match(said(city, 0, 'check'), /都与账本相符/);
}

async function another_store(city) {
    const server = await city.serve();
    const done = spawnSync(city.program, ['status', '--data', city.data, '--db', 'postgresql://tieqiao@127.0.0.1:1/other'], { encoding: 'utf8' });
    assert.equal(done.status, 1);
    assert.match(done.stderr, /用的是另一个库/);
    assert.match(spawnSync(city.program, ['status', '--data', city.data], { encoding: 'utf8' }).stderr, /在 http:\/\/127\.0\.0\.1:\d+ 服务/);
    await server.stop();
    assert.match(said(city, 0, 'status'), /没有程序在服务/);
}

// --- the box on the terminal

const refinements = [
    [[], ''],
    [['--region', '620104'], '&region=620104'],
    [['--trl', '7'], '&trl=7'],
    [['--industry', 'C'], '&industry=C'],
    [['--way', 'license', '--way', 'assign'], '&way=license&way=assign'],
    [['--column', 'achievement'], '&column=achievement'],
    [['-k', '2', '--region', '620102', '--trl', '6'], '&k=2&region=620102&trl=6'],
];

async function on_the_terminal(city) {
    const alone = JSON.parse(said(city, 0, 'match', QUESTION, '--json'));
    const server = await city.serve();
    for (const [words, query] of refinements) {
        const page = (await server.guest().get(`/api/v1/match?q=${encodeURIComponent(QUESTION)}${query}`)).json;
        assert.deepEqual(JSON.parse(said(city, 0, 'match', QUESTION, '--json', ...words)), page, query);
        if (!query) assert.deepEqual(alone, page);
    }
    const text = said(city, 0, 'match', QUESTION, '--region', '620104');
    for (const column of ['成果(谁有)', '需求(谁要)', '专家与经理人(谁来办)', '中试与空间(在哪试)', '场景(谁先用)', '资金(钱从哪来)', '政策(能享什么)'])
        assert.ok(text.includes(column), `${column} is not there`);
    const card = (await server.guest().get(`/api/v1/match?q=${encodeURIComponent(QUESTION)}&k=1`)).json.columns.achievement.cards[0];
    const one = said(city, 0, 'match', QUESTION, '-k', '1', '--column', 'achievement');
    assert.ok(one.includes(card.title) && one.includes(`http://127.0.0.1:${server.port}${card.href}`), one);
    assert.ok(one.includes(`为什么：${card.why.parts[0].text} ${Math.floor((card.why.parts[0].share + 50) / 100)}%`), one);
    const marks = Object.values((await server.guest().get(`/api/v1/match?q=${encodeURIComponent(QUESTION)}&region=620104`)).json.columns)
        .flatMap(column => column.cards).flatMap(card => card.snippet).filter(piece => piece.mark).map(piece => piece.text);
    assert.ok(marks.length, 'nothing is lit up');
    assert.deepEqual([...text.matchAll(/【(.*?)】/g)].map(([, mark]) => mark), marks);
    assert.match(said(city, 0, 'match', 'zqxjkvwzq', '--column', 'achievement'), /没有找到对口的/);
    for (const [words, text] of [[['--way', 'nix'], /没有转化方式“nix”。可用：self、assign/], [['--region', '1'], /地区“1”不对。填“行政区划/],
        [['--column', 'nix'], /没有“nix”这一栏。可用：achievement/], [['--industry', 'zz'], /行业“zz”不对/]])
        assert.match(said(city, 1, 'match', '泵', ...words), text);
    for (const words of [['--nix'], ['-k', '0'], ['-k', '51'], ['--trl', '10'], ['--trl', 'x'], ['two', 'words']])
        assert.match(said(city, 2, 'match', '泵', ...words), /用法：tieqiao match/);
    await server.stop();
}

/* One city for what changes nothing in its records: the example is brought in once. */
for (const engine of engines) {
    let city;
    try {
        await test(`${engine}: the example city is brought in`, async () => { city = await ready(engine); });
        await test(`${engine}: accounts, alone and served`, () => both_ways(city));
        await test(`${engine}: who names another store than the one that is served is refused`, () => another_store(city));
        await test(`${engine}: the box on the terminal has what the page has: the same document, why, addresses, empty columns`, () => on_the_terminal(city));
    } finally { await city?.end(); }
}

// --- learning what says the same in other words

const YAK = '天祝白牦牛同期发情与早期断奶补饲技术';

/** Achievements that "羊" leads to: the one that has not the word is called by another. */
const about_sheep = city => JSON.parse(said(city, 0, 'match', '羊', '--json', '--column', 'achievement', '-k', '50')).columns.achievement.cards;

const by_words = city => assert.ok(!about_sheep(city).some(card => card.title === YAK));

/* Records of the example city. */
const EXAMPLE = readdirSync(join(root, 'example/lanzhou')).filter(name => name.endsWith('.jsonl'))
    .reduce((sum, name) => sum + readFileSync(join(root, 'example/lanzhou', name), 'utf8').trimEnd().split('\n').length, 0);

function by_meaning(city) {
    const card = about_sheep(city).find(one => one.title === YAK);
    assert.ok(card, 'it is not found by another word');
    assert.deepEqual(card.why.parts, [{ text: '意思相近：羊', share: 10000 }]);
}

for (const engine of engines) {
    await test(`${engine}: learning, alone and served: what says the same in other words is found`, async () => {
        const city = new City(engine);
        try {
            city.run('init');
            assert.match(said(city, 1, 'learn'), /✗ 公开的记录还太少，学不了：索引里有 0 条.*tieqiao import/);
            assert.match(said(city, 0, 'status'), /语义模型：没有，只按字词匹配；tieqiao learn/);
            const parties = join(city.dir, 'parties');
            cpSync(join(root, 'example/lanzhou'), parties, { recursive: true, filter: path => !/\.\w+$/.test(path) || /parties_\w+\.jsonl$/.test(path) });
            city.run('import', parties);
            assert.match(said(city, 1, 'learn', '--dims', '512'), /索引里有 \d\d 条，学 512 维至少要有 512 条.*--dims 64/);
            city.run('import', join(root, 'example/lanzhou'));
            for (const words of [['--dims', '65'], ['--dims', '576'], ['--threads', '0'], ['--threads', '17'], ['x'], ['--dims']])
                assert.match(said(city, 2, 'learn', ...words), /用法：tieqiao learn/);
            by_words(city);
            assert.match(said(city, 0, 'learn', '--dims', '64'), new RegExp(`由 ${EXAMPLE} 条记录学成，${EXAMPLE} 条记录都用上了`));
            assert.match(said(city, 0, 'status'), new RegExp(`语义模型：\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d 由 ${EXAMPLE} 条记录学成，${EXAMPLE} 条记录中 ${EXAMPLE} 条用上了`));
            by_meaning(city);
            for (const left of ['learned', 'learned.part']) assert.ok(!existsSync(join(city.data, 'index', left)), left);

            /* a rebuilt index keeps it; a spoilt one is said */
            said(city, 0, 'rebuild');
            by_meaning(city);
            writeFileSync(join(city.data, 'index/model'), 'spoilt');
            assert.match(said(city, 0, 'status'), /语义模型坏了，只按字词匹配：model.*tieqiao learn/);
            by_words(city);

            /* served: it answers meanwhile */
            const server = await city.serve();
            assert.match(said(city, 0, 'status'), /语义模型坏了/);
            const learning = spawn(city.program, ['learn', '--dims', '64', '--threads', '2', ...city.where()], { stdio: ['ignore', 'ignore', 'pipe'] });
            let text = '', status;
            learning.stderr.setEncoding('utf8').on('data', more => { text += more; });
            const ended = new Promise(done => learning.on('exit', code => done(status = code)));
            let answers = 0;
            do {
                assert.equal((await server.guest().get(`/api/v1/match?q=${encodeURIComponent(QUESTION)}`)).status, 200);
                answers++;
            } while (status === undefined);
            assert.equal(await ended, 0, text);
            assert.ok(answers > 1);
            assert.match(text, new RegExp(`由 ${EXAMPLE} 条记录学成，${EXAMPLE} 条记录都用上了`));
            by_meaning(city);
            assert.match(said(city, 0, 'status'), new RegExp(`${EXAMPLE} 条记录中 ${EXAMPLE} 条用上了`));
            await server.stop();
            by_meaning(city);
        } finally { await city.end(); }
    });
}

finish();
