import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listAt, objectAt } from '../../plugins/base/json-value.ts';
import { isGlobPath, resolveValueFiles } from '../../plugins/model/argocd/sources/value-files.ts';
import { differ, type Operation, runVectors } from './run.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

describe('Helm value files', () => {
  it('are found as upstream finds them', () => {
    const operations: Record<string, Operation> = {
      isGlob: ({ input, expected }) => differ(expected.glob, isGlobPath(text(input.path))),
      '-': ({ input, expected }) => {
        const links = Object.entries(objectAt(input, 'symlinks'));
        const targets = links.map(
          ([path, target]) => [path, posix.join(posix.dirname(path), text(target))] as const,
        );
        const result = resolveValueFiles({
          appPath: text(input.appPath),
          files: new Set([...listAt(input, 'repo').map(text), ...links.map(([path]) => path)]),
          refs: new Map(
            Object.entries(objectAt(input, 'refs')).map(([key, files]) => [
              key,
              Array.isArray(files) ? new Set(files.map(text)) : null,
            ]),
          ),
          environment: objectAt(input, 'env') as Record<string, string>,
          valueFiles: listAt(input, 'valueFiles').map(text),
          ignoreMissing: input.ignoreMissingValueFiles === true,
          outside: new Set(targets.filter(([, target]) => target.startsWith('..')).map(([path]) => path)),
          ...(Array.isArray(input.allowedSchemes) ? { schemes: input.allowedSchemes.map(text) } : {}),
        });
        if ('error' in result) {
          const words = listAt(expected, 'errorContains').map(text);
          const wanted = expected.error === true || expected.errorContains !== undefined;
          return wanted && words.every((word) => result.error.includes(word)) ? null : result.error;
        }
        return differ(
          expected.result,
          result.files.map(({ repository, path }) => (repository === '' ? path : `${repository}:${path}`)),
        );
      },
    };
    expect(runVectors('argocd/app-value-files.json', operations)).toEqual({ failures: [], ran: 39 });
  });
});
