#!/usr/bin/env node
/* Signs in and prints "export TQ_COOKIE=… TQ_CSRF=…": bench/load/session.mjs PORT LOGIN PASSWORD */
const [port, login, password] = process.argv.slice(2);
const at = `http://127.0.0.1:${port}`;
const entry = await fetch(`${at}/sign-in`, { method: "POST", redirect: "manual", body: new URLSearchParams({ login, password }) });
const cookie = (entry.headers.get("set-cookie") ?? "").split(";")[0];

if (entry.status !== 303 || !cookie) throw new Error(`sign-in answered ${entry.status}`);
const desk = await (await fetch(`${at}/desk`, { headers: { cookie } })).text();
console.log(`export TQ_COOKIE='${cookie}' TQ_CSRF='${desk.match(/name="csrf" value="([^"]+)"/)[1]}'`);
