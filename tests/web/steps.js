// Taking the steps of a deal by the API, as its page would.
import assert from 'node:assert/strict';

/** The deal as somebody sees it. */
export const look = async (who, deal) => (await who.get(`/api/v1/deals/${deal}`)).json.deal;

/** Takes a step with what the page fills in by itself and these values over it; facts that are asked for are stated. */
export async function step(who, deal, name, values = {}) {
    const { json } = await who.get(`/api/v1/deals/${deal}?step=${name}`);
    assert.ok(json.deal.form, `${name} cannot be taken at ${json.deal.now?.label.code}: ${json.deal.now?.missing}`);
    const filled = {};
    for (const field of [...json.deal.form.fields, ...json.deal.form.more]) {
        if (field.group || field.is?.select) filled[field.name] = field.options.filter(option => option.selected).map(option => option.code).join('\n');
        else if (typeof field.value === 'boolean') filled[field.name] = field.value ? 'yes' : 'no';
        else filled[field.name] = field.value;
    }
    return who.post(`/api/v1/deals/${deal}`, { step: name, ver: json.deal.ver, ...filled, ...values });
}
