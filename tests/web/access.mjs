// tests/web/access.tsv tried over HTTP: every cell that can be said as a request. The table itself is not read by the program;
// tests/unit/work/access_test.c holds may() against it, this file what the pages and the API do.
//
// see       GET the record as JSON and as a page            level     which planted words stand in both
// edit      GET the form, POST it unchanged                 history   GET …/history and an earlier version
// close     POST close or reopen, and back                  nda       POST leave to see, and its end
// feedback  POST what became of the pair with somebody else's record
// create    POST a new record                              import    the page that brings tables in
//
// A visitor who may not know of a record is told what he is told of one that was never there. Policies belong to no
// organisation on this door, so for those whose rights are their organisation's no policy is "own".
//
// Not tried here: kind "-", import_any and export (no request names them on this door yet), and a person's own entry (an account
// is linked to it by nobody over HTTP).
import { test, finish, engines, word } from './house.mjs';
import { town, OURS, THEIRS, THIRD } from './town.mjs';
import { ALONE, ROLES, SCOPES, expected } from './access.js';

const KINDS = { party: 'parties', person: 'people', achievement: 'achievements', need: 'needs', scenario: 'scenarios',
    service: 'services', policy: 'policies' };
const OWNED = ['achievement', 'need', 'scenario', 'service'];
const OBJECTS = ['own', 'colleague', 'foreign', 'nda', 'closed-own', 'closed-foreign'];
const ORGANISED = ['member', 'unit_admin', 'researcher', 'manager', 'market', 'park_officer'];
const LEVELS = ['public', 'signed_in', 'nda', 'own'];
const STATUS = { sign_in: 401, denied: 403, missing: 404 };

// --- the records: in each level's fields a word of that level

let seed = 0;
const planted = {}; /* id: {level: word} */

function plant(kind, title, person) {
    const words = Object.fromEntries(LEVELS.map(level => [level, word(++seed)]));
    const sentence = level => `含沙介质里轴承三千小时就坏,停机检修要两天 ${words[level]}`;
    const filled = {
        party: { name: title, side: 'enterprise', about: sentence('public'), contact: words.signed_in },
        person: { name: title, calling: ['researcher'], skills: ['轴承'], about: sentence('public'),
            email: `${words.signed_in}@example.com`, party: person },
        achievement: { title, abstract: `用于离心泵,寿命由三千小时提高到八千小时。${words.public}`, team: [words.signed_in],
            detail: sentence('nda'), rights: '发明专利 ZL202110123456.0 2021-01-29 有效' },
        need: { title, now: sentence('public'), detail: sentence('nda'), contact: words.own },
        scenario: { title, about: sentence('public') + ',在石化泵房里试用一年', contact: words.signed_in },
        service: { title, sort: 'pilot', about: sentence('public') + ',台架试验可连续运行两千小时' },
        policy: { title, gives: sentence('public'), basis: '示例〔2026〕1号' },
    }[kind];
    const there = JSON.stringify(filled);
    return [filled, Object.fromEntries(Object.entries(words).filter(([, one]) => there.includes(one)))];
}

const must = (reply, status, what) => {
    if (reply.status !== status) throw new Error(`${what}: ${reply.status}, not ${status}: ${reply.text.slice(0, 300)}`);
    return reply;
};

class World {
    async open(engine) {
        const lines = ROLES.filter(role => role !== 'visitor').map(role => [role.replace('_', '-'), '张三', ALONE.includes(role) ? '' : OURS,
            role === 'no_role' ? '' : role + (SCOPES[role] ?? '')]);
        Object.assign(this, await town(engine, [...lines, ['colleague', '李四', OURS, 'member'], ['other', '王五', THEIRS, 'member']]));
        this.who = { visitor: this.server.guest() };
        for (const role of [...ROLES.slice(1), 'colleague', 'other'])
            this.who[role] = await this.server.signIn(role.replace('_', '-'), this.password);
        this.objects = {};
        for (const kind of Object.keys(KINDS)) {
            this.objects[kind] = {};
            for (const object of OBJECTS) if (this.sensible(kind, object)) await this.make(kind, object);
        }
    }

    sensible(kind, object) {
        if (kind === 'party') return object !== 'colleague' && object !== 'closed-own' && object !== 'nda';
        if (object === 'colleague') return kind === 'achievement';
        return object !== 'nda' || OWNED.includes(kind);
    }

