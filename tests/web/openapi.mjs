// The OpenAPI description, tried as a program's author would: with a token, each operation is called with the parameters and the
// body that it gives as its example, and answers with the status and the shape that it says. What needs a token says so and is
// shut without one. What a list can be narrowed by is described.
import { test, finish, engines, readFileSync, root, join } from './house.mjs';
import { answered_as_described, fits, leads, references } from './described.mjs';
import { town, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['keeper', '甲厂管理员', OURS, 'member,unit_admin'], ['other', '乙所成员', THEIRS, 'member'], ['guard', '安全管理员', '', 'security_admin'], ['auditor', '审计员', '', 'auditor']];
/** Kept by officers; all else by whose it is. */
const OFFICIAL = ['party', 'person', 'policy'];

function* operations(openapi) {
    for (const [path, item] of Object.entries(openapi.paths))
        for (const [method, operation] of Object.entries(item)) yield { what: `${method} ${path}`, path, method, operation };
}

const body_of = operation => operation.requestBody?.content['application/json'];
const success_of = operation => Number(Object.keys(operation.responses).find(status => status.startsWith('2')));
const needs_token = operation => operation.security.every(way => Object.keys(way).length);

function* texts(node) {
    if (typeof node === 'string') yield node;
    else if (node && typeof node === 'object') for (const one of Object.values(node)) yield* texts(one);
}

async function whole({ openapi }) {
    const ids = new Set();
    for (const [ref, at] of references(openapi)) assert.ok(leads(openapi, ref), `${at}: ${ref} leads nowhere`);
    for (const { what, path, operation } of operations(openapi)) {
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(found => found[1]);
        const declared = operation.parameters.filter(one => one.in === 'path');
        assert.deepEqual(declared.map(one => one.name), named, `${what}: the parameters in its path`);
        assert.ok(declared.every(one => one.required), `${what}: they are required`);
        assert.equal(new Set(operation.parameters.map(one => `${one.in} ${one.name}`)).size, operation.parameters.length, `${what}: each once`);
        for (const one of operation.parameters) {
            assert.ok(one.description && one.schema.type, `${what}: ${one.name}`);
            if ('example' in one) fits(openapi, one.schema, one.example, `${what}: ${one.name}`);
        }
        assert.ok(!ids.has(operation.operationId), `${operation.operationId} twice`);
        ids.add(operation.operationId);
        for (const way of operation.security)
            for (const name of Object.keys(way)) assert.ok(openapi.components.securitySchemes[name], `${what}: ${name}`);
        assert.ok(success_of(operation) && leads(openapi, operation.responses.default.$ref), `${what}: success and failure`);
        if (body_of(operation)) fits(openapi, body_of(operation).schema, body_of(operation).example, `${what}: its example`);
    }
    assert.ok([...texts(openapi)].every(text => !/TODO|undefined|null/.test(text)));
}

/** What cannot stand in a description: a password, the id of a record that was made a moment ago. */
function filled(place, what, example) {
    if (what.endsWith('/feedback')) return { ...example, other: what.includes('/needs/') ? `/achievements/${place.made.achievement}` : `/needs/${place.made.need}` };
    if (what === 'post /deals') return { ...example, achievement: place.made.achievement };
    return what === 'post /sign-in' ? { login: 'keeper', password: place.password } : example;
}

/** Called where there is what they need: tests/web/registry.mjs, deal_papers.mjs, audit.mjs, pilot.mjs. */
const ELSEWHERE = ['get /audit/deals/{id}', 'post /audit/samples', 'get /audit/samples/{id}', 'get /audit/samples/{id}/export', 'get /registrations/{id}', 'post /registrations/{id}', 'get /deals/{id}/papers/{file}',
    'get /rd', 'get /benefits/desk', 'post /benefits/desk' /* policy.mjs */,
    'get /consents/{id}/pack', 'get /loans/bank' /* finance.mjs */, 'get /consultations/{id}/map', 'get /consultations/{id}/live', 'get /deeds' /* consult.mjs */, 'get /pilot/{id}/calendar', 'get /pilot/{id}/report', 'get /spaces/{id}'];

/** A sort of matter: its steps are described one by one. */
const is_matter = ({ openapi }, kind) => Object.keys(openapi.components.schemas).some(name => name.startsWith(`${kind}_step_`)) && kind !== 'deal';

