import { dirname } from 'node:path';
import { isMisspelt, nearest } from '../../../base/index.ts';
import type { Resource } from '../../../model/index.ts';
import { type DiagnosticOf, isKustomizationPath, type Place, wholeFile } from '../../../source/index.ts';
import { type MissingPath, nearestPaths } from '../../commands/command-paths.ts';
import type { About, CommandWord, Search } from '../../commands/types.ts';
import { type Details, diagnose, suggestion } from '../../diagnose.ts';
import { sourceOf } from '../../subjects.ts';
import type { PageRule } from '../rule.ts';

export const commandUnknown = {
  name: 'command-unknown',
  about: 'page',
  severity: 'error',
  title: 'a command names what there is not',
  explain: `Commands in shell fences, and in fences without a language that begin with a prompt or one of these programs, are looked up, never run: the kinds, names, namespaces and folders that \`kubectl\`, \`argocd\`, \`helm\` and \`kustomize\` are given must be those of the repository, so that whoever is on call can trust what they copy. A path such as \`.\` is that of a \`cd\` of the same fence, and not asked without one; a \`cd\` into a folder of manifests that is not there is told, unless the page may make the folder; a URL of this repository is its folder. A kind one letter from a known one (\`deplyment\`) is told; of any other that is not known nothing is. Gaps such as \`<name>\` or \`$APP\`, Pods and other things that controllers make, and what the page itself creates are not asked for.`,
  silent: `The command is *not verified* instead:

- where something unread may have brought the name into that namespace: a chart, a base, a failed build, an ApplicationSet, Argo CD's own installation, a policy that generates resources, a controller of something with a similar name, or what the page itself installs;
- where the name is near to none and no Application says what is deployed, or nothing of the repository runs in its namespace.

Says nothing about files that Git ignores, what the page shows in a manifest, makes itself or has its reader make, charts of registries, and commands that name a cluster of their own.`,
  failing: `\`\`\`sh
kubectl -n shop rollout restart deployment/carts
\`\`\`
`,
  mended: `\`\`\`sh
kubectl -n shop rollout restart deployment/cart
\`\`\`
`,
  fixable: true,
} as const satisfies PageRule;

/** A kind that nobody knows, and that is another one misspelt. */
export function missingKind(
  about: About,
  word: CommandWord,
  candidates: string[],
): DiagnosticOf<'command-unknown'> {
  return fault(about, word, {
    message: `there is no kind \`${word.text}\``,
    expected: 'a kind of Kubernetes, of a known project or of the manifests, by one of its names',
    actual: `\`${word.text}\``,
    candidates,
    help: suggestion(candidates),
  });
}

/** A resource that nobody declares, among what was searched. */
export function missingResource(
  about: About,
  word: CommandWord,
  kind: string,
  candidates: string[],
  { namespace, inside, ofKind }: Search,
): DiagnosticOf<'command-unknown'> {
  const { platform } = about;
  const { text } = word;
  const near = candidates.flatMap((name) => [...inside, ...ofKind].find((one) => one.name === name) ?? []);
  const namesake = platform.model.resources.find(
    (one) => one.name === text && (namespace === null || one.namespace === namespace),
  );
  const where = namespace === null ? '' : ` in namespace \`${namespace}\``;
  const names = inside.map(({ name }) => name);
  return fault(about, word, {
    message: `there is no ${kind} \`${text}\`${where}`,
    expected: `the name of ${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind} that the manifests declare`,
    actual: `searched ${inside.length} of kind ${kind}${where}${namesake ? `; \`${platform.referenceOf(namesake)}\` has the name` : ''}`,
    candidates,
    sources: near.map((one) => sourceOf(platform, one, 'nearest', ['metadata', 'name'])),
    help: suggestion(candidates, names) ?? 'correct the name, or take the command out',
  });
}

/** A resource that is in another namespace than the one that the command gives. */
export function wrongNamespace(
  about: About,
  given: CommandWord,
  { elsewhere }: Search,
): DiagnosticOf<'command-unknown'> {
  const { platform } = about;
  const namespace = given.text;
  const [one] = elsewhere;
  const candidates = [...new Set(elsewhere.flatMap((resource) => resource.namespace ?? []))].sort();
  const details = {
    message: `${one?.kind} \`${one?.name}\` is in namespace \`${candidates.join('`, `')}\`, not in \`${namespace}\``,
    expected: `the namespace of ${one ? `\`${platform.referenceOf(one)}\`` : 'the resource'}`,
    actual: `\`${namespace}\``,
    candidates,
    sources: elsewhere.map((resource) => sourceOf(platform, resource, 'declared here', ['metadata', 'name'])),
    help: suggestion(candidates),
  };
  return fault(about, given, details, true);
}

