import type { D2Input } from '../d2/index.ts';

/**
 * A D2 text with the drawings that it imports from the model put in their place, so that it stands alone and changes when they do.
 * The site's classes are left out: without them D2 draws plain shapes.
 */
export function standalone({ source, files }: D2Input): string {
  return source
    .split('\n')
    .flatMap((line) => {
      const use =
        /^(\s*)(?:\.\.\.|(.*?):\s*)@(?:"(gitops\/[^"]+)"|'(gitops\/[^']+)'|(gitops\/[\w/-]+))\s*$/.exec(line);
      if (!use) return [line];
      const [, indent = '', key, ...names] = use;
      const name = names.find((one) => one !== undefined) ?? '';
      if (name === 'gitops/classes') return [];
      const text = files[`${name}.d2`];
      if (text === undefined) return [line];
      const body = text.split('\n').filter((one) => !/^\s*\.\.\.@(?:gitops\/)?classes\s*$/.test(one));
      const inner = (more: string) =>
        body
          .map((one) => (one === '' ? one : `${indent}${more}${one}`))
          .join('\n')
          .trim();
      return key === undefined
        ? [`${indent}${inner('')}`]
        : [`${indent}${key}: {`, `${indent}  ${inner('  ')}`, `${indent}}`];
    })
    .join('\n');
}
