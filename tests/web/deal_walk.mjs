/*
 * A whole deal in a real browser: from an achievement's page to the last fen and the evidence pack, by two people of a university, as they would do it:
 * the home page is opened once a sitting, then only clicks and typing. The pages themselves count the clicks; between two
 * sittings the clock moves (the server is started again on another day, at the same address). Prints TAP.
 *
 *   node tests/web/deal_walk.mjs BUILD        TQ_SHOTS=FOLDER keeps a picture of each page
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const [build = 'build'] = process.argv.slice(2);
const program = join(new URL('../..', import.meta.url).pathname, build, 'src/cli/tieqiao');
const example = new URL('../../example/lanzhou', import.meta.url).pathname;
const DAY = 86_400_000, START = Date.parse('2026-03-02T02:00:00Z'), MOST = 40;

async function free_port() {
    const server = createServer();
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address();
    await new Promise(done => server.close(done));
    return port;
}

/** The example city, which can be moved to another day. */
class Town {
    constructor() {
        this.data = mkdtempSync(join(tmpdir(), 'tq-deal-'));
        this.run('init');
        this.run('import', example);
        this.run('account', 'load', '--example', join(example, 'accounts.tsv'));
        this.passwords = Object.fromEntries(readFileSync(join(this.data, 'first-sign-in.txt'), 'utf8').trim().split('\n').map(line => line.trim().split(/\s+/).slice(0, 2)));
    }
    run(...words) { return execFileSync(program, [...words, '--data', this.data], { stdio: ['ignore', 'pipe', 'ignore'] }); }
    async on_day(days) {
        this.port ??= await free_port();
        await this.stop();
        this.child = spawn(program, ['serve', '--port', String(this.port), '--data', this.data],
            { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TQ_CLOCK_MS: String(START + days * DAY) } });
        await new Promise((done, broken) => {
            this.child.stderr.on('data', text => /http:\/\//.test(text) && done());
            this.child.on('exit', code => broken(new Error(`the server ended with ${code}`)));
        });
        this.child.removeAllListeners('exit');
    }
    async stop() {
        if (!this.child) return;
        const ended = new Promise(done => this.child.once('exit', done));
        this.child.kill('SIGTERM');
        await ended;
        this.child = undefined;
    }
    get address() { return `http://127.0.0.1:${this.port}/`; }
}

class Person {
    static clicks = 0;
    static shots = 0;

    static async at(browser, town, login, width = 1280) {
        const person = new Person(), context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' });
        await context.exposeBinding('counted', () => { Person.clicks++; });
        await context.addInitScript(() => addEventListener('click', event => event.isTrusted && counted(), true));
        person.context = context;
        person.page = await context.newPage();
        person.page.setDefaultTimeout(20_000);
        await person.page.goto(town.address);
        await person.click('登录');
        await person.type('登录名', login);
        await person.type('密码', town.passwords[login]);
        await person.click('登录', 'main');
        return person;
    }
    async click(name, within = 'body') {
        const place = this.page.locator(within);
        await place.getByRole('link', { name, exact: true }).or(place.getByRole('button', { name, exact: true })).first().click();
        await this.page.waitForLoadState();
        await this.look();
    }
    async look() {
        const folder = process.env.TQ_SHOTS;
        if (!folder) return;
        mkdirSync(folder, { recursive: true });
        await this.page.screenshot({ path: join(folder, `${String(++Person.shots).padStart(3, '0')}.png`), fullPage: true });
    }
    /** A label bears a star where the field must be filled in. */
    field(label) { return this.page.getByLabel(new RegExp(`^${label}(\\*|\\s|$)`)).first(); }
    async type(label, text) { await this.field(label).fill(text); }
    async choose(label, option) { await this.field(label).selectOption({ label: option }); }
    /** What was just done is said a moment after the page is there, so that it is read out. */
    async sees(...texts) {
        const main = this.page.locator('main');
        for (const text of texts) await main.getByText(text).first().waitFor({ timeout: 5000 }).catch(async () => {
            throw new Error(`no “${text}” on ${this.page.url()}:\n${(await main.innerText()).slice(0, 1500)}`);
        });
    }
    /** As chosen in the browser's own window, or dropped on the input. */
    async bring(label, name, size = 0) {
        const path = join(town.data, name);
        writeFileSync(path, `%PDF-1.7 ${name}`);
        if (size) truncateSync(path, size); /* with a hole: nothing is written, and the browser is told the path alone */
        await this.page.getByLabel(label, { exact: true }).setInputFiles(path);
    }
    async step(button, values = {}) {
        for (const [label, text] of Object.entries(values)) await this.type(label, text);
        await this.click(button, 'main form.form');
        await this.sees('这一步已办');
    }
    /** The path of what a link gives. */
    async download(name, within = 'body') {
        const given = this.page.waitForEvent('download');
        await this.click(name, within);
        return (await given).path();
    }
    leave() { return this.context.close(); }
}