/** A namespace that no manifest declares or uses. */
export function missingNamespace(
  about: About,
  word: CommandWord,
  known: ReadonlyMap<string, Resource | null>,
): DiagnosticOf<'command-unknown'> {
  const { platform } = about;
  const name = word.text;
  const candidates = nearest(name, known.keys());
  const near = candidates.flatMap((candidate) => known.get(candidate) ?? []);
  return fault(about, word, {
    message: `no manifest declares or uses a namespace \`${name}\``,
    expected: 'a namespace of the platform',
    actual: `searched ${known.size} namespaces`,
    candidates,
    sources: near.map((resource) => sourceOf(platform, resource, 'nearest', ['metadata', 'name'])),
    help: suggestion(candidates, [...known.keys()].sort()) ?? 'correct the name, or declare the namespace',
  });
}

/** A release that no chart of the repository is installed as, and that looks misspelt. */
export function missingRelease(
  about: About,
  word: CommandWord,
  candidates: string[],
  releases: ReadonlyMap<string, Place>,
): DiagnosticOf<'command-unknown'> {
  const near = candidates.flatMap((one) => releases.get(one) ?? []);
  return fault(about, word, {
    message: `no chart of the repository is installed as \`${word.text}\``,
    expected: 'the name of a release',
    actual: `searched ${releases.size} releases`,
    candidates,
    sources: near.map((place) => ({ ...place, resource: null, path: null, role: 'nearest', via: [] })),
    help: suggestion(candidates),
  });
}

/** What is wrong with a path that is not there. */
export function missingFile(
  about: About,
  { path, word, lacks }: MissingPath,
): DiagnosticOf<'command-unknown'> {
  const { platform } = about;
  const files = [...platform.sources.files.keys()];
  if (lacks === 'kustomization') {
    const inside = files.filter(isKustomizationPath).map((file) => dirname(file));
    const candidates = inside.filter((folder) => folder.startsWith(`${path}/`)).slice(0, 3);
    return fault(about, word, {
      message: `\`${word.text}\` holds no kustomization`,
      expected: 'a folder with a `kustomization.yaml`',
      actual: `\`${path}\` has none`,
      candidates,
      help: suggestion(candidates) ?? 'name a folder that has one, or give the files with `-f`',
    });
  }
  const candidates = nearestPaths(path, files);
  return fault(about, word, {
    message: `\`${word.text}\` does not exist`,
    expected: 'a file or folder of the repository',
    actual: `searched ${files.length} files`,
    candidates,
    sources: candidates
      .filter((candidate) => platform.sources.files.has(candidate))
      .map((file) => wholeFile(file, 'nearest')),
    help: suggestion(candidates) ?? 'correct the path, or take the command out',
  });
}

/**
 * A word of a command that names nothing. `certain`: where there is one candidate, it is what was meant,
 * however far it is.
 */
function fault(
  { statement }: About,
  word: CommandWord,
  details: Details,
  certain = false,
): DiagnosticOf<'command-unknown'> {
  const [only, ...others] = details.candidates ?? [];
  const isMeant = only !== undefined && others.length === 0 && (certain || isMisspelt(word.text, only));
  return diagnose(commandUnknown, {
    about: `${statement.program} ${statement.words.map(({ text }) => text).join(' ')}|${word.text}`,
    page: word.place,
    ...details,
    ...(isMeant && isWhole(word) ? { fix: { replacement: only } } : {}),
  });
}

/** True where the place holds the word and nothing else, so that another can stand there. */
function isWhole({ text, place }: CommandWord): boolean {
  return place.line === place.endLine && place.endColumn - place.column === text.length;
}
