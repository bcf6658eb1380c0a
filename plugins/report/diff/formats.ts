import type { PlatformDiff } from '../../engine/index.ts';
import { diffMarkdown } from './markdown.ts';
import { diffText } from './text.ts';
import type { DiffIo } from './types.ts';

/** Every format of `diff`, by its name on the command line. */
export const diffFormats = {
  pretty: diffText,
  markdown: (diff: PlatformDiff, io: DiffIo) => diffMarkdown(diff, io),
  json: (diff: PlatformDiff) => `${JSON.stringify(diff, null, 2)}\n`,
} as const satisfies Record<string, (diff: PlatformDiff, io: DiffIo) => string>;

export type DiffFormat = keyof typeof diffFormats;
