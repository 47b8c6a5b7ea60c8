/*
 * The example city, served for the walks: a data folder of its own under the temporary one, a free loopback port, the
 * records and accounts of example/lanzhou. `open_city(program)` gives {address, passwords, later, stop}.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("../..", import.meta.url).pathname;
const example = join(root, "example/lanzhou");

function run(program, data, ...words) {
  return execFileSync(program, [...words, "--data", data], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/* Starts serving and waits for the line that says where. What the program says is kept for the one who must know why. */
async function serve(program, data, { port = 0, clock_ms, said = { text: "" } } = {}) {
  const child = spawn(program, ["serve", "--port", String(port), "--data", data], { stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...clock_ms && { TQ_CLOCK_MS: String(clock_ms) } } });
  const before = said.text.length;
  const address = await new Promise((found, failed) => {
    child.stderr.on("data", piece => {
      said.text += piece;
      const [place] = /http:\/\/[\d.]+:\d+/.exec(said.text.slice(before)) ?? [];
      if (place) found(place);
    });
    child.once("exit", (code, signal) => {
      said.text += `\ntieqiao serve ended with ${code ?? signal}`;
      failed(new Error(said.text));
    });
  });
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const stop = () => new Promise(done => {
    if (ended()) return done(child.exitCode ?? child.signalCode);
    child.once("exit", (code, signal) => done(code ?? signal));
    child.kill("SIGTERM");
  });

  return { address, stop, ended, said };
}

function passwords_in(data) {
  const lines = readFileSync(join(data, "first-sign-in.txt"), "utf8").trim().split("\n");

  return Object.fromEntries(lines.map(line => line.trim().split(/\s+/).slice(0, 2)));
}

/* The standing lists of who fits are made behind the import: walks begin when the last need has some. */
async function settled(address) {
  const { rows } = await (await fetch(`${address}/api/v1/needs`)).json().then(found => found.list);

  for (let left = 200; left > 0; left--) {
    const page = await (await fetch(`${address}${rows[0].href}`)).text();
    if (page.includes('class="col col-')) return;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error(`nobody fits ${rows[0].title} 20 s after the import`);
}

export async function open_city(program) {
  const data = mkdtempSync(join(tmpdir(), "tieqiao-walk-"));

  run(program, data, "init");
  run(program, data, "import", example);
  run(program, data, "account", "load", "--example", join(example, "accounts.tsv"));
  run(program, data, "fact", join(example, "facts.tsv"));
  /* somebody whose first password has never been changed */
  run(program, data, "account", "add", "newcomer", "--name", "示例新教授", "--role", "researcher", "--party", "示例理工大学");
  let served = await serve(program, data);
  await settled(served.address);
  return {
    address: served.address, passwords: passwords_in(data), ended: () => served.ended(), said: served.said,
    /* The same city, at the same address, this many days on. */
    async later(days) {
      await served.stop();
      served = await serve(program, data, { port: Number(new URL(served.address).port), said: served.said, clock_ms: Date.now() + days * 86_400_000 });
    },
    async stop() {
      const code = await served.stop();

      rmSync(data, { recursive: true });
      return code;
    },
  };
}
