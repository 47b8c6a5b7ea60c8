/*
 * The example city, served for the walks: a data folder of its own under the temporary one, a free loopback port, the
 * records and accounts of example/lanzhou. `open_city(program)` gives {address, passwords, stop}; `open_city(program, "2026-10-08")`
 * one that begins on that day; runs(…words) is a command on it, day(ahead) tells its days, and later(days) serves it again,
 * at the same address, so much later; away(meanwhile) serves nobody until that is over.
 */
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const root = new URL("../..", import.meta.url).pathname;
const example = join(root, "example/lanzhou"), DAY = 86_400_000;

const at = clock => ({ ...process.env, ...clock && { TQ_CLOCK_MS: String(clock) } });

/* Somebody may be walking elsewhere meanwhile, so it is waited for without holding him up. */
const run = (program, data, clock, ...words) => promisify(execFile)(program, [...words, "--data", data], { encoding: "utf8", env: at(clock) });

/* Starts serving and waits for the line that says where. What the program says is kept for the one who must know why. */
async function serve(program, data, clock, port = 0) {
  const child = spawn(program, ["serve", "--port", String(port), "--data", data], { stdio: ["ignore", "ignore", "pipe"],
    env: at(clock) });
  const said = { text: "" };
  const address = await new Promise((found, failed) => {
    child.stderr.on("data", piece => {
      said.text += piece;
      const [place] = /http:\/\/[\d.]+:\d+/.exec(said.text) ?? [];
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

export async function open_city(program, begins) {
  let now = begins ? Date.parse(`${begins}T10:00:00+08:00`) : 0;
  const data = mkdtempSync(join(tmpdir(), "tieqiao-walk-"));

  /* A minute a command: in one and the same millisecond numbers would be given twice. */
  const runs = (...words) => run(program, data, now &&= now + 60_000, ...words);

  await runs("init");
  await runs("import", example);
  await runs("account", "load", "--example", join(example, "accounts.tsv"));
  await runs("fact", join(example, "facts.tsv"));
  await runs("plan", join(example, "plan.tsv"));
  /* somebody whose first password has never been changed */
  await runs("account", "add", "newcomer", "--name", "示例新教授", "--role", "researcher", "--party", "示例理工大学");
  let served = await serve(program, data, now &&= now + 60_000);
  const { address } = served;
  await settled(address);
  return {
    address, passwords: passwords_in(data), runs, ended: () => served.ended(), get said() { return served.said; },
    day: ahead => new Date((now || Date.now()) + 8 * 3_600_000 + ahead * DAY).toISOString().slice(0, 10),
    async later(days) {
      await served.stop();
      served = await serve(program, data, now += days * DAY, new URL(address).port);
    },
    async away(meanwhile) {
      await served.stop();
      await meanwhile();
      served = await serve(program, data, now, new URL(address).port);
    },
    async stop() {
      const code = await served.stop();

      rmSync(data, { recursive: true });
      return code;
    },
  };
}