    /** Records of our own are disclosed by the researcher where he may; the rest by an officer for whom they are. */
    async make(kind, object) {
        const foreign = ['foreign', 'nda', 'closed-foreign'].includes(object);
        const [filled, words] = plant(kind, `${kind} 耐磨轴承 ${object}`, foreign ? THEIRS : OURS);
        const author = kind === 'achievement' && !foreign && object !== 'colleague' ? this.who.researcher : this.officer;
        if (author === this.officer && OWNED.includes(kind)) filled.owner = foreign ? THEIRS : OURS;
        if (kind === 'policy' || kind === 'party') filled.region = [foreign ? '620200' : '620102'];
        let id = kind === 'party' && object === 'own' ? this.ours : undefined;
        if (id) must(await this.officer.post(`/api/v1/parties/${id}`, { ver: 1, about: filled.about, contact: filled.contact }), 200, 'ours');
        else id = must(await author.post(`/api/v1/${KINDS[kind]}`, filled), 201, `${kind} ${object}`).id;
        if (object === 'nda') must(await this.who.other.post(`/api/v1/${KINDS[kind]}/${id}/nda`, { party: OURS }), 200, 'leave');
        if (object.startsWith('closed')) must(await this.officer.post(`/api/v1/${KINDS[kind]}/${id}/close`, {}), 200, 'closing');
        planted[id] = words;
        this.objects[kind][object] = id;
    }
}

// --- trying one cell; each returns what differs

const differs = (reply, wanted, what) => {
    const good = wanted === 'yes' ? reply.status < 400 : reply.status === STATUS[wanted];
    return good ? [] : [`${what}: ${reply.status}, wanted ${wanted}`];
};

/** A page tells a visitor to sign in by sending him there. */
const page_differs = (reply, wanted, what) => wanted === 'sign_in' && reply.status === 303 && reply.location.startsWith('/sign-in')
    ? [] : differs(reply, wanted, what);

const tries = {
    async see(world, who, at, wanted) {
        return [...differs(await who.get(`/api/v1${at}`), wanted, 'JSON'), ...page_differs(await who.get(at), wanted, 'page')];
    },
    async edit(world, who, at, wanted) {
        const now = await world.who.auditor.get(`/api/v1${at}`);
        const title = { [at.startsWith('/p') && !at.startsWith('/policies') ? 'name' : 'title']: now.json.record.title };
        return [...page_differs(await who.get(`${at}/edit`), wanted, 'form'),
            ...differs(await who.post(`/api/v1${at}`, { ver: now.json.record.ver, ...title }), wanted, 'POST')];
    },
    async close(world, who, at, wanted, object) {
        const [verb, back] = object.startsWith('closed') ? ['reopen', 'close'] : ['close', 'reopen'];
        const wrong = differs(await who.post(`/api/v1${at}/${verb}`, {}), wanted, verb);
        if (wanted === 'yes') wrong.push(...differs(await who.post(`/api/v1${at}/${back}`, {}), 'yes', back));
        return wrong;
    },
    async nda(world, who, at, wanted) {
        const wrong = differs(await who.post(`/api/v1${at}/nda`, { party: THIRD }), wanted, 'nda');
        if (wanted === 'yes') wrong.push(...differs(await who.post(`/api/v1${at}/nda`, { party: THIRD, do: 'end' }), 'yes', 'end'));
        return wrong;
    },
    /** With a partner outside every scope, so that this record alone gives the right to say it. */
    async feedback(world, who, at, wanted) {
        const other = at.startsWith('/needs/') ? `/achievements/${world.objects.achievement.foreign}` : `/needs/${world.objects.need.foreign}`;
        return differs(await who.post(`/api/v1${at}/feedback`, { other, outcome: 'contacted' }), wanted, 'feedback');
    },
    async history(world, who, at, wanted) {
        return [...differs(await who.get(`/api/v1${at}/history`), wanted, 'history'),
            ...page_differs(await who.get(`${at}/history`), wanted, 'history page'),
            ...differs(await who.get(`/api/v1${at}?ver=1`), wanted, 'an earlier version')];
    },
    async level(world, who, at, wanted) {
        const words = planted[at.split('/').pop()];
        const wrong = [];
        for (const path of [`/api/v1${at}`, at]) {
            const { text } = await who.get(path);
            for (const [level, one] of Object.entries(words)) {
                const seen = text.includes(one), may = LEVELS.indexOf(level) <= LEVELS.indexOf(wanted);
                if (seen !== may) wrong.push(`${path.startsWith('/api') ? 'JSON' : 'page'}: a ${level} field is ${seen ? '' : 'not '}shown`);
            }
        }
        return wrong;
    },
};

