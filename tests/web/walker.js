/*
 * Somebody at a browser. A walker opens the home page once; from then on it has only what a person has: visible links,
 * buttons and fields, and its eyes. Each page it comes to is looked at: accessibility (axe, WCAG 2.2 AA), reports of the
 * Content-Security-Policy, console errors, sideways scrolling, words left untranslated, codes shown raw.
 */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const patience = 30000; /* with sanitizers, beside other walkers, on a busy machine */
const measured = new Set();
const arrived = new Map();

/* In the page: what axe does not look at. */
function look_around() {
  const faults = [], wide = document.documentElement.scrollWidth - innerWidth;
  const text = document.body.innerText, meant = new Set([...document.querySelectorAll("code")].map(e => e.textContent.trim())); /* a dictionary's */

  if (wide > 0) {
    const far = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1
      && !e.closest(".scroll, nav, .unseen"));
    faults.push(`${wide} px wider than the screen: ${far.slice(0, 3).map(e => e.outerHTML.slice(0, 80))}`);
  }
  for (const [raw] of text.matchAll(/\{\{|\}\}|\b(null|undefined|NaN|true|false)\b|\b[a-z]+_[a-z_]+\b/g))
    if (!meant.has(raw)) faults.push(`raw: ${raw} in ${text.slice(Math.max(0, text.indexOf(raw) - 30), text.indexOf(raw) + 30)}`);
  document.querySelectorAll("[style]:not([style=''], [data-chart] *)").forEach(e => faults.push(`inline style: ${e.outerHTML.slice(0, 80)}`));
  document.querySelectorAll("h1, h2, h3, dt, button, main a").forEach(e => {
    if (!e.textContent.trim() && !e.querySelector("img")) faults.push(`empty: ${e.outerHTML.slice(0, 80)}`);
  });
  if (document.documentElement.lang === "en") {
    const words = [...document.querySelectorAll("nav a, button, h2, dt, label, legend, summary, th, .hint, .empty")]
      .filter(e => !e.closest("[lang^=zh]") && e.firstChild?.nodeType === 3 && /^[\u3400-\u9fff]/.test(e.textContent.trim()));
    words.slice(0, 20).forEach(e => faults.push(`untranslated: ${e.textContent.trim().slice(0, 30)}`));
  }
  return faults;
}

/* In the page, by axe: what is wrong alone, since the rest, and where exactly it all stands, takes most of its time. */
async function violations(rules) {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"], selectors: false });

  return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(n => ({ html: n.html, message: n.any[0]?.message })) }));
}

export class Walker {
  #page; #context; #journey; #nth; #width; #script; #city; #expected = 200;

  /* Told by whoever wants to know at the end. */
  faults = [];
  links = new Set();
  followed = new Set(); /* links that he clicked, and that led where they should */
  cookie = "";
  actions = new Set();
  pages = 0;

