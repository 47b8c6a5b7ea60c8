// An answer held against the OpenAPI description.
import assert from 'node:assert/strict';

/** Where a $ref leads; undefined: nowhere. */
export const leads = (openapi, ref) => ref.replace('#/', '').split('/').reduce((node, key) => node?.[key], openapi);

/** [$ref, where it stands], of all of them. */
export function* references(node, path = '#') {
    if (!node || typeof node !== 'object') return;
    if (typeof node.$ref === 'string') yield [node.$ref, path];
    for (const [key, value] of Object.entries(node)) yield* references(value, `${path}/${key}`);
}

export const resolved = (openapi, node) => node?.$ref ? leads(openapi, node.$ref) : node;

/** The value by the schema, as far as our description goes: types, members required, no others where that is said. */
export function fits(openapi, schema, value, what) {
    const { oneOf, discriminator } = resolved(openapi, schema);
    if (oneOf) {
        const by = discriminator.propertyName, one = oneOf.find(one => resolved(openapi, one).properties[by].enum.includes(value[by]));
        assert.ok(one, `${what}: ${by} is ${value[by]}`);
        return fits(openapi, one, value, what);
    }
    const { type, properties = {}, required = [], additionalProperties, items, enum: codes } = resolved(openapi, schema);
    const kinds = { object: value => typeof value === 'object' && !Array.isArray(value), array: Array.isArray, string: value => typeof value === 'string',
        integer: Number.isInteger, boolean: value => typeof value === 'boolean' };
    assert.ok(kinds[type](value), `${what} is no ${type}: ${JSON.stringify(value)}`);
    assert.ok(!codes || codes.includes(value), `${what} is none of ${codes}: ${value}`);
    for (const name of required) assert.ok(name in value, `${what} lacks ${name}`);
    if (type === 'array' && items) for (const item of value) fits(openapi, items, item, `${what}[]`);
    if (type !== 'object') return;
    for (const [name, member] of Object.entries(value)) {
        assert.ok(additionalProperties !== false || name in properties, `${what} has ${name}, which is not described`);
        if (properties[name]) fits(openapi, properties[name], member, `${what}.${name}`);
    }
}

export function answered_as_described(openapi, operation, what, answer) {
    const said = resolved(openapi, operation.responses[answer.status] ?? (answer.status >= 400 ? operation.responses.default : undefined));
    assert.ok(said, `${what} answers ${answer.status}, which is not described`);
    fits(openapi, said.content['application/json'].schema, answer.json, `${what} ${answer.status}`);
    for (const name of Object.keys(said.headers ?? {})) assert.ok(answer.headers[name.toLowerCase()], `${what}: no ${name}`);
}
