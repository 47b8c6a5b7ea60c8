/*
 * A small embedding service for tests, on a free loopback port: POST /v1/embeddings as OpenAI's, with vectors that are the same for
 * the same text. Texts that hold words of one of GROUPS are alike, whatever else they say; all are somewhat alike, as a real
 * model's are. `mode` makes it misbehave; `asked` has every text that came, `keys` every Authorization.
 */
import http from "node:http";

export const DIMS = 96;
const GROUPS = [["含沙水流", "泥浆"], ["碑刻", "石头上的字"]];

function vector(text, dims) {
  const numbers = new Array(dims).fill(0);

  numbers[0] = 3;
  GROUPS.forEach((words, i) => { if (words.some(word => text.includes(word))) numbers[1 + i] = 4; });
  for (const char of text) numbers[10 + (char.codePointAt(0) * 2654435761 >>> 0) % (dims - 10)] += 0.05;
  return numbers;
}

const MISBEHAVIOURS = {
  html: reply => reply.writeHead(200, { "Content-Type": "text/html" }).end("<html><body>Welcome</body></html>"),
  500: reply => reply.writeHead(500).end("oops"),
  429: reply => reply.writeHead(429, { "Retry-After": "7" }).end("{}"),
  401: reply => reply.writeHead(401).end("{}"),
  redirect: (reply, texts, self) => reply.writeHead(307, { Location: `http://127.0.0.1:${self.port}/elsewhere` }).end(),
  hang: () => {},
  empty: reply => reply.writeHead(200).end(),
  cut: reply => { reply.writeHead(200, { "Content-Length": "1000" }); reply.write('{"data": ['); setTimeout(() => reply.destroy(), 20); },
  endless: reply => {
    reply.writeHead(200, { "Content-Type": "application/json" });
    const more = () => { while (reply.writable && reply.write(" ".repeat(65536))); if (reply.writable) reply.once("drain", more); };
    more();
  },
  count: (reply, texts, self) => self.answer(reply, texts.slice(1)),
  dims: (reply, texts, self) => self.answer(reply, texts, DIMS + 8),
  zeros: (reply, texts) => reply.end(JSON.stringify({ data: texts.map((_, index) => ({ index, embedding: new Array(DIMS).fill(0) })) })),
  nan: (reply, texts) => reply.end(`{"data": [${texts.map((_, index) => `{"index": ${index}, "embedding": [NaN${", 1".repeat(DIMS - 1)}]}`)}]}`),
  huge: (reply, texts) => reply.end(`{"data": [${texts.map((_, index) => `{"index": ${index}, "embedding": [1e300${", 1".repeat(DIMS - 1)}]}`)}]}`),
  words: (reply, texts) => reply.end(JSON.stringify({ data: texts.map((_, index) => ({ index, embedding: new Array(DIMS).fill("1") })) })),
  places: (reply, texts) => reply.end(JSON.stringify({ data: texts.map((text, index) => ({ index: index + 1, embedding: vector(text, DIMS) })) })),
};

export const misbehaviours = Object.keys(MISBEHAVIOURS);

export class Embedder {
  constructor() {
    this.mode = "good";
    this.refuses = null; // a word: a batch with it is answered by 400
    this.delay = 0;
    this.asked = [];
    this.keys = [];
    this.elsewhere = 0;
    this.server = http.createServer((request, reply) => this.take(request, reply));
  }

  async start() {
    await new Promise(done => this.server.listen(0, "127.0.0.1", done));
    this.port = this.server.address().port;
    this.url = `http://127.0.0.1:${this.port}/v1`;
    return this;
  }

  take(request, reply) {
    const pieces = [];

    request.on("data", piece => pieces.push(piece)).on("error", () => {}).on("end", () => {
      reply.on("error", () => {});
      if (request.url !== "/v1/embeddings" || request.method !== "POST") {
        this.elsewhere++;
        return reply.writeHead(404).end();
      }
      const { model, input } = JSON.parse(Buffer.concat(pieces).toString());
      this.keys.push(request.headers.authorization);
      this.model = model;
      this.asked.push(...input);
      if (this.refuses && input.some(text => text.includes(this.refuses))) return reply.writeHead(400).end('{"error": {}}');
      setTimeout(() => (MISBEHAVIOURS[this.mode] ?? ((r, texts) => this.answer(r, texts)))(reply, input, this), this.delay);
    });
  }

  answer(reply, texts, dims = DIMS) {
    const data = texts.map((text, index) => ({ object: "embedding", index, embedding: vector(text, dims) }));

    reply.writeHead(200, { "Content-Type": "application/json" });
    reply.end(JSON.stringify({ object: "list", model: this.model, data: data.reverse() })); // the index tells, not the order
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise(done => this.server.close(done));
  }
}
