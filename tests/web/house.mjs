// The running program under test: `tieqiao serve` on a port of its own choosing, over a temporary data folder (and, where the
// engine is PostgreSQL, a schema of its own), spoken to over HTTP.
//
//   const city = new City('sqlite')          a folder, nothing in it yet
//   city.run('init')                         a verb of the command line; throws unless it ends well
//   const server = await city.serve()        a server on it; several on PostgreSQL
//   const who = await server.signIn(login, password)
//   await who.post('/api/v1/needs', {…})     JSON, with the session and its CSRF token; who.form() posts a form
//   await city.end()                         kills what runs, removes what was made
//
// and TAP: test(title, fn) runs fn and prints its line; finish() prints the plan and sets the exit status.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const build = resolve(root, process.env.TQ_BUILD ?? 'build');
export const program = join(build, 'src/cli/tieqiao');
const START_MS = 60_000;
const ANSWER_MS = 30_000;

/** The engines this run can use: PostgreSQL where TQ_TEST_PG names one. */
export const engines = process.env.TQ_ENGINES?.split(',') ?? (process.env.TQ_TEST_PG ? ['sqlite', 'pg'] : ['sqlite']);

// --- TAP

let count = 0;
let failed = 0;

export async function test(title, fn) {
    count++;
    try {
        await fn();
        console.log(`ok ${count} - ${title}`);
    } catch (error) {
        failed++;
        const why = error?.stack ?? inspect(error);
        console.log(why.split('\n').slice(0, 30).map(line => `# ${line}`).join('\n'));
        console.log(`not ok ${count} - ${title}`);
    }
}

export function finish() {
    console.log(`1..${count}`);
    process.exitCode = failed ? 1 : 0;
}

// --- requests

export class Reply {
    constructor(status, headers, body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }
    get text() { return this.body.toString('utf8'); }
    get json() { return JSON.parse(this.text); }
    get location() { return this.headers.location ?? ''; }
    /** The id in Location: /needs/123. */
    get id() { return this.location.split('/').pop(); }
    /** The session cookie that the answer sets, "sid=…"; undefined if it sets none. */
    get cookie() { return this.headers['set-cookie']?.find(line => line.startsWith('sid='))?.split(';')[0]; }
}

export function form(values) {
    const pairs = new URLSearchParams();
    for (const [name, value] of Object.entries(values))
        for (const one of Array.isArray(value) ? value : [value]) pairs.append(name, one);
    return pairs.toString();
}

/** Somebody with a browser: a visitor at first. */
export class Guest {
    constructor(server) {
        this.server = server;
        this.cookie = undefined;
        this.csrf = undefined;
    }

    /** Any request; body is a Buffer or text. Rejects when the connection breaks. */
    send(method, path, { body, headers = {} } = {}) {
        const all = { ...headers };
        if (this.cookie && !('Cookie' in all)) all.Cookie = this.cookie;
        if (this.token && !('Authorization' in all)) all.Authorization = `Bearer ${this.token}`;
        if (body !== undefined) all['Content-Length'] = Buffer.byteLength(body);
        return new Promise((done, broken) => {
            const request = http.request({ host: '127.0.0.1', port: this.server.port, agent: this.server.agent, method, path,
                headers: all }, response => {
                const parts = [];
                response.on('data', part => parts.push(part));
                response.on('end', () => done(new Reply(response.statusCode, response.headers, Buffer.concat(parts))));
                response.on('error', broken);
            });
            request.on('error', broken);
            request.setTimeout(ANSWER_MS, () => request.destroy(new Error(`no answer to ${method} ${path} after ${ANSWER_MS} ms`)));
            request.end(body);
        });
    }

    get(path, headers) { return this.send('GET', path, { headers }); }