async function called(place, { what, path, method, operation }) {
    if (ELSEWHERE.includes(what) || path.startsWith('/audit')) return; /* tests/web/audit.mjs */
    const kind = operation.tags[0];
    if (path.includes('{id}') ? !(kind in place.made) && is_matter(place, kind) : is_matter(place, kind)) return; /* tests/web/matter.mjs, and each sort's own */
    const who = what === 'post /sign-out' ? await place.server.signInProgram('keeper', place.password) : OFFICIAL.includes(kind) ? place.officer_program
        : kind === 'account' ? place.security : kind === 'audit' ? place.auditor : place.keeper;
    const query = operation.parameters.filter(one => one.in === 'query' && 'example' in one).map(one => [one.name, one.example]);
    const tree = operation.parameters.find(one => one.name === 'tree')?.example;
    const rule = operation.parameters.find(one => one.name === 'rule')?.example;
    const code = operation.parameters.find(one => one.name === 'code')?.example;
    const at = '/api/v1' + path.replace('{id}', place.made[kind]).replace('{tree}', tree).replace('{rule}', rule).replace('{code}', code) + (query.length ? `?${new URLSearchParams(query)}` : '');
    const reply = method === 'get' ? await who.get(at) : await who.post(at, filled(place, what, body_of(operation)?.example ?? {}));
    assert.equal(reply.status, success_of(operation), `${what}: ${reply.text}`);
    answered_as_described(place.openapi, operation, what, reply);
    if (reply.status === 201) place.made[kind] = reply.id;
}

async function shut({ openapi, server, made }) {
    for (const { what, path, method, operation } of operations(openapi)) {
        if (!needs_token(operation)) continue;
        const at = '/api/v1' + path.replace('{id}', made[operation.tags[0]] ?? 1), reply = await (method === 'get' ? server.guest().get(at) : server.guest().post(at, {}));
        assert.equal(reply.status, 401, what);
        answered_as_described(openapi, operation, what, reply);
    }
}

/** A value of each facet, so that a list is really narrowed by it: what the list itself offers. */
async function facets({ openapi, server, made }) {
    let tried = 0;
    for (const path of Object.keys(openapi.paths).filter(path => openapi.paths[path].post?.operationId === `post_${path.slice(1)}`)) {
        const [kind] = openapi.paths[path].post.tags;
        if (!made[kind] || kind === 'account' || kind === 'deal' || !openapi.paths[path].get) continue; /* accounts are no records */
        const declared = openapi.paths[path].get.parameters.filter(one => one.in === 'query').map(one => one.name);
        const { list } = (await server.guest().get(`/api/v1${path}`)).json;
        for (const facet of list.facets) {
            assert.ok(declared.includes(facet.name), `${path}: ${facet.name} is not described`);
            const { schema } = openapi.paths[path].get.parameters.find(one => one.name === facet.name);
            const narrowed = await server.guest().get(`/api/v1${path}?${facet.name}=${encodeURIComponent(facet.options[0].value.code)}`);
            assert.equal(narrowed.json.list.active.length, 1, `${path}: ${facet.name}`);
            tried++;
            if (schema.items.enum) assert.ok(schema.items.enum.includes(facet.options[0].value.code), `${path}: ${facet.name}`);
        }
    }
    assert.ok(tried >= 8, `only ${tried}`);
}

/** The steps as the page for people has them, against the steps that the program takes. */
function steps_on_paper({ openapi }) {
    const { schemas } = openapi.components, page = readFileSync(join(root, 'docs/procedure.md'), 'utf8');
    const described = schemas.deal_step.oneOf.map(one => leads(openapi, one.$ref));
    const rows = [...page.matchAll(/^\| `(\w+)` \| (\S+) \| (\S+) \| `(\w+)` \| (?:`(\w+)` )?\|$/gm)];
    const piers = leads(openapi, '#/components/schemas/deal_step_state')['x-piers'], names = ['权属', '评价', '定价', '公示', '审批', '签约', '登记', '到账', '分配', '税务', '结项'];
    const spread = range => range.split('，').flatMap(part => {
        const [first, last] = part.split('至').map(name => names.indexOf(name));
        return piers.slice(first, (last ?? first) + 1);
    });
    assert.deepEqual(rows.map(([, name, title, range, paper, gate]) => [name, title, spread(range), paper, gate]),
        described.map(step => [step.properties.step.enum[0], step.title, step['x-piers'], step['x-paper'], step['x-gate']]));
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, ACCOUNTS);
            place.keeper = await place.server.signInProgram('keeper', place.password);
            place.auditor = await place.server.signInProgram('auditor', place.password);
            place.security = await place.server.signInProgram('guard', place.password);
            place.officer_program = await place.server.signInProgram('officer', place.officer_password);
            place.openapi = (await place.server.guest().get('/api/v1/openapi.json')).json;
            place.made = { audit: '1' }; /* of no draw: it is only asked whether the door is shut */
        });
        /* A deal is made of an achievement, which must have been made before. */
        const of_deal = operation => operation.operation.tags[0] === 'deal';
        const in_order = [...operations(place.openapi)].sort((a, b) => of_deal(a) - of_deal(b));
        await test(`${engine}: the description holds together`, () => whole(place));
        await test(`${engine}: docs/procedure.md lists the steps of a deal as they are`, () => steps_on_paper(place));
        for (const operation of in_order)
            await test(`${engine}: ${operation.what} answers its example as described`, () => called(place, operation));
        await test(`${engine}: what needs a token is shut without one`, () => shut(place));
        await test(`${engine}: what a list can be narrowed by is described`, () => facets(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
