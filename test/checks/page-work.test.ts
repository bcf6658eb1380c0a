import { describe, expect, it } from 'vitest';
import { openPageWork } from '../../plugins/checks/page-work.ts';

const open = () => openPageWork({ run: 100, page: 60 });

describe('the work of pages', () => {
  it('leaves out what is too much for a page, or for all of them, and nothing else', () => {
    const work = open();
    const one = work.begin('one.md');
    expect(one.take(50)).toBeNull();
    expect(one.take(11)).toMatch(/about 11 steps of work.*of a page.* 10 are left/);
    expect(one.take(10)).toBeNull();
    const two = work.begin('two.md');
    expect(two.take(41)).toMatch(/of all pages.* 40 are left/);
    expect(two.take(40)).toBeNull();
    expect(two.take(1)).not.toBeNull();
    expect(two.take(Number.NaN)).not.toBeNull();
  });

  it('that is known only afterwards leaves nothing for what comes next', () => {
    const work = open();
    const one = work.begin('one.md');
    one.spend(70);
    expect(one.take(1)).toMatch(/of a page.* 0 are left/);
    expect(work.begin('two.md').take(31)).toMatch(/of all pages.* 30 are left/);
  });

  it('of a page that is judged again is counted once', () => {
    const work = open();
    for (let time = 0; time < 9; time += 1) expect(work.begin('one.md').take(60)).toBeNull();
    expect(work.begin('two.md').take(60)).not.toBeNull();
    work.clear();
    expect(work.begin('two.md').take(60)).toBeNull();
  });
});
