// Matters over the API, whatever their sort: begun, looked at, their steps taken or refused; and the form on a matter's page as a
// browser sends it. A matter is named by where it is: "/pools/12".
import assert from 'node:assert/strict';

export const number = at => at.split('/').pop();
export const value = (matter, name) => matter.fields.find(field => field.name === name)?.value;
export const entries = (matter, kind) => matter.entries.find(one => one.kind.code === kind)?.items ?? [];

export async function look(who, at) {
    const reply = await who.get(`/api/v1${at}`);
    assert.equal(reply.status, 200, `${at}: ${reply.text}`);
    return reply.json.matter;
}

export const state = async (who, at) => (await look(who, at)).state.code;

/** Begins one; its path. */
export async function begun(who, plural, name, values) {
    const reply = await who.post(`/api/v1/${plural}`, { step: name, ...values });
    assert.equal(reply.status, 201, `${plural} ${name}: ${reply.text}`);
    return `/${plural}/${reply.json.id}`;
}

/** A step of the version that stands, unless `ver` says another: the answer, whatever it is. */
export async function step(who, at, name, values = {}) {
    const ver = values.ver ?? (await look(who, at)).ver;
    return who.post(`/api/v1${at}`, { step: name, ver, ...values });
}

/** The same of a version that is named: for who may not look at it, or must be second. */
export const step_of = (who, at, ver, name, values = {}) => who.post(`/api/v1${at}`, { step: name, ver, ...values });

export async function done(who, at, name, values) {
    const reply = await step(who, at, name, values);
    assert.equal(reply.status, 200, `${name} at ${at}: ${reply.text}`);
    return reply.json;
}

export async function refused(reply, status, words) {
    const answer = await reply;
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.text, words);
}

/** A matter, its newest version known: take(who, step, values) takes a step and says what came. */
export class Matter {
    constructor(at, ver = 1) { this.at = at; this.ver = ver; }
    async take(who, name, values = {}) {
        const reply = await step_of(who, this.at, this.ver, name, values);
        if (reply.status === 200) this.ver = reply.json.ver;
        return reply;
    }
    async took(who, name, values = {}) {
        const reply = await this.take(who, name, values);
        assert.equal(reply.status, 200, `${name}: ${reply.text}`);
        return reply;
    }
    async seen(who) { return (await who.get(`/api/v1${this.at}`)).json.matter; }
}

/** What a page or a form brings along unseen, by name. */
export const hidden_in = html => Object.fromEntries([...html.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(found => [found[1], found[2]]));

/** The form on a page, that to `action` where one is named: {action, text, hidden}. */
export function form_on(html, action = '[^"]+') {
    const found = new RegExp(`<form class="form" method="post" action="(${action})"[^>]*>(.*?)</form>`, 's').exec(html);
    assert.ok(found, `no form to ${action} on ${html.slice(0, 4000)}`);
    return { action: found[1], text: found[2], hidden: hidden_in(found[2]) };
}

/** Sends the form that stands at a page, as it is, with these fields filled in. */
export async function fill_in(who, at, values, action) {
    const form = form_on((await who.get(at)).text, action);
    return who.form(form.action, { ...form.hidden, ...values });
}
