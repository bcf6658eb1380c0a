import type { Ending } from '../engines/find-engine.ts';

/**
 * What a failure of the file system says of a rendering, which is nothing of the manifests: a file vanished
 * while it was read, or there is no room for the copy that an engine runs over. Anything else is thrown on.
 */
export function fileFailure(error: unknown): { ok: false; message: string } & Ending {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^E[A-Z0-9]+$/.test(code)) throw error;
  const message = /^(ENOSPC|EDQUOT|EROFS)$/.test(code)
    ? `the folder for temporary files has no room for the copy that is rendered (${code}; TMPDIR can name another)`
    : `a file could not be read or copied while it was rendered (${code})`;
  return { ok: false, message, lasting: false, interrupted: true };
}
