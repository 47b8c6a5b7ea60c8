#!/usr/bin/env node
/*
 * Deals to load a server with: bench/load/deals.mjs PORT COUNT FILE opens COUNT deals of one achievement, as the member that
 * TQ_COOKIE and TQ_CSRF sign in, and writes FILE: the body of the step "title" as its form would send it, then the deals, an id a line.
 */
import { writeFileSync } from "node:fs";

const [port, count, file] = process.argv.slice(2);
const at = `http://127.0.0.1:${port}/api/v1`;
const headers = { cookie: process.env.TQ_COOKIE, "x-csrf-token": process.env.TQ_CSRF, "content-type": "application/json" };

async function made(path, body) {
  const reply = await fetch(at + path, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await reply.json();

  if (reply.status !== 201) throw new Error(`${path} answered ${reply.status}: ${JSON.stringify(answer)}`);
  return answer;
}

/* What the page of the step fills in by itself. */
async function form_of(deal) {
  const { deal: { form, ver } } = await (await fetch(`${at}/deals/${deal}?step=title`, { headers })).json();
  const value = field => field.options ? field.options.filter(option => option.selected).map(option => option.code).join("\n")
    : typeof field.value === "boolean" ? (field.value ? "yes" : "no") : field.value;

  return { step: "title", ver, ...Object.fromEntries([...form.fields, ...form.more].map(field => [field.name, value(field)])) };
}

const achievement = (await made("/achievements", { title: `压测成果 ${Date.now()}`, abstract: "用于含沙介质的离心泵轴承涂层，寿命三千小时提高到八千小时，压测用。", trl: 6,
  ways: ["license"], price: "160万元" })).id;
const deals = [];
let left = Number(count);

await Promise.all(Array.from({ length: 64 }, async () => {
  while (left-- > 0) deals.push((await made("/deals", { achievement, title: `压测项目 ${left}` })).id);
}));
writeFileSync(file, `${JSON.stringify(await form_of(deals[0]))}\n${deals.join("\n")}\n`);