async function first_sitting(clerk) {
    await clerk.click('成果');
    await clerk.page.getByRole('searchbox').or(clerk.page.locator('input[name=q]')).first().fill('铁铬液流电池');
    await clerk.page.keyboard.press('Enter');
    await clerk.page.waitForLoadState();
    await clerk.click('铁铬液流电池低温析氢抑制与电解液再生', 'main');
    await clerk.click('发起转化', 'main');
    await clerk.sees('走到哪一步', '已发起转化');
    await clerk.step('明确权属');
    await clerk.step('评价成果', { 技术价值: '低温下析氢率下降，容量保持率提高', 经济价值: '电解液可再生，度电成本下降', 各级的证据: Array.from({ length: 9 }, (_, i) => `第 ${i + 1} 级 示例报告`).join('\n'), 评价人: '示例评价人' });
    await clerk.choose('转化方式', '转让');
    await clerk.step('定价', { 拟交易价格: '160万元', 受让方: '示例储能有限公司', 定价依据: '参照两份可比合同，学校集体决策' });
    await clerk.step('发起公示');
    await clerk.sees('公示期未满', '2026-03-17');
}

async function second_sitting(clerk) {
    await clerk.click('我的工作台');
    await clerk.click('审批：铁铬液流电池低温析氢抑制与电解液再生', 'main');
    await clerk.bring('附文件：会议纪要', '扫描件（示例）.pdf', (32 << 20) + 1);
    await clerk.sees('没有提交；请少选几个');
    await clerk.bring('附文件：会议纪要', '会议纪要（示例）.pdf');
    await clerk.step('审批', { 会议纪要文号: '示例校办〔2026〕3号' });
    await clerk.sees('会议纪要（示例）.pdf');
    await clerk.bring('附文件：合同文本', '技术转让合同（示例）.pdf');
    await clerk.step('签订合同', { 合同编号: 'HT-2026-01' });
    await clerk.sees('技术转让合同（示例）.pdf');
    await clerk.step('提交登记', { 登记机构: '示例登记机构' });
    await clerk.step('填登记结果', { 登记编号: '2026620100000001' });
    await clerk.click('付款计划', 'aside');
    await clerk.choose('款项', '总价款');
    await clerk.step('付款计划', { 应付日期: '2026-04-01', 金额: '160万元' });
    await clerk.step('登记到账', { 凭证号: 'PZ-1' });
    await clerk.step('分配奖酬', { 团队与份额: '曾某（示例） 60% 主要贡献\n彭某（示例） 40%' });
    await clerk.sees('奖酬还没有发放');
    await clerk.click('发起公示', 'aside');
    await clerk.step('发起公示');
}

async function third_sitting(clerk) {
    await clerk.click('我的工作台');
    await clerk.click('分配：铁铬液流电池低温析氢抑制与电解液再生', 'main');
    await clerk.step('发放奖酬', { 发放凭证号: 'PZ-2' });
    await clerk.choose('备案事项', '现金奖励个税备案（财税〔2018〕58号）');
    await clerk.step('税务备案', { 受理编号: '示例-58-1' });
    await clerk.sees('结项');
    checked(await clerk.download('下载尽职证据包', 'aside'));
}

/** What a stranger does with the pack, who has the ledger's key from elsewhere. */
function checked(pack) {
    const verify = join(new URL('../..', import.meta.url).pathname, build, 'src/verify/tieqiao-verify'), key = join(town.data, 'keys/log.pub');
    const said = execFileSync(verify, ['pack', pack, '--key', key], { encoding: 'utf8' });
    assert.match(said, /税务备案 第 1 份 第 1 版：2026-04-13 10:00 由 deal\.file 写入账本第 \d+ 条，与检查点一致/);
    assert.match(said, /都成立/);
}

const town = new Town(), browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
let failed;
try {
    for (const [days, sitting] of [[0, first_sitting], [16, second_sitting], [42, third_sitting]]) {
        await town.on_day(days);
        const clerk = await Person.at(browser, town, 'unit', Number(process.env.TQ_WIDTH ?? 1280));
        await sitting(clerk);
        await clerk.leave();
    }
    assert.ok(Person.clicks < MOST, `${Person.clicks} clicks`);
} catch (problem) { failed = problem; }
await browser.close();
await town.stop();
rmSync(town.data, { recursive: true, force: true });
console.log(`${failed ? 'not ok' : 'ok'} 1 - a whole deal, from disclosure to the tax filing and its evidence pack, in ${Person.clicks} clicks`);
if (failed) { console.log(`# ${String(failed.stack).replaceAll('\n', '\n# ')}`); process.exitCode = 1; }
console.log('1..1');