    /** JSON, with the token that the session wants. */
    post(path, value, headers = {}) {
        const body = typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value);
        const all = { 'Content-Type': 'application/json', ...headers };
        if (this.csrf && !('X-CSRF-Token' in headers)) all['X-CSRF-Token'] = this.csrf;
        return this.send('POST', path, { body, headers: all });
    }

    /** A form as a browser sends it. */
    form(path, values, headers = {}) {
        const body = typeof values === 'string' ? values : form(this.csrf && !('csrf' in values)
            ? { csrf: this.csrf, ...values } : values);
        return this.send('POST', path, { body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers } });
    }

    /** A program: it signs in for a token, and has neither cookie nor browser. */
    static async program(server, login, password) {
        const program = new Guest(server), reply = await program.post('/api/v1/sign-in', { login, password });
        if (reply.status !== 200) throw new Error(`${login} gets no token: ${reply.status} ${reply.text}`);
        program.token = reply.json.token;
        return program;
    }

    /** A form with a file, as a browser sends it. */
    upload(path, values, { name, bytes, field = 'file' }) {
        const mark = '----b0undary', all = this.csrf ? { csrf: this.csrf, ...values } : values;
        const fields = Object.entries(all).map(([key, value]) => `--${mark}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`);
        const body = Buffer.concat([Buffer.from(`${fields.join('')}--${mark}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\n\r\n`),
            Buffer.from(bytes), Buffer.from(`\r\n--${mark}--\r\n`)]);
        return this.send('POST', path, { body, headers: { 'Content-Type': `multipart/form-data; boundary=${mark}` } });
    }

    /** Reads the session's token from a page. */
    async readToken(path = '/account') {
        const page = await this.get(path);
        this.csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1];
        if (!this.csrf) throw new Error(`${path} bears no csrf token: ${page.status}`);
    }
}

export class Server {
    /** program: another copy of it, with other things beside it. */
    constructor(city, { options = [], env = {}, program: own = city.program } = {}) {
        this.city = city;
        this.options = options;
        this.env = env;
        this.program = own;
        this.log = '';
        this.agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
    }

    async start() {
        const child = this.child = spawn(this.program, ['serve', '--port', '0', ...this.city.where(this), ...this.options],
            { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...this.env } });
        this.ended = new Promise(done => child.on('exit', (code, signal) => {
            this.exit = { code, signal, unasked: !this.asked };
            if (code || !this.asked) console.log(`# a server ended by ${signal ?? code}, ${this.asked ? '' : 'un'}asked:\n${this.log.slice(-3000)}`.replaceAll('\n', '\n# '));
            done(this.exit);
        }));
        child.stderr.setEncoding('utf8');
        this.port = await new Promise((done, broken) => {
            const late = setTimeout(() => broken(new Error(`no server after ${START_MS} ms: ${this.log}`)), START_MS);
            child.stderr.on('data', text => {
                this.log += text;
                const found = /http:\/\/127\.0\.0\.1:(\d+) /.exec(this.log);
                if (found) { clearTimeout(late); done(Number(found[1])); }
            });
            child.on('exit', () => { clearTimeout(late); broken(new Error(`the server ended: ${this.log}`)); });
        });
        return this;
    }

    get alive() { return this.exit === undefined; }

    async kill(signal = 'SIGKILL') {
        this.asked = true;
        this.child.kill(signal);
        const exit = await this.ended;
        this.agent.destroy();
        return exit;
    }

    /** Ends it as an operator does; throws unless it ended well (sanitizers speak through the status). */
    async stop() {
        const exit = await this.kill('SIGTERM');
        if (exit.code !== 0 || exit.unasked) throw new Error(`the server ended with ${inspect(exit)}: ${this.log.slice(-4000)}`);
    }

    guest() { return new Guest(this); }

    signInProgram(login, password) { return Guest.program(this, login, password); }

    async signIn(login, password) {
        const guest = this.guest();
        const reply = await guest.form('/sign-in', { login, password });
        if (reply.status !== 303) throw new Error(`${login} is not let in: ${reply.status}`);
        guest.cookie = reply.cookie;
        await guest.readToken();
        guest.login = login;
        return guest;
    }

}

