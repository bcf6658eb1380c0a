import type { Platform } from '../platform/index.ts';
import { isKind, referenceForm } from './reference-form.ts';

/** What inline code states, if anything: a path under the manifest roots, or a reference to a resource. */
export function inlineStatement(text: string, platform: Platform): 'path' | 'reference' | null {
  if (isPath(text, platform)) return 'path';
  const kind = /^[^/.]*/.exec(text)?.[0] ?? '';
  return referenceForm.test(text) && isKind(kind, platform.model) ? 'reference' : null;
}

function isPath(text: string, platform: Platform): boolean {
  const slash = text.indexOf('/');
  if (slash <= 0 || /[\s\\]|:\/\//.test(text) || text.includes('//')) return false;
  const roots = rootsOf(platform);
  return roots.some((root) => text.startsWith(`${root}/`));
}

/** The manifest roots; where the root is the repository itself, its top folders that hold manifests. */
function rootsOf(platform: Platform): string[] {
  const known = roots.get(platform);
  if (known) return known;
  const paths = platform.model.layers.flatMap((layer) => layer.paths).map((path) => path.replace(/\/+$/, ''));
  const whole = paths.some((path) => path === '' || path === '.');
  const folders = whole
    ? [...platform.sources.files.values()]
        .filter((file) => file.path.includes('/') && file.role !== 'other')
        .map((file) => file.path.slice(0, file.path.indexOf('/')))
    : [];
  const found = [...new Set([...paths.filter((path) => path !== '' && path !== '.'), ...folders])];
  roots.set(platform, found);
  return found;
}

const roots = new WeakMap<Platform, string[]>();
