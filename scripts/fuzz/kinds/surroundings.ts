import { parse } from 'yaml';
import type { Random } from '../random.ts';
import type { Files } from '../repository.ts';
import { reshape, written } from '../shapes.ts';
import { encoded, mutated } from '../text.ts';
import { hostileText, marks, names, prototype } from '../words.ts';

/** A `plumbline.yaml` with wrong fields, or written wrongly. */
export function configurations(random: Random): Files {
  const values: unknown[] = [parse(configuration)];
  if (random.chance(0.8)) reshape(values, random);
  const text = random.chance(0.3) ? mutated(configuration, random) : written(values, random);
  return { [random.pick(['plumbline.yaml', 'plumbline.yaml', 'plumbline.yml'])]: encoded(text, random) };
}

/** What Git keeps beside the files, whole and broken. */
export function repositories(random: Random): Files {
  const files: Record<string, string> = {
    '.gitignore': `${random.some(6, () => random.pick(['*.yaml', '!K8s/', '/K8s/**', 'docs', '[', '\\', '**', 'a\\ ', '#', hostileText(random)])).join('\n')}\n`,
    '.gitmodules': '[submodule "x"]\n\tpath = K8s/sub\n\turl = https://x/y\n',
    '.gitattributes': '*.yaml filter=evil diff=evil\n',
    'docs/p.md': '`K8s/none.yaml` `K8s/gone/` `K8s/sub/a.yaml`\n',
    ...random.pick([
      {},
      broken,
      broken,
      { '.git': 'gitdir: ../elsewhere\n' },
      { '.git': 'gitdir: .\n', HEAD: 'x\n' },
    ]),
  };
  for (const path of random.some(2, () => random.pick(Object.keys(files))))
    files[path] = mutated(files[path] ?? '', random);
  return files;
}

/** Names of files and folders, links among them. */
export function fileNames(random: Random): Files {
  const part = () =>
    random
      .pick<() => string>([
        () => random.pick(names),
        () => random.pick(prototype),
        () => `a${random.pick(marks)}b`,
        () => hostileText(random),
        () => 'x'.repeat(random.pick([200, 255, 256])),
        () =>
          random.pick([
            '.hidden',
            'a b',
            '-rf',
            'ä',
            'a\u0308',
            'CON',
            'a.',
            ' a',
            '%41',
            'a:b',
            '$HOME',
            '`id`',
            '*',
            '?',
            '[a]',
            '{a,b}',
            '::error::x',
            'kustomization.yaml',
            'Chart.yaml',
            'node_modules',
          ]),
      ])()
      .replaceAll(/[\0/\ud800-\udfff]/g, '_');
  const content = (name: string) =>
    random.pick([
      configMap.replace('NAME', JSON.stringify(name)),
      configMap.replace('NAME', 'x'),
      'a: [',
      'resources: [a.yaml]\n',
    ]);
  const files: Files = {};
  for (const folder of random.some(4, () =>
    random.pick(['K8s/', 'K8s/', 'docs/', 'src/pages/', 'public/', `K8s/${part()}/`, `docs/${part()}/`]),
  )) {
    const name = part() || 'x';
    if (name === '.' || name === '..') continue;
    const path = `${folder}${name}${random.pick(['', '.yaml', '.yaml', '.md', '.json'])}`;
    files[path] = random.chance(0.2)
      ? { link: random.pick(['.', '..', '../..', 'a.yaml', name, '/etc', 'none', '../docs', '/dev/null']) }
      : path.endsWith('.md')
        ? `# ${name}\n\n[x](${encodeURI(name)}.md) \`${folder}${name}\` ![](${name})\n`
        : content(name);
  }
  return files;
}

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\n';

const broken = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config':
    '[core]\n\trepositoryformatversion = 0\n\tfsmonitor = touch started\n[remote "origin"]\n\turl = https://u:p@git.example.com/platform/idp.git\n[include]\n\tpath = /etc/hostname\n',
  '.git/refs/heads/main': '0123456789012345678901234567890123456789\n',
  '.git/packed-refs':
    '# pack-refs with: peeled\n0123456789012345678901234567890123456789 refs/remotes/origin/main\n',
  '.git/index': 'DIRC\0\0\0\u0002\0\0\0\u0001',
  '.git/objects/01/23456789012345678901234567890123456789': 'x',
};

const configuration = `layers: {bootstrap: [IT], gitops: [K8s]}
docs: docs
slugs: github
site: https://docs.example.com/a/
repository: {url: [https://git.example.com/platform/idp.git, git@x:y.git], browse: "https://x/{commit}/{file}#L{line}"}
generators: {clusters: [{name: a, server: https://a, project: p, labels: {env: prod}, annotations: {b: c}}], s: [{name: x}], t: {pullRequest: [{number: 1}]}}
values: {NAME: value}
severity: {path-missing: off, link-broken: warning, claim-false: info}
`;
