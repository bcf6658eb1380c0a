/** Our templates against the real Helm's: the same expressions over the same values, in one run. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPackage, sealed, unpack } from '../../plugins/render/engines/binary.ts';
import { renderText } from '../../plugins/template/index.ts';
import { sharedCache } from '../d2/helpers.ts';
import { shareOfDay } from '../fuzz.ts';
import { data, expressions, refused } from './expressions.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-template-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let helm: string;
const runs = process.platform === 'linux' && process.arch === 'x64' && findPackage() !== undefined;
/** What is refused ends Helm, so each is a start of its own: a third of them each day. */
const turn = shareOfDay(refused, 3);
console.log(`helm: ${turn.chosen.length} of ${refused.length} that it refuses (${turn.name})`);
// Helm asks for `missingkey=zero`.
const render = (text: string) =>
  renderText(text, data, { goTemplate: true, goTemplateOptions: ['missingkey=zero'] });

describe.runIf(runs)('real Helm', () => {
  beforeAll(async () => {
    helm = (await unpack(sharedCache, 'helm')) ?? '';
    mkdirSync(join(folder, 'chart/templates'), { recursive: true });
    writeFileSync(join(folder, 'chart/Chart.yaml'), 'apiVersion: v2\nname: expressions\nversion: 0.0.0\n');
    writeFileSync(join(folder, 'chart/values.yaml'), JSON.stringify({ data }));
  }, 60_000);

  it('prints every expression as we do', { timeout: 60_000 }, () => {
    const { texts, error } = askHelm(expressions);
    expect(error).toBe('');
    const wrong = expressions.flatMap((expression, index) => {
      const ours = render(expression);
      const text = ours.ok ? ours.value : `error: ${ours.why}`;
      return text === texts[index] ? [] : [{ expression, helm: texts[index], ours: text }];
    });
    console.log(`helm: ${expressions.length} expressions, ${expressions.length - wrong.length} alike`);
    expect(wrong).toEqual([]);
  });

  it.each(turn.chosen)('refuses %s as we do', { timeout: 20_000 }, (expression) => {
    const ours = render(expression);
    const words = ours.ok ? `rendered ${ours.value}` : (ours.why.split(/base:\d+: |>: /).at(-1) ?? '');
    expect(words).not.toBe('');
    expect(askHelm([expression]).error).toContain(words);
  });
});

/**
 * A named template called with the values has them as `.` and `$`; base 64 keeps Helm from reading the
 * output.
 */
function askHelm(templates: readonly string[]): { texts: string[]; error: string } {
  const defined = templates.map((text, index) => `{{ define "e${index}" }}${text}{{ end }}`);
  const called = templates.map((_, index) => `r${index}: "{{ include "e${index}" .Values.data | b64enc }}"`);
  writeFileSync(join(folder, 'chart/templates/_defined.tpl'), defined.join(''));
  writeFileSync(join(folder, 'chart/templates/out.yaml'), `${called.join('\n')}\n`);
  const { stdout, stderr } = spawnSync(helm, ['template', 'x', join(folder, 'chart')], {
    env: sealed(folder),
    encoding: 'utf8',
  });
  const found = new Map(
    [...stdout.matchAll(/^r(\d+): "?([^"\n]*)"?$/gm)].map(([, index, text]) => [index, text]),
  );
  const texts = templates.map((_, index) => Buffer.from(found.get(String(index)) ?? '', 'base64').toString());
  return { texts, error: stderr };
}