/** Waits until fn, asked every 20 ms, is true; returns how long that took. */
export async function until(fn, most = 10_000) {
    const began = Date.now();
    while (!await fn()) {
        if (Date.now() - began > most) throw new Error(`not within ${most} ms: ${fn}`);
        await new Promise(done => setTimeout(done, 20));
    }
    return Date.now() - began;
}

let schemas = 0;

export class City {
    constructor(engine) {
        this.engine = engine;
        this.dir = mkdtempSync(join(tmpdir(), 'tq-web-'));
        this.servers = [];
        if (engine === 'pg') this.makeSchema();
    }

    makeSchema() {
        const base = process.env.TQ_TEST_PG;
        this.schema = `web_${process.pid}_${++schemas}`;
        this.sql(`CREATE SCHEMA ${this.schema}`);
        this.url = `${base}${base.includes('?') ? '&' : '?'}options=-csearch_path%3D${this.schema}`;
    }

    sql(text) {
        const done = spawnSync('psql', ['-qXAt', process.env.TQ_TEST_PG, '-c', text], { encoding: 'utf8',
            env: { ...process.env, PGOPTIONS: '-c client_min_messages=warning' } });
        if (done.status) throw new Error(`psql: ${done.stderr}`);
        return done.stdout;
    }

    /** Each server on PostgreSQL has an index, and so a folder, of its own. */
    where(server) {
        const at = this.servers.indexOf(server);
        const data = join(this.dir, at > 0 ? `data${at}` : 'data');
        return this.url ? ['--data', data, '--db', this.url] : ['--data', data];
    }

    get data() { return join(this.dir, 'data'); }

    /** TQ_BUILD_PG names another build for PostgreSQL: so both compilers' programs are served. */
    get program() { return this.engine === 'pg' && process.env.TQ_BUILD_PG ? join(root, process.env.TQ_BUILD_PG, 'src/cli/tieqiao') : program; }

    /** The command line, as it is: {status, stdout, stderr}. */
    try(...args) {
        return spawnSync(this.program, [args[0], ...this.where(), ...args.slice(1)], { encoding: 'utf8' });
    }

    run(...args) {
        const done = this.try(...args);
        if (done.status) throw new Error(`tieqiao ${args.join(' ')}: ${done.status} ${done.stderr}`);
        return done.stdout;
    }

    /** Opens accounts, [login, name, organisation, roles] a line; all with the password it returns, which need not be changed. */
    accounts(lines) {
        const file = join(this.dir, 'accounts.tsv');
        const noted = join(this.data, 'first-sign-in.txt');
        writeFileSync(file, lines.map(line => line.join('\t')).join('\n') + '\n');
        this.run('account', 'load', file, '--example');
        return readFileSync(noted, 'utf8').trimEnd().split('\n').pop().split(/ +/)[1];
    }

    /** Login names and first passwords, as they are noted for who hands them out. */
    first_words() { return readFileSync(join(this.data, 'first-sign-in.txt'), 'utf8'); }

    /** One that has ended leaves its place, and so its folder, to the next. */
    async serve(options) {
        const server = new Server(this, options), ended = this.servers.findIndex(one => !one.alive);
        this.servers[ended < 0 ? this.servers.length : ended] = server;
        return server.start();
    }

    async end() {
        for (const server of this.servers) if (server.alive) await server.kill();
        if (this.schema) this.sql(`DROP SCHEMA ${this.schema} CASCADE`);
        rmSync(this.dir, { recursive: true, force: true });
    }
}

/** Words that a test plants: no other text holds them, and the box finds them by their letters. */
export { readFileSync, join };
export function word(seed) {
    let out = 'zq';
    for (let n = seed * 7919 + 104729; out.length < 12; n = (n * 48271) % 2147483647)
        out += 'bcdfghjklmnpqrstvwxz'[n % 20];
    return out;
}

