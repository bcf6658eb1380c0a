import type { Platform } from '../../plugins/platform/index.ts';

/** Whether a platform was read as another process made it: its files are parsed when they are asked for. */
export function isRecalled({ sources }: Platform): boolean {
  const [file] = sources.files.values();
  return file !== undefined && Object.getOwnPropertyDescriptor(file, 'text')?.get !== undefined;
}
