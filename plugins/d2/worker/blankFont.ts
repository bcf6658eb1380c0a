/**
 * A TrueType font with one empty glyph, 300 bytes, as base64. D2 cuts four fonts to size for every drawing, a
 * third of its time, and the site throws them away, because it serves the fonts once; cutting this one costs
 * nothing. Sizes are still measured in D2's own fonts.
 *
 * D2 would also compress each table of each font by itself, with a megabyte to do it in: a sixth of its time.
 * Where a font that it has cut does not add up, it takes the whole one, which it has compressed once. So
 * `prep` is the first byte of `gasp`: D2 sums up `gasp`, then pads `prep` where it lies, over the rest of
 * `gasp`.
 */
export function blankFont(): string {
  const tables: [string, number[]][] = [
    // One segment that maps nothing but U+FFFF, in the format that D2 reads (4, Unicode BMP).
    ['cmap', words(0, 1, 3, 1, 0, 12, 4, 24, 0, 2, 2, 0, 0, 0xffff, 0, 0xffff, 1, 0)],
    ['gasp', words(0x0101, 0x0101)],
    ['glyf', words(0, 0)],
    [
      'head',
      [
        ...words(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000),
        ...zeros(16),
        ...words(0, 0, 0, 0, 0, 8, 2, 0, 0),
      ],
    ],
    ['hhea', [...words(1, 0, 800, 0, 0, 500), ...zeros(22), ...words(1)]],
    ['hmtx', words(500, 0)],
    ['loca', words(0, 0)],
    ['maxp', [...words(1, 0, 1), ...zeros(26)]],
    ['post', [...words(3, 0), ...zeros(28)]],
  ];
  const count = tables.length + 1;
  let offset = 12 + count * 16;
  const directory = words(1, 0, count, 128, 3, 32);
  const data: number[] = [];
  for (const [tag, bytes] of tables) {
    const padded = [...bytes, ...zeros((4 - (bytes.length % 4)) % 4)];
    const entry = (name: string, length: number) =>
      directory.push(...Buffer.from(name), ...long(checksum(padded)), ...long(offset), ...long(length));
    entry(tag, bytes.length);
    if (tag === 'gasp') entry('prep', 1);
    data.push(...padded);
    offset += padded.length;
  }
  return Buffer.from([...directory, ...data]).toString('base64');
}

function checksum(bytes: number[]): number {
  const view = Buffer.from(bytes);
  let sum = 0;
  for (let at = 0; at < view.length; at += 4) sum = (sum + view.readUInt32BE(at)) >>> 0;
  return sum;
}

function words(...values: number[]): number[] {
  return values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]);
}

function long(value: number): number[] {
  return words(value >>> 16, value & 0xffff);
}

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}
