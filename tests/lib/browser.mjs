// A real Chromium, driven by playwright-core, as a phone or as a desk.

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };

// How long, in milliseconds, a page is waited for, on machines that do much besides.
const PATIENCE = 60e3;

// A new profile each time (playwright's own, removed afterwards).
export const launch = () =>
  chromium.launch({
    executablePath: process.env.JINHUAN_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

// A page as a person of `login` has it after signing in.
export async function openAs(browser, suite, login, viewport) {
  const phone = viewport.width < 600;
  const context = await browser.newContext({
    viewport,
    hasTouch: phone,
    isMobile: phone,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    baseURL: suite.http,
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  watchTraffic(page);
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(`${page.url()}: ${error.message}`));
  if (login) await signIn(page, suite.account(login));
  return page;
}

export async function signIn(page, { login, password }) {
  await page.goto('/');
  await page.getByTestId('login').fill(login);
  await page.getByTestId('password').fill(password);
  await page.getByTestId('sign-in').click();
  await page.getByTestId('sign-in').waitFor({ state: 'detached' });
}

const QUIET = 500;
const isStream = (request) => request.headers()['content-type']?.startsWith('application/connect+') ?? false;

// How many requests of a page are under way, and since when that is so; streams, which do not
// end, don't count.
function watchTraffic(page) {
  page.traffic = { open: new Set(), since: Date.now() };
  const note = (change) => (request) => {
    if (isStream(request)) return;
    page.traffic.open[change](request);
    page.traffic.since = Date.now();
  };
  page.on('request', note('add'));
  page.on('requestfinished', note('delete'));
  page.on('requestfailed', note('delete'));
}

// Until the page has what it asked for, and nothing moves.
export async function settle(page) {
  await page.waitForLoadState('load');
  const { traffic } = page;
  const patience = Date.now() + PATIENCE;
  const asks = () => traffic.open.size > 0 || Date.now() - traffic.since < QUIET;
  for (;;) {
    // A page that is quiet may be busy with what came, and ask for more.
    if (!asks()) await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    if (!asks()) break;
    if (Date.now() > patience) throw new Error(`${page.url()} still asks for ${[...traffic.open].map((one) => one.url())}`);
    await page.waitForTimeout(50);
  }
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.ant-skeleton-active, .ant-spin-spinning').length === 0);
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  );
}

// Makes the pages race: what they send to `method` waits until all of them have.
export async function sendAtOnce(pages, method) {
  let sent = 0;
  let release;
  const all = new Promise((resolve) => (release = resolve));
  for (const page of pages) {
    await page.route(`**/${method}`, async (route) => {
      if (++sent === pages.length) release();
      await all;
      await route.continue();
    });
  }
}

export async function picture(page, name) {
  const folder = process.env.JINHUAN_ARTIFACTS;
  if (!folder) return;
  mkdirSync(path.join(folder, 'pictures'), { recursive: true });
  await page.screenshot({ path: path.join(folder, 'pictures', `${name}.png`) });
}

// What a phone reads from the QR code that `target` shows, by its picture alone.
export async function scan(target) {
  await target.waitFor();
  const input = await target.screenshot();
  return execFileSync('zbarimg', ['--quiet', '--raw', '--nodbus', '-'], { input, encoding: 'utf8' }).trim();
}

// Changes how the page looks ({ dark, elder }), as its reader does in the header.
export async function look(page, wanted) {
  for (const [name, on] of Object.entries(wanted)) {
    const attribute = { dark: ['data-theme', 'dark'], elder: ['data-elder', 'true'] }[name];
    const is = (await page.locator('html').getAttribute(attribute[0])) === attribute[1];
    if (is !== on) await page.getByTestId(`toggle-${name}`).first().click();
  }
  await settle(page);
}

// What axe finds wrong on a page, one line each.
export const accessibilityFaults = (page) => axeFaults(page, (axe) => axe);

// The same for what another look may break: the rest is as it was.
export const lookFaults = (page) =>
  axeFaults(page, (axe) => axe.withRules(['color-contrast', 'scrollable-region-focusable']));

async function axeFaults(page, choose) {
  // Legacy mode leaves frames of other origins out, which we have none of, and so
  // needs no second page.
  const { violations } = await choose(new AxeBuilder({ page }).setLegacyMode()).analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target }) => `${new URL(page.url()).pathname}: ${id} (${impact}) at ${target}`),
  );
}

// A page that scrolls sideways on a phone, or text that a box cuts off. Whole lines may
// be left out (-webkit-line-clamp) where a title says them.
export const clippedText = (page) =>
  page.evaluate(() => {
    const faults = new Set();
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.add(`${location.pathname}: scrolls sideways`);
    const fault = (text) => faults.add(`${location.pathname}: “${text.trim().slice(0, 30)}” is cut off`);
    for (const element of document.querySelectorAll('button, a, h1, h2, h3, label, .tag')) {
      const cuts = getComputedStyle(element).overflowX !== 'visible' && element.clientWidth > 1;
      if (cuts && element.scrollWidth > element.clientWidth + 1) fault(element.textContent);
    }

    // Whether `box` shows a line of text in part only. A line is higher than its letters.
    const cut = (line, box, clamped) => {
      const slack = line.height / 4;
      if (clamped && line.top > box.bottom - slack) return false;
      return (
        line.left < box.left - 1 || line.right > box.right + 1 || line.top < box.top - slack || line.bottom > box.bottom + slack
      );
    };
    const range = document.createRange();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.data.trim() || text.parentElement.closest('script, style, [aria-hidden="true"]')) continue;
      range.selectNodeContents(text);
      const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
      for (let element = text.parentElement; element; element = element.parentElement) {
        const { overflowX, overflowY, webkitLineClamp } = getComputedStyle(element);
        if (/auto|scroll/.test(overflowX + overflowY)) break; // it can be scrolled to
        if (!/hidden|clip/.test(overflowX + overflowY)) continue;
        const box = element.getBoundingClientRect();
        if (box.width <= 1 || box.height <= 1) break; // for screen readers alone
        const clamped = webkitLineClamp !== 'none' && element.closest('[title]') !== null;
        if (lines.some((line) => cut(line, box, clamped))) fault(text.data);
      }
    }
    return [...faults];
  });
