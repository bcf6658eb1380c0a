import { describe, expect, it } from 'vitest';
import { nearest, withinSteps } from '../../plugins/base/index.ts';
import { matchPaths } from '../../plugins/checks/globs.ts';
import { openPageWork, spending } from '../../plugins/checks/page-work.ts';

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

describe('what is counted while it is done', () => {
  const names = Array.from({ length: 400 }, (_, index) => `name-${index}`);
  const query = { steps: () => 0 };

  it('is the search for what is near, which ends where no steps are left', () => {
    const found = withinSteps(1000, () =>
      ['nane-7', 'nane-8', 'nane-9'].map((name) => nearest(name, names, 400)[0]),
    );
    expect(found).toMatchObject({ value: ['name-7', 'name-8', undefined], isWhole: false });
    expect(withinSteps(10_000, () => nearest('nane-7', names, 1))).toMatchObject({ isWhole: true });
    expect(nearest('nane-7', names, 2)).toEqual(['name-7', 'name-0']);
  });

  it('is looked for no longer in what is further than others', () => {
    const far = names.map((name) => `${name}-of-a-longer-one`);
    const { steps } = withinSteps(10_000, () => nearest('name-7', ['name-1', 'name-2', 'name-3', ...far]));
    expect(steps).toBeLessThan(50);
  });

  it('is a path with wildcards; one without is looked up', () => {
    const paths = names.map((name) => `K8s/${name}/a.yaml`);
    const took = (pattern: string) => withinSteps(10_000, () => matchPaths(pattern, paths)).steps;
    expect(took('K8s')).toBeLessThan(500);
    expect(
      [took('K8s/name-3'), took('K8s/name-3/a.yaml'), took('K8s/none')].every((steps) => steps < 5),
    ).toBe(true);
    expect(took('K8s/*/a.yaml')).toBeGreaterThanOrEqual(400);
    expect(took('K8s/{name,other}-*/a.yaml')).toBeGreaterThanOrEqual(800);
  });

  it('leaves out a statement that comes to the end of its page, and those after it', () => {
    const work = openPageWork({ run: 3000, page: 1000 }).begin('one.md');
    const ask = () => spending({ work, query }, () => nearest('nane-7', names, 400));
    expect([ask().ok, ask().ok]).toEqual([true, true]);
    expect(ask()).toEqual({
      ok: false,
      why: 'it takes more steps of work than the statements of a page may take together',
    });
    expect(ask()).toMatchObject({ ok: false });
  });

  it('is what an expression tells of itself', () => {
    let steps = 0;
    const work = openPageWork({ run: 3000, page: 1000 }).begin('one.md');
    const counting = { steps: () => steps };
    spending({ work, query: counting }, () => {
      steps += 900;
    });
    expect(work.room()).toBeLessThan(101);
  });
});