async function create(world, role, kind, object) {
    const who = world.who[role], wanted = expected(role, 'create', kind, object);
    const [filled] = plant(kind, `${kind} 新 ${role} ${object} ${++seed}`, object === 'own' ? OURS : THEIRS);
    if (OWNED.includes(kind)) filled.owner = object === 'own' ? OURS : THEIRS;
    if (kind === 'policy' || kind === 'party') filled.region = [object === 'own' ? '620102' : '620200'];
    return differs(await who.post(`/api/v1/${KINDS[kind]}`, filled), wanted, 'create');
}

/** What only the signed in may do asks a visitor to sign in before it looks for the record. */
const who_asks_first = (role, action) => role === 'visitor' && ['edit', 'close', 'nda', 'feedback'].includes(action);

async function nowhere(world) {
    for (const kind of Object.keys(KINDS)) {
        const at = `/${KINDS[kind]}/4611686018427387904`;
        for (const action of ['edit', 'close', 'nda', 'feedback']) {
            const path = `/api/v1${at}${action === 'edit' ? '' : `/${action}`}`;
            const reply = await world.who.visitor.post(path, {});
            if (reply.status !== 401) throw new Error(`${path}: ${reply.status}`);
        }
    }
}

/** Whoever may import some kind for somebody is given the page, nobody else. */
async function imports(world) {
    const wrong = [];
    for (const role of ROLES) {
        const all = Object.keys(KINDS).flatMap(kind => ['own', 'none'].map(object => expected(role, 'import', kind, object)));
        const wanted = all.includes('yes') ? 'yes' : all[0];
        wrong.push(...page_differs(await world.who[role].get('/import'), wanted, `${role} import`));
    }
    if (wrong.length) throw new Error(wrong.join('\n'));
}

async function cells(world, action) {
    const wrong = [];
    let count = 0;
    for (const role of ROLES)
        for (const [kind, objects] of Object.entries(world.objects))
            for (const [object, id] of Object.entries(objects)) {
                if (action === 'level' && object.startsWith('closed')) continue;
                let wanted = expected(role, action, kind, object);
                if (kind === 'policy' && (ORGANISED.includes(role) || wanted === 'own')) continue;
                if (who_asks_first(role, action) && wanted === 'missing') wanted = 'sign_in';
                if (!wanted) throw new Error(`the table is silent: ${role} ${action} ${kind} ${object}`);
                const found = await tries[action](world, world.who[role], `/${KINDS[kind]}/${id}`, wanted, object);
                wrong.push(...found.map(what => `${role} ${action} ${kind} ${object}: ${what}`));
                count++;
            }
    if (wrong.length) throw new Error(`${wrong.length} of ${count} cells differ\n${wrong.slice(0, 40).join('\n')}`);
    return count;
}

for (const engine of engines) {
    const world = new World();
    try {
        await test(`${engine}: a city with an account for each role`, () => world.open(engine));
        for (const action of Object.keys(tries))
            await test(`${engine}: access.tsv over HTTP: ${action}`, () => cells(world, action));
        await test(`${engine}: a visitor is told the same of a record that was never there`, () => nowhere(world));
        await test(`${engine}: access.tsv over HTTP: import`, () => imports(world));
        await test(`${engine}: access.tsv over HTTP: create`, async () => {
            const wrong = [];
            for (const role of ROLES)
                for (const kind of Object.keys(KINDS))
                    for (const object of role === 'park_officer' && kind === 'policy' ? [] : ['own', 'foreign'])
                        wrong.push(...(await create(world, role, kind, object)).map(what => `${role} ${kind} for ${object}: ${what}`));
            if (wrong.length) throw new Error(wrong.join('\n'));
        });
        await test(`${engine}: the server ends well`, () => world.server.stop());
    } finally {
        await world.city?.end();
    }
}
finish();
