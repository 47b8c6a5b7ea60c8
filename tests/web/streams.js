// A reader of server-sent events, as EventSource reads them: each event with its id, comments counted, Last-Event-ID kept.
import http from 'node:http';
import { until } from './house.mjs';

export class Stream {
    /** who: a Guest; at: "/contacts/12". */
    constructor(who, at, { since, last, method = 'GET', headers = {}, path } = {}) {
        this.events = [];
        this.comments = 0;
        this.text = '';
        this.last = last;
        this.path = path ?? `/api/v1${at}/events${since === undefined ? '' : `?since=${since}`}`;
        this.headers = { ...headers, ...(who.cookie ? { Cookie: who.cookie } : {}), ...(who.token ? { Authorization: `Bearer ${who.token}` } : {}),
            ...(last === undefined ? {} : { 'Last-Event-ID': String(last) }) };
        this.port = who.server.port;
        this.method = method;
    }

    /** Until the head is there; an answer that is no stream is read whole. */
    open() {
        return new Promise((done, broken) => {
            this.request = http.request({ host: '127.0.0.1', port: this.port, path: this.path, method: this.method, headers: this.headers, agent: false },
                response => {
                    this.status = response.statusCode;
                    this.head = response.headers;
                    this.response = response;
                    response.setEncoding('utf8');
                    response.on('data', text => this.take(text));
                    response.on('end', () => { this.ended = true; });
                    response.on('close', () => { this.closed = true; });
                    response.on('error', () => { this.closed = true; });
                    done(this);
                });
            this.request.on('error', error => { this.closed = true; broken(error); });
            this.request.end();
        });
    }

    take(text) {
        this.text += text;
        for (let end; (end = this.text.indexOf('\n\n')) >= 0;) {
            this.block(this.text.slice(0, end));
            this.text = this.text.slice(end + 2);
        }
    }

    block(block) {
        const event = { name: 'message', at: performance.now() };
        for (const line of block.split('\n')) {
            if (line.startsWith(':')) this.comments++;
            if (line.startsWith('id: ')) event.id = this.last = Number(line.slice(4));
            if (line.startsWith('event: ')) event.name = line.slice(7);
            if (line.startsWith('data: ')) event.data = JSON.parse(line.slice(6));
        }
        if (event.data) {
            this.events.push(event);
            this.heard?.(event);
        }
    }

    get steps() { return this.events.filter(event => event.name === 'step'); }
    get names() { return this.steps.map(event => event.data.step.code); }
    get ids() { return this.steps.map(event => event.id); }
    get end() { return this.events.find(event => event.name === 'end')?.data.code; }

    async heard_of(count, most = 5000) {
        await until(() => this.steps.length >= count, most);
        return this.steps.slice(0, count);
    }

    close() { this.request.destroy(); }
}

export const watch = (who, at, options) => new Stream(who, at, options).open();
