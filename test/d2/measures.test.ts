import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { D2 } from '@terrastruct/d2';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { openPatience } from '../../plugins/base/index.ts';
import { createPool } from '../../plugins/d2/pool.ts';
import { blankFont } from '../../plugins/d2/worker/blankFont.ts';
import { engineCode } from '../../plugins/d2/worker/engine-code.ts';
import { engineDirectory } from '../../plugins/d2/worker/engine-files.ts';

const own = new D2();
afterAll(() => (own as unknown as { worker: { terminate(): void } }).worker.terminate());
const defaults = { themeID: 0, darkThemeID: 200, pad: 8 };

test('the code of the installed D2 is the one that is known', () => {
  const [own, changed] = [readFileSync(join(engineDirectory(), 'd2.wasm')), engineCode(engineDirectory())];
  expect(changed.length).toBe(own.length);
  expect(changed.filter((byte, at) => byte !== own[at])).toHaveLength(1);
});

test('D2 measures texts of all kinds and sizes as it does itself', async () => {
  const patience = openPatience({ each: 60_000, quick: 5000, together: 60_000 });
  const pool = createPool({ size: 1, patience });
  onTestFinished(() => pool.dispose());
  for (const layout of ['dagre', 'elk'] as const) {
    const theirs = await own.compile({ fs: { index: texts }, options: { layout, sketch: false } });
    const svg = await own.render(theirs.diagram, { ...defaults, noXMLTag: true });
    const ours = await pool.draw({ input: { source: texts, files: {}, layout }, defaults });
    expect(measuresOf(svg).length).toBeGreaterThan(200);
    expect(measuresOf(ours.drawing?.svg ?? '')).toEqual(measuresOf(svg));
  }
});

test('D2 embeds the blank font whole, as it cannot cut it', async () => {
  // D2.js says bytes, and takes what its compiler does.
  const font = blankFont() as unknown as Uint8Array;
  const fonts = { fontRegular: font, fontItalic: font, fontBold: font, fontSemibold: font };
  const { diagram } = await own.compile({ fs: { index: 'a -> b: c' }, options: fonts });
  const svg = await own.render(diagram, defaults);
  const embedded = [...svg.matchAll(/url\("data:application\/font-woff;base64,([^"]+)"\)/g)].map(
    ([, data = '']) => Buffer.from(data, 'base64'),
  );
  expect(embedded.length).toBeGreaterThan(1);
  // D2 makes the table of characters anew in what it cuts, and two bytes longer.
  for (const woff of embedded) expect(woff.readUInt32BE(woff.indexOf('cmap') + 12)).toBe(36);
});

/** Where everything is drawn, and how large. */
function measuresOf(svg: string): string[] {
  return [...svg.matchAll(/ (?:x|y|width|height|d|cx|cy|rx|ry|points|transform|viewBox)="[^"]*"/g)].map(
    ([attribute]) => attribute,
  );
}

const sizes = [8, 9, 11, 12, 13, 15, 17, 21, 33, 55, 100];
const texts = `
a: Ämter, naïve ﬁ Łódź — “quoted” AVATAR To Wa Yo {
  b: tab\\tand\\nline { c: deeper { d: deepest; e: 表 かな 한국 🚀 } }
}
■ □ ◆ -> a.b.c.e: with ● and ○ in it { style.italic: true }
md: |md
  # Title
  Some **bold**, *italic*, \`code\` and [a link](https://example.org)
  - é ü ß
|
code: |go
  func main() { fmt.Println("∀") }
|
t: { shape: sql_table; id: int {constraint: primary_key}; näme: varchar }
k: { shape: class; +field: "[]string"; method(a uint64): (x, y int) }
s: { shape: sequence_diagram; one -> two: asks; two -> one: answers { style.bold: true } }
p: { shape: text; label: plain text; style.font: mono }
u: { style.underline: true; tooltip: told; link: https://example.org }
${sizes.map((size) => `n${size}: Size ${size} ÄÖ { style.font-size: ${size}; style.bold: ${size % 2 === 0} }`).join('\n')}
`;
