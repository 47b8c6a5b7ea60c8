// The one who acts, on a thread of his own, so that the answers to him do not wait behind what 300 readers get. For bench/live/room.mjs.
import { parentPort, workerData } from 'node:worker_threads';
import { Guest } from '../../tests/web/house.mjs';
import { Matter } from '../../tests/web/matters.mjs';

const { port, cookie, csrf, fair, steps, every_ms, until_ms } = workerData;
const wait = ms => new Promise(after => setTimeout(after, ms));
const now = () => performance.timeOrigin + performance.now();
const host = Object.assign(new Guest({ port }), { cookie, csrf }), matter = new Matter(fair), sent = [];

while (Date.now() < until_ms && sent.length < steps) {
    const began = now();
    await matter.took(host, 'item', { at_time: '09:00', what: `第 ${sent.length + 1} 位发言`, who: '示例委员' });
    sent.push({ began, answered: now() });
    await wait(every_ms);
}
parentPort.postMessage(sent);
