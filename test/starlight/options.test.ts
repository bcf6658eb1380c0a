import { AstroError } from 'astro/errors';
import { describe, expect, test } from 'vitest';
import { readOptions } from '../../plugins/starlight/site/plugin-options.ts';

describe('options of the plugin', () => {
  test('have defaults', () => {
    const defaults = { resources: true, rules: false, status: true, untrusted: false };
    expect(readOptions({})).toEqual(defaults);
    const given = { root: '..', docs: undefined, rules: true, errors: { baseline: 'known.json' } };
    expect(readOptions(given)).toEqual({ ...defaults, ...given });
  });

  test.each<[unknown, string, string]>([
    [{ resource: true }, '`plumbline()` has no option `resource`.', 'Did you mean `resources`?'],
    [{ xyzzy: 1 }, '`plumbline()` has no option `xyzzy`.', all()],
    [{ rules: 'yes' }, 'the option `rules` of `plumbline()` takes `true` or `false`, not `"yes"`.', all()],
    [{ root: 1 }, 'the option `root` of `plumbline()` takes a path, not `1`.', all()],
    [
      { errors: 'warm' },
      "the option `errors` of `plumbline()` takes `'fail'`, `'warn'` or `{ baseline: 'FILE' }`, not `\"warm\"`.",
      all(),
    ],
    [{ docs: '' }, 'the option `docs` of `plumbline()` takes a path, not `""`.', all()],
    [
      { root: null, rule: true },
      'the option `root` of `plumbline()` takes a path, not `null`.\n`plumbline()` has no option `rule`.',
      all(),
    ],
    [['..'], '`plumbline()` takes options by their names, not `[".."]`.', all()],
    [null, '`plumbline()` takes options by their names, not `null`.', all()],
  ])('%j', (given, message, hint) => {
    const error = errorOf(() => readOptions(given));
    expect(error).toMatchObject({ name: 'PlumblineConfigError', message, hint, stack: '' });
    expect(error).toBeInstanceOf(AstroError);
  });
});

function all(): string {
  return 'Options of `plumbline()`: `root`, `docs`, `resources`, `rules`, `status`, `untrusted`, `components`, `errors`.';
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
