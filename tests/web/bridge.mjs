// Across languages in the example city: an abstract in English finds the need in Chinese that it answers (abroad.tsv, thirty of them),
// a question in Chinese finds what is written in English, each hit says by which word, and the city's own words add to the dictionary.
import { test, finish, root, until, join, readFileSync, City } from './house.mjs';
import { rmSync, writeFileSync } from 'node:fs';
import assert from 'node:assert/strict';

const abroad = readFileSync(join(root, 'tests/web/abroad.tsv'), 'utf8').trim().split('\n').filter(line => !line.startsWith('#'))
    .map(line => line.split('\t')).map(([need, title, abstract]) => ({ need, question: `${title}\n${abstract}` }));
const OWN = 'tieqiao lexicon 1\n苦水玫瑰\tKushui crimson blossom\nend\n';

const ask = async (guest, q, column, k = 10) =>
    (await guest.post('/api/v1/match', { q, column, k })).json.columns[column].cards;
const words = card => card.why.parts.map(part => part.text);

const city = new City('sqlite');
let server, guest;

/** The server anew, with these words of the city's own in its data folder. */
async function restart(own) {
    await server?.stop();
    if (own) writeFileSync(join(city.data, 'lexicon.tsv'), own);
    server = await city.serve();
    guest = server.guest();
    await until(async () => (await ask(guest, '离心泵', 'need')).length > 0);
}

try {
    city.run('init');
    city.run('import', join(root, 'example/lanzhou'));
    await restart();

    await test('each abstract in English has the need that it answers among the ten best, nine in ten of them first', async () => {
        const missed = [];
        let first = 0;
        for (const { need, question } of abroad) {
            const titles = (await ask(guest, question, 'need')).map(card => card.title);
            if (!titles.includes(need)) missed.push(need);
            first += titles[0] === need;
        }
        assert.equal(abroad.length, 30);
        assert.deepEqual(missed, []);
        assert.ok(first >= 27, `${first} of ${abroad.length} are first`);
    });
    await test('a hit says which word was translated into what, and shows where it stands', async () => {
        const [card] = await ask(guest, 'angle valves for coal slag', 'need', 1);
        assert.ok(words(card).includes('angle valves → 角阀'), words(card).join());
        assert.ok(card.snippet.some(piece => piece.mark && /角阀/.test(piece.text)), JSON.stringify(card.snippet));
    });
    await test('a question in Chinese finds what is written in English', async () => {
        const [card] = await ask(guest, '碳离子治疗的束流位置监测，电离室', 'need', 1);
        assert.equal(card.title, 'Fast low-mass beam position monitor for scanned carbon-ion treatment');
        assert.ok(words(card).some(word => / → [a-z -]+$/.test(word)), words(card).join());
    });
    await test('who asks in the language of the records has no word translated', async () => {
        const cards = await ask(guest, '铸钢叶轮和口环抗泥沙磨蚀', 'need', 3);
        assert.ok(cards.length > 0);
        assert.deepEqual(words(cards[0]).filter(word => word.includes('→')), []);
    });
    await test('the state says how many words there are', () => assert.match(city.try('status').stderr, /中英文词典：\d{5,} 对词/));

    await test('words of the city\'s own, in its data folder, add to the dictionary at the next start', async () => {
        assert.deepEqual((await ask(guest, 'Kushui crimson blossom', 'need')).filter(card => words(card).some(word => word.includes('苦水玫瑰'))), []);
        await restart(OWN);
        const [card] = await ask(guest, 'Kushui crimson blossom', 'need', 1);
        assert.ok(words(card).includes('Kushui crimson blossom → 苦水玫瑰'), words(card).join());
        assert.ok((await ask(guest, 'angle valves for coal slag', 'need', 1)).length);
    });
    await test('words of its own that are spoilt are logged by their line, and the city goes on with what it had', async () => {
        await restart('tieqiao lexicon 1\n苦水玫瑰 no tab\nend\n');
        assert.ok(words((await ask(guest, 'Kushui crimson blossom', 'need', 1))[0]).includes('Kushui crimson blossom → 苦水玫瑰'));
        assert.match(server.log, /lexicon: .*line 2/);
        assert.match(city.try('status').stderr, /有一个词典文件写得不对，没有用上：.*lexicon\.tsv: line 2/);
    });
    await test('and a city whose index is new has the dictionary that comes along', async () => {
        await server.stop();
        rmSync(join(city.data, 'index'), { recursive: true });
        await restart();
        assert.match(city.try('status').stderr, /中英文词典：\d{5,} 对词[^]*没有用上：.*line 2/);
        await restart(OWN);
        assert.doesNotMatch(city.try('status').stderr, /没有用上/);
    });
} finally {
    await city.end();
}
finish();