  constructor(city, context, page, { journey, width, script }) {
    this.#city = city;
    this.#context = context;
    this.#page = page;
    this.#journey = journey;
    this.#nth = (arrived.get(journey) ?? 0) + 1; /* of several people in one journey each keeps pictures of his own */
    arrived.set(journey, this.#nth);
    this.#width = width;
    this.#script = script;
    page.on("pageerror", error => this.#fault(`script: ${error.message}`));
    page.on("console", message => this.#overhear(message));
    page.on("response", reply => this.#hear(reply));
  }

  static async arrive(browser, city, { journey, width = 1280, script = true, lang }) {
    const context = await browser.newContext({ viewport: { width, height: width > 600 ? 900 : 760 },
      javaScriptEnabled: script, locale: lang ?? "zh-CN", reducedMotion: "reduce" /* a click never meets a page that is still gliding */ });
    const page = await context.newPage();
    const walker = new Walker(city, context, page, { journey, width, script });

    page.setDefaultTimeout(patience);
    await page.goto(city.address, { waitUntil: "load" });
    await walker.look();
    return walker;
  }

  /* What he was let in with is kept, so that the links that he saw can be followed as him. */
  async leave() {
    this.cookie = (await this.#context.cookies()).map(one => `${one.name}=${one.value}`).join("; ");
    await this.#context.close();
  }

  /* ---- what the browser says behind the page ---- */

  #fault(text) {
    this.faults.push(`${new URL(this.#page.url()).pathname} (${this.#width} px): ${text}`);
  }

  #overhear(message) {
    /* The answer's status is heard in #hear, where it is known whether it was meant. */
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      this.#fault(`console: ${message.text()}`);
  }

  #hear(reply) {
    const asked = reply.request().isNavigationRequest() && reply.request().redirectedTo() === null;

    /* A page that stands open and asks for its updates learns by this that the session has ended: to a visitor the matter is not there. */
    if ([401, 404].includes(reply.status()) && reply.url().includes("/events?since=")) return;
    if (reply.status() >= 400 && !(asked && reply.status() === this.#expected))
      this.#fault(`${reply.status()} for ${new URL(reply.url()).pathname}`);
  }

  /* ---- looking ---- */

  async look() {
    this.pages++;
    this.faults.push(...(await this.#page.evaluate(look_around)).map(fault => `${this.where()}: ${fault}`));
    if (this.#script) await this.#measure();
    for (const link of await this.#page.locator("a[href]").evaluateAll(all => all.map(a => a.getAttribute("href"))))
      this.links.add(link);
    for (const action of await this.#page.locator("form[method=post]").evaluateAll(all => all.map(f => f.getAttribute("action"))))
      this.actions.add(action);
    await this.#keep();
  }

  /* axe says the same of two pages of the same make: what they are made of, at what width, in which language. */
  async #measure() {
    const make = await this.#page.evaluate(() => [document.documentElement.lang, innerWidth,
      ...new Set([...document.querySelectorAll("*")].map(e => `${e.tagName}.${e.className}.${(e.getAttribute("id") ?? "").replace(/\d+/g, "")}`))].join());
    if (measured.has(make)) return;
    measured.add(make);
    /* Halfway down, what sticks to the top covers half a button: so it is measured where nothing has been scrolled. */
    await this.#page.evaluate(() => scrollTo(0, 0));
    await this.#page.evaluate(axe);
    const found = await this.#page.evaluate(violations, standards);

    for (const { id, nodes } of found)
      nodes.forEach(n => this.#fault(`${id}: ${n.html.slice(0, 160)} ${n.message ?? ""}`));
  }

  /* Long pages are kept in several pictures, so that each can be read. */
  async #keep() {
    const folder = process.env.TQ_SHOTS, tall = 1800;

    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    const name = `${this.#journey.replace(/[^\w]+/g, "-")}-${this.#nth}-${String(this.pages).padStart(2, "0")}-${this.#width}`;
    const height = await this.#page.evaluate(() => document.documentElement.scrollHeight);
    for (let y = 0, part = 0; y < height; y += tall, part++)
      await this.#page.screenshot({ path: join(folder, `${name}${"abcdefghij"[part] ?? "z"}.png`), fullPage: true,
        clip: { x: 0, y, width: this.#width, height: Math.min(tall, height - y) } });
  }

  /* The address and heading, for telling where something went wrong. */
  where() {
    return `${new URL(this.#page.url()).pathname} (${this.#width} px)`;
  }

  heading() {
    return this.#page.locator("h1").first().innerText();
  }

  /* What a selector's visible elements say. */
  async read(selector) {
    const all = await this.#page.locator(selector).filter({ visible: true }).all();

    return Promise.all(all.map(async one => (await one.innerText()).replace(/\s+/g, " ").trim()));
  }

  async sees(...texts) {
    for (const text of texts)
      await this.#page.locator("body").getByText(text).filter({ visible: true }).first().waitFor()
        .catch(async () => assert.fail(`does not see "${text}" at ${this.where()}: ${await this.#told()}`));
  }

  async misses(...texts) {
    const all = await this.#page.locator("body").innerText();

    for (const text of texts)
      assert.ok(!all.includes(text), `sees "${text}" at ${this.where()}`);
  }

  async #told() {
    return (await this.#page.locator("main").innerText()).replace(/\s+/g, " ").slice(0, 400);
  }

  /* The page as it travelled, and its twin of the open API: for what must not even stand in hidden places. */
  async behind() {
    const address = new URL(this.#page.url());
    const json = await this.#context.request.get(`${address.origin}/api/v1${address.pathname}`);

    return [await this.#page.content(), await json.text()];
  }

  /* ---- doing ---- */

  #named(name, within) {
    const place = within ? this.#page.locator(within).filter({ visible: true }).first() : this.#page;
    const options = typeof name === "string" ? { name, exact: true } : { name };

    return place.getByRole("button", options).or(place.getByRole("link", options))
      .or(place.locator("summary").filter({ hasText: name })).filter({ visible: true }).first();
  }

  async has(name, within) {
    return await this.#named(name, within).count() > 0;
  }

  /*
   * Clicks a link or button by its name. `status`: what the answer should be where it is no 200; `within`: a selector;
   * `goes_on`: the page that comes reloads itself, so it is looked at when it has settled.
   */
  async click(name, { status = 200, within, goes_on = false } = {}) {
    const thing = this.#named(name, within);
    const { moves, link } = await thing.evaluate(e => ({ link: e.getAttribute("href"), moves: e.tagName !== "SUMMARY"
      && !(e.tagName === "A" && e.getAttribute("href").startsWith("#")) }))
      .catch(async () => assert.fail(`nothing to click called "${name}" at ${this.where()}: ${await this.#told()}`));

    this.#expected = status;
    if (!moves) return thing.click();
    await Promise.all([this.#page.waitForEvent("load"), thing.click()]);
    if (status === 200) this.#follows(link);
    if (!goes_on) await this.look();
  }

  /* Where one had to sign in first, the link has not led anywhere yet. */
  #follows(link) {
    if (link && !new URL(this.#page.url()).pathname.startsWith("/sign-in")) this.followed.add(link.split("#")[0]);
  }

  /* Takes a file behind a link: what it is called, and its bytes. */
  async takes(name, within) {
    const thing = this.#named(name, within), link = await thing.getAttribute("href");
    const [file] = await Promise.all([this.#page.waitForEvent("download"), thing.click()]);

    this.#follows(link);

    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }

  async back() {
    await this.#page.goBack({ waitUntil: "load" });
  }

  /* What is still being looked for is offered again; then people press the browser's own button. */
  async look_again() {
    if (!await this.has("再看一次")) return this.#page.reload({ waitUntil: "load" });
    await Promise.all([this.#page.waitForEvent("load"), this.#named("再看一次").click()]);
  }

  async type(label, text) {
    await this.#field(label).fill(text);
  }

  async tick(label, on = true) {
    await this.#field(label).setChecked(on);
  }

  async choose(label, option) {
    await this.#field(label).selectOption({ label: option });
  }

  async value(label) {
    return this.#field(label).inputValue();
  }

  /* What is proposed below a field. */
  async proposals(label) {
    return this.#field(label).evaluate(input => [...input.list.options].map(option => option.value));
  }

  /* By its label, whatever marks stand behind it (required, who may see it). */
  #field(label) {
    return this.#page.getByLabel(new RegExp(`^${label}(?![\\u4e00-\\u9fff\\w])`)).and(this.#page.locator("input, select, textarea"))
      .filter({ visible: true }).first();
  }

  /* Clicks the visible "choose a file" and picks one. */
  async pick(name, file) {
    const [chooser] = await Promise.all([this.#page.waitForEvent("filechooser"),
      this.#page.locator("label", { hasText: name }).filter({ visible: true }).first().click()]);

    await chooser.setFiles(file);
  }

  /* The same for a field with a label of its own. */
  async pick_field(label, file) {
    const [chooser] = await Promise.all([this.#page.waitForEvent("filechooser"), this.#field(label).click()]);

    await chooser.setFiles(file);
  }

  /* A long work goes on by itself: waits until its end is there, and looks at it. */
  async settles(selector) {
    await this.#page.locator(selector).first().waitFor()
      .catch(async () => assert.fail(`no ${selector} at ${this.where()}: ${await this.#told()}`));
    await this.#page.waitForLoadState("load");
    await this.look();
  }

  /* ---- what everybody does ---- */

  async sign_in(login, password = this.#city.passwords[login], status = 200) {
    if (!await this.#field("密码").count()) await this.click("登录", { within: "header" });
    await this.type("登录名", login);
    await this.type("密码", password);
    await this.click("登录", { within: "main", status });
  }

  async until(what, pause, tries, seen) {
    for (let i = 0; i < tries; i++) {
      if (await seen()) return;
      await this.#page.waitForTimeout(pause);
      await what();
    }
    assert.ok(await seen(), `not seen after ${tries} tries at ${this.where()}: ${await this.#told()}`);
  }
}
