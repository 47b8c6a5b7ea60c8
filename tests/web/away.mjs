// The database goes away and comes back. Between the server and PostgreSQL stands a door that the test shuts: nobody answers there
// any more (refused), or somebody holds the line and says nothing (silent).
import { test, finish, until, engines, City } from './house.mjs';
import { need, OURS } from './town.mjs';
import net from 'node:net';
import assert from 'node:assert/strict';

/* In which a loss is noticed: a second where connections break, a few where nothing is heard; 35 where a write was under way. */
const SOON = 45_000;

class Door {
    constructor(url) {
        this.beyond = new URL(url);
        this.pairs = new Set();
        this.silent = false;
    }

    async open(port = 0) {
        this.server = net.createServer(near => {
            const far = net.connect(this.beyond.port, this.beyond.hostname);
            const pair = [near, far];
            this.pairs.add(pair);
            for (const [from, to] of [pair, [far, near]]) {
                from.on('data', bytes => { if (!this.silent) to.write(bytes); });
                from.on('error', () => {});
                from.on('close', () => { to.destroy(); this.pairs.delete(pair); });
            }
        });
        await new Promise(done => this.server.listen(port, '127.0.0.1', done));
        this.port = this.server.address().port;
    }

    /** The address of the database, by way of the door. */
    get url() { return this.beyond.href.replace(`:${this.beyond.port}`, `:${this.port}`); }

    async shut() {
        for (const pair of this.pairs) for (const end of pair) end.destroy();
        await new Promise(done => this.server.close(done));
    }
}

const ready = async guest => (await guest.get('/readyz')).json;

/** Nobody is told where the database is, nor that too many people came. */
function tells_nothing(reply, door) {
    assert.equal(reply.status, 503);
    for (const secret of ['127.0.0.1', String(door.port), '连不上数据库', '现在人多', 'PostgreSQL', 'postgres'])
        assert.ok(!reply.text.includes(secret), `${secret} in: ${reply.text}`);
    assert.ok(reply.headers['retry-after'], 'when to try again');
}

async function away_and_back(gone, back) {
    const city = new City('pg');
    const door = new Door(city.url);
    try {
        city.run('init');
        const password = city.accounts([['officer', '示例工作人员', '', 'city_officer']]);
        await door.open(); /* from here on: a command would be waited for by the very process that keeps the door */
        city.url = door.url;
        const server = await city.serve();
        const officer = await server.signIn('officer', password), guest = server.guest();
        await officer.post('/api/v1/parties', { name: OURS, side: 'enterprise', region: ['620102'], contact: '李四', phone: '0931-1234567' });
        assert.equal((await guest.get('/readyz')).status, 200);

        await gone(door);
        await until(async () => (await guest.get('/readyz')).status === 503, SOON);
        assert.equal((await ready(guest)).status, 'no-database');
        assert.equal((await guest.get('/healthz')).status, 200, 'the process itself is well');
        if (!door.silent) {
            tells_nothing(await guest.get('/needs'), door);
            tells_nothing(await guest.get('/api/v1/needs'), door);
            tells_nothing(await officer.post('/api/v1/needs', need({ owner: OURS })), door);
        }
        await back(door);
        await until(async () => (await guest.get('/readyz')).status === 200, SOON);
        assert.equal((await ready(guest)).status, 'ready');
        await until(async () => (await guest.get('/needs')).status === 200, SOON);
        await server.stop();
    } finally {
        await city.end();
        await door.shut().catch(() => {});
    }
}

if (engines.includes('pg')) {
    await test('pg: the database refuses: /readyz says so without a write, visitors learn nothing of it, and all goes on when it is back',
        () => away_and_back(door => door.shut(), door => door.open(door.port)));
    await test('pg: the database falls silent: the same',
        () => away_and_back(async door => { door.silent = true; },
            async door => { const { port } = door; await door.shut(); door.silent = false; await door.open(port); }));
}
finish();
