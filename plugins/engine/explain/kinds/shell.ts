import type { Resource } from '../../../model/index.ts';

/**
 * Words as a line that a POSIX shell reads back as these words; null where one holds what no line can, such
 * as a line's end, or would be read as an option.
 * @param words the first is the program; those that begin with `-` are options of ours.
 */
export function shellLine(...words: (string | Named)[]): string | null {
  const written = words.map((word) => (typeof word === 'string' ? word : quoted(word.name)));
  return written.includes(null) ? null : written.join(' ');
}

/** A name that the repository gives, which may hold anything. */
export function named(name: string): Named {
  return { name };
}

/** `-n cicd secret/chat-webhook`, as kubectl takes it; with the group where another may have such a kind. */
export function kubectlTarget({ kind, group, namespace, name }: Target): (string | Named)[] {
  const type = isCore(group) ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
  return [...inNamespace(namespace), named(`${type}/${name}`)];
}

export function inNamespace(namespace: string | null): (string | Named)[] {
  return namespace === null ? [] : ['-n', named(namespace)];
}

function quoted(name: string): string | null {
  if (name === '' || name.startsWith('-') || /\p{C}|[\u2028\u2029]/u.test(name)) return null;
  return /^[\w@%+=:,./-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}

/** Groups of which no other has a kind of the same name. */
function isCore(group: string): boolean {
  return (
    ['', 'apps', 'batch', 'autoscaling', 'policy'].includes(group) || group === 'rbac.authorization.k8s.io'
  );
}

interface Named {
  name: string;
}

type Target = Pick<Resource, 'kind' | 'group' | 'namespace' | 'name'>;
