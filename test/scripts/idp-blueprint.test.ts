import { describe, expect, test } from 'vitest';
import type { Report } from '../../plugins/engine/index.ts';
import { corpus, seedPages as docs, isPresent } from '../corpus.ts';
import { plumbline } from './cli.ts';

/**
 * A platform of somebody else, and the page about it as its authors wrote it: nothing in either was made for
 * this tool.
 */
const root = corpus('idp-blueprint');

describe.skipIf(!isPresent(root) || !isPresent(docs))('a real repository with its own page', () => {
  test('says what is wrong with it, where, and cries no wolf', async () => {
    const { code, stdout, stderr } = await plumbline([
      'check',
      '--root',
      root,
      '--docs',
      docs,
      '--format',
      'json',
    ]);
    expect(stderr).toBe('');
    const report: Report = JSON.parse(stdout);
    const text = (file: string) =>
      report.diagnostics.filter(({ sources }) => sources.some((source) => source.file === file));

    const [missing, ...others] = text('IT/argocd/kustomization.yaml');
    expect(missing?.severity).toBe('error');
    expect(missing?.message).toContain('appproject-platform.yaml');
    expect(missing?.sources).toContainEqual(
      expect.objectContaining({ file: 'IT/argocd/kustomization.yaml', line: 8 }),
    );
    expect(others).toEqual([]);
    expect(code).toBe(1);

    // `${…}` is filled in by the repository's own bootstrap: unknown, and therefore neither wrong nor
    // forbidden.
    const wolves = report.diagnostics.filter(
      ({ severity, message, actual }) => severity === 'error' && /\$\{/.test(`${message}${actual}`),
    );
    expect(wolves).toEqual([]);

    // Every diagnostic has a place that a person can open.
    for (const { page, sources, message } of report.diagnostics) {
      expect(
        [page, ...sources].some((place) => place !== null && place.line >= 1),
        message,
      ).toBe(true);
    }
    console.log(
      `idp-blueprint: ${report.diagnostics.length} diagnostics, ${report.unverified.length} not verified`,
    );
  });
});
