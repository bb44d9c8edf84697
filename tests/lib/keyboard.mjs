// A person who has a keyboard and nothing else.

import assert from 'node:assert/strict';

export class Keyboard {
  // How often something was done with Enter, which is what a click is to others.
  acts = 0;

  constructor(page) {
    this.page = page;
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  // Tabs to the one element that `target` names; `back` is the shorter way to what
  // stands at the end of the page.
  async to(target, { back = false } = {}) {
    await target.waitFor();
    const isThere = () => target.evaluate((element) => element === document.activeElement);
    for (let i = 0; i < 400; ++i) {
      if (await isThere()) return assert.ok(await isSeen(target), 'what has the focus does not show it');
      await this.press(back ? 'Shift+Tab' : 'Tab');
    }
    assert.fail(`${target} is not in reach of the Tab key`);
  }

  async act(target, options) {
    await this.to(target, options);
    await this.press('Enter');
    ++this.acts;
  }

  // Types over what the field has.
  async type(target, text) {
    await this.to(target);
    await this.press('Control+A');
    await this.page.keyboard.type(text);
  }

  async signIn({ login, password }) {
    await this.page.goto('/');
    await this.type(this.page.getByTestId('login'), login);
    await this.type(this.page.getByTestId('password'), password);
    await this.press('Enter');
    await this.page.getByTestId('sign-in').waitFor({ state: 'detached' });
  }

  // The elder look, by its switch in the header.
  async chooseElder() {
    await this.to(this.page.getByTestId('toggle-elder'));
    await this.press('Enter');
    await this.page.locator('html[data-elder=true]').waitFor();
  }
}

// Whether it is on the screen, and drawn otherwise than without the focus.
const isSeen = (target) =>
  target.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom <= 0 || top >= innerHeight) return false;
    const styles = (one) => [one.outlineStyle, one.outlineWidth, one.boxShadow, one.borderColor].join();
    // An input in a frame of its own shows it on the frame.
    const shown = [element, element.parentElement].map((one) => styles(getComputedStyle(one)));
    element.blur();
    const without = [element, element.parentElement].map((one) => styles(getComputedStyle(one)));
    element.focus();
    return shown.join() !== without.join();
  });
