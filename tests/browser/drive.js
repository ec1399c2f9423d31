// Debian's chromium as a visitor's phone, for tests/integration/phone.py: one command a line on
// stdin, as JSON, and one answer a line on stdout. Run with the node_modules of package.json in
// NODE_PATH.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const readline = require('readline');
const { chromium } = require('playwright-core');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const DEADLINE_MS = 15000;

let context, page, profile;
const seen = [];

// Text at twice its size is what the person set in the browser, not a zoom of the whole page.
function makeProfile(options) {
  profile = fs.mkdtempSync(path.join(os.tmpdir(), 'assent-phone-'));
  const preferences = {
    webkit: { webprefs: { default_font_size: options.fontSize || 16 } },
    credentials_enable_service: false, // no bubble that asks to keep a password
  };
  fs.mkdirSync(path.join(profile, 'Default'));
  fs.writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify(preferences));
}

const commands = {
  async start(options) {
    makeProfile(options);
    context = await chromium.launchPersistentContext(profile, {
      executablePath: '/usr/bin/chromium',
      headless: true,
      javaScriptEnabled: options.javaScript !== false,
      colorScheme: options.dark ? 'dark' : 'light',
      locale: options.locale || 'en-GB',
      ignoreHTTPSErrors: options.ignoreHTTPSErrors || false,
      viewport: { width: options.width || 390, height: options.height || 780 },
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', ...(options.args || [])],
    });
    context.setDefaultTimeout(DEADLINE_MS);
    context.on('request', (request) => seen.push({ request, url: request.url() }));
    page = context.pages()[0] || (await context.newPage());
  },
  async goto({ url }) {
    const response = await page.goto(url);
    return response ? response.status() : 0;
  },
  async press({ key, times }) {
    for (let i = 0; i < (times || 1); ++i) await page.keyboard.press(key);
  },
  // Enter, or a click, that leaves the page.
  async submit({ key, selector }) {
    const [response] = await Promise.all([
      page.waitForNavigation(),
      key ? page.keyboard.press(key) : page.click(selector),
    ]);
    return response ? response.status() : 0;
  },
  async type({ text }) { await page.keyboard.type(text); },
  async fill({ selector, text }) { await page.fill(selector, text); },
  async paste({ selector, text }) {
    await page.focus(selector);
    await page.keyboard.insertText(text);
  },
  async focused() {
    return page.locator(':focus').evaluate((e) => e.id || e.value || e.textContent.trim());
  },
  // A page that comes by itself.
  async wait_for_title({ part }) {
    const end = Date.now() + 2 * DEADLINE_MS;
    while (!(await page.title().catch(() => '')).includes(part)) {
      if (Date.now() > end) throw new Error(`no page came whose title has ${part}`);
      await page.waitForEvent('load', { timeout: 2 * DEADLINE_MS });
    }
  },
  async title() { return page.title(); },
  async url() { return page.url(); },
  async text({ selector }) { return page.locator(selector || 'body').innerText(); },
  async html() { return page.content(); },
  async value({ selector }) { return page.locator(selector).first().getAttribute('value'); },
  async attribute({ selector, name }) { return page.locator(selector).first().getAttribute(name); },
  async count({ selector }) { return page.locator(selector).count(); },
  // What does not fit beside each other, and what is too small to touch.
  async layout() {
    const width = page.viewportSize().width;
    const scroll = await page.locator('html').evaluate((e) => e.scrollWidth);
    const small = await page.locator('a:visible, button:visible, input:visible').evaluateAll(
      (all) => all.filter((e) => !e.classList.contains('govuk-skip-link')).map((e) => {
        const box = e.getBoundingClientRect();
        return [e.textContent.trim().slice(0, 30), box.width, box.height];
      }).filter((e) => e[1] < 24 || e[2] < 24));
    return { fits: scroll <= width, scroll, small };
  },
  async colours() {
    return page.locator('body').evaluate((e) => {
      const style = getComputedStyle(e);
      return [style.backgroundColor, getComputedStyle(document.querySelector('h1')).color];
    });
  },
  async axe() {
    const found = await page.evaluate(`${AXE}; axe.run(document, {runOnly: ${JSON.stringify(RULES)}})`);
    return {
      passes: found.passes.length,
      violations: found.violations.map((v) => [v.id, v.nodes.map((n) => n.html).slice(0, 3)]),
    };
  },
  // Every request so far, with the bytes of its answer.
  async requests() {
    const out = [];
    for (const { request, url } of seen) {
      const sizes = await request.sizes().catch(() => null);
      out.push({ url, bytes: sizes ? sizes.responseBodySize + sizes.responseHeadersSize : 0 });
    }
    return out;
  },
  async screenshot({ file }) { await page.screenshot({ path: file, fullPage: true }); },
  async stop() {
    if (context) await context.close();
    if (profile) fs.rmSync(profile, { recursive: true, force: true });
  },
};

async function answer(line) {
  const { command, ...given } = JSON.parse(line);
  try {
    return { value: (await commands[command](given)) ?? null };
  } catch (error) {
    return { error: String(error.message).slice(0, 2000) };
  }
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin }))
    process.stdout.write(JSON.stringify(await answer(line)) + '\n');
  await commands.stop();
})();
