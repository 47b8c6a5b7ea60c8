/*
 * The example city, served for the walks: a data folder of its own under the temporary one, a free loopback port, the
 * records and accounts of example/lanzhou. `open_city(program)` gives {address, passwords, stop}.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("../..", import.meta.url).pathname;
const example = join(root, "example/lanzhou");
const own_password = "correct-horse-9-Battery";

/* The order in which records refer to each other. */
const files = [["parties", /^parties_/], ["people", /^people_/], ["achievements", /^achievements/], ["needs", /^needs/],
  ["scenarios", /^scenarios/], ["services", /^services/], ["policies", /^policies/]];

function run(program, data, ...words) {
  return execFileSync(program, [...words, "--data", data], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/* Starts serving and waits for the line that says where. What the program says is kept for the one who must know why. */
async function serve(program, data) {
  const child = spawn(program, ["serve", "--port", "0", "--data", data], { stdio: ["ignore", "ignore", "pipe"] });
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

/* ---- while there is no verb that imports a folder: an officer posts each line ---------------------------------- */

async function post(address, path, fields, cookie = "") {
  const reply = await fetch(address + path, { method: "POST", redirect: "manual", body: new URLSearchParams(fields),
    headers: { cookie } });

  return (reply.headers.get("set-cookie") ?? "").split(";")[0];
}

async function officer_session(address, password) {
  const first = await post(address, "/sign-in", { login: "loader", password });
  const page = await (await fetch(`${address}/account`, { headers: { cookie: first } })).text();
  const csrf = /name="csrf" value="([^"]*)"/.exec(page)[1];
  const cookie = await post(address, "/account/password", { csrf, old: password, new: own_password,
    again: own_password }, first);
  const again = await (await fetch(`${address}/desk`, { headers: { cookie } })).text();

  return { cookie, "X-CSRF-Token": /name="csrf" value="([^"]*)"/.exec(again)[1], "Content-Type": "application/json" };
}

async function load_records(program, data) {
  const password = /loader +(\S+)/.exec(run(program, data, "account", "add", "loader", "--name", "装入示例",
    "--role", "city_officer"))[1];
  const served = await serve(program, data);
  const headers = await officer_session(served.address, password);

  for (const [plural, names] of files)
    for (const name of readdirSync(example).filter(file => file.endsWith(".jsonl") && names.test(file)).sort())
      for (const body of readFileSync(join(example, name), "utf8").split("\n").filter(Boolean)) {
        const reply = await fetch(`${served.address}/api/v1/${plural}`, { method: "POST", headers, body });
        if (reply.status !== 201) throw new Error(`${name}: ${reply.status} ${await reply.text()}`);
      }
  await served.stop();
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

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
  await load_records(program, data);
  run(program, data, "account", "load", join(example, "accounts.tsv"));
  const served = await serve(program, data);
  await settled(served.address);
  return {
    address: served.address, passwords: passwords_in(data), ended: served.ended, said: served.said,
    async stop() {
      const code = await served.stop();

      rmSync(data, { recursive: true });
      return code;
    },
  };
}
