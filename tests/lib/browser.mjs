// A real Chromium, driven by playwright-core, as a phone or as a desk.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };

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
  const page = await context.newPage();
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

// Until the page has what it asked for, and nothing moves.
export async function settle(page) {
  await page.waitForLoadState('networkidle');
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.ant-skeleton-active, .ant-spin-spinning').length === 0);
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  );
}

export async function picture(page, name) {
  const folder = process.env.JINHUAN_ARTIFACTS;
  if (!folder) return;
  mkdirSync(path.join(folder, 'pictures'), { recursive: true });
  await page.screenshot({ path: path.join(folder, 'pictures', `${name}.png`) });
}

// What axe finds wrong on a page, one line each.
export async function accessibilityFaults(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target }) => `${new URL(page.url()).pathname}: ${id} (${impact}) at ${target}`),
  );
}

// A page that scrolls sideways on a phone, or text that its box cuts off.
export const clippedText = (page) =>
  page.evaluate(() => {
    const faults = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`${location.pathname}: scrolls sideways`);
    for (const element of document.querySelectorAll('button, a, h1, h2, h3, label, .tag')) {
      const style = getComputedStyle(element);
      const cuts = style.overflowX !== 'visible' && element.clientWidth > 1;
      if (cuts && element.scrollWidth > element.clientWidth + 1) {
        faults.push(`${location.pathname}: “${element.textContent.slice(0, 30)}” is cut off`);
      }
    }
    return faults;
  });
