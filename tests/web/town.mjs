// A small town on a running server: an officer for all of it, our works, a stranger's institute, and accounts at both.
import { City } from './house.mjs';

export const OURS = '示例甲机械厂';
export const THEIRS = '示例乙研究所';
export const THIRD = '示例丙学院';

/** lines: accounts as City.accounts takes them. Returns {city, server, officer, password, officer_password, ours, theirs, third}. */
export async function town(engine, lines = [['member', '甲厂成员', OURS, 'member'], ['other', '乙所成员', THEIRS, 'member']],
                           options) {
    const city = new City(engine);
    city.run('init');
    const first = city.accounts([['officer', '示例工作人员', '', 'city_officer']]);
    let server = await city.serve(options);
    let officer = await server.signIn('officer', first);
    const party = async (name, region) => {
        const reply = await officer.post('/api/v1/parties', { name, side: 'enterprise', region: [region],
            contact: '李四', phone: '0931-1234567' });
        if (reply.status !== 201) throw new Error(`no party: ${reply.status} ${reply.text}`);
        return reply.id;
    };
    const ours = await party(OURS, '620102');
    const theirs = await party(THEIRS, '620200');
    const third = await party(THIRD, '620102');
    await server.stop();
    const password = city.accounts(lines);
    server = await city.serve(options);
    officer = await server.signIn('officer', first);
    return { city, server, officer, password, officer_password: first, ours, theirs, third };
}

/** Of `town`'s third party, a firm like the others until then: a department of the city. */
export async function department(place) {
    const reply = await place.officer.post(`/api/v1/parties/${place.third}`, { ver: 1, side: 'government' });
    if (reply.status !== 200) throw new Error(`no department: ${reply.status} ${reply.text}`);
}

let made = 0;

/** A need that passes all checks; changes are laid over it. */
export function need(changes = {}) {
    return { title: `离心泵轴承寿命 ${++made} 号`, now: '含沙介质里轴承三千小时就坏,停机检修一次要两天', goal: '寿命到八千小时',
        budget: '200万元', due: '2029-12-31', ...changes };
}

/** A record made over the API: its path, "/needs/123". */
export async function made_by(who, path, value) {
    const reply = await who.post(`/api/v1${path}`, value);
    if (reply.status !== 201) throw new Error(`${path} is not made: ${reply.status} ${reply.text}`);
    return `${path}/${reply.id}`;
}
