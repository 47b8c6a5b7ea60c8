// Taking the steps of a deal by the API, as its page would.
import assert from 'node:assert/strict';

export const look = async (who, deal) => (await who.get(`/api/v1/deals/${deal}`)).json.deal;

/** What the page fills in by itself, as a client would send it back: {step, ver, …}. */
export async function filled_in(who, deal, name) {
    const { json } = await who.get(`/api/v1/deals/${deal}?step=${name}`);
    assert.ok(json.deal.form, `${name} cannot be taken at ${json.deal.now?.label.code}: ${json.deal.now?.missing}`);
    const filled = {};
    for (const field of [...json.deal.form.fields, ...json.deal.form.more]) {
        if (field.group || field.is?.select) filled[field.name] = field.options.filter(option => option.selected).map(option => option.code).join('\n');
        else if (typeof field.value === 'boolean') filled[field.name] = field.value ? 'yes' : 'no';
        else filled[field.name] = field.value;
    }
    return { step: name, ver: json.deal.ver, ...filled };
}

/** Takes a step with what the page fills in by itself and these values over it. */
export async function step(who, deal, name, values = {}) {
    return who.post(`/api/v1/deals/${deal}`, { ...await filled_in(who, deal, name), ...values });
}
