/**
 * Files that never reach Flux: what source-controller leaves out of an artifact. Source: `fluxcd/pkg`
 * sourceignore, and the language of `.gitignore`.
 */
import { posix } from 'node:path';
import { type GlobPart, globTest } from '../../base/index.ts';

/**
 * True for a path, relative to the repository, that its `.sourceignore` files or the source's own patterns
 * leave out. The last pattern that matches decides; what lies in a folder that is left out is so too.
 * @param own `spec.ignore`, which stands for the patterns that hold without it.
 */
export function createIgnore(own: string | null, files: Iterable<IgnoreFile>): (path: string) => boolean {
  const patterns = [
    ...read(always, '.'),
    ...(own === null ? read(usual, '.') : []),
    ...[...files].flatMap(({ path, text }) => read(text, posix.dirname(path))),
    ...(own === null ? [] : read(own, '.')),
  ];
  const decides = (path: string, isFolder: boolean): boolean => {
    const last = patterns.findLast((one) => (isFolder || !one.folderOnly) && one.matches(path));
    return last !== undefined && !last.keeps;
  };
  return (path) => {
    const parts = path.split('/');
    return parts.some((_, index) => decides(parts.slice(0, index + 1).join('/'), index < parts.length - 1));
  };
}

function read(text: string, folder: string): Pattern[] {
  return text.split('\n').flatMap((line) => {
    const written = line.replace(/\r$/, '').replace(/(?<!\\)\s+$/, '');
    if (written === '' || written.startsWith('#')) return [];
    const keeps = written.startsWith('!');
    const pattern = written.replace(/^!/, '').replace(/^\\(?=[!#])/, '');
    const folderOnly = pattern.endsWith('/');
    const path = pattern.replace(/\/$/, '');
    const parts = globParts(path.replace(/^\//, ''));
    const prefix: GlobPart[] =
      folder === '.' ? [] : [...`${folder}/`].map((char) => ({ type: 'char', char }));
    const anywhere: GlobPart[] = path.includes('/') ? [] : folders;
    return [{ keeps, folderOnly, matches: globTest([...prefix, ...anywhere, ...parts]) }];
  });
}

function globParts(text: string): GlobPart[] {
  const parts: GlobPart[] = [];
  const tokens = /(^|\/)\*\*\/|\/\*\*$|\*+|\?|\[([!^]?)([^\]]+)\]|\\?(.)/gsu;
  for (const [token, slash, not, inside, char] of text.matchAll(tokens)) {
    if (/^\/?\*\*\/$/.test(token)) {
      if (slash === '/') parts.push({ type: 'char', char: '/' });
      parts.push(...folders);
    } else if (token === '/**') parts.push({ type: 'char', char: '/' }, { type: 'run', except: [] });
    else if (token.startsWith('*')) parts.push({ type: 'run', except: ['/'] });
    else if (token === '?') parts.push({ type: 'one', except: ['/'] });
    else if (inside !== undefined)
      parts.push({ type: 'class', not: not !== '', ranges: rangesIn(inside), except: ['/'] });
    else parts.push({ type: 'char', char: char ?? '' });
  }
  return parts;
}

function rangesIn(inside: string): [string, string][] {
  return [...inside.matchAll(/(.)(?:-(.))?/gsu)].map(([, low = '', high]) => [low, high ?? low]);
}

/** Any folders, or none. */
const folders: GlobPart[] = [
  {
    type: 'either',
    branches: [
      [],
      [
        { type: 'run', except: [] },
        { type: 'char', char: '/' },
      ],
    ],
  },
];

const always = '.git/\n.gitignore\n.gitmodules\n.gitattributes';
const usual = `*.jpg\n*.jpeg\n*.gif\n*.png\n*.wmv\n*.flv\n*.tar.gz\n*.zip
.github/\n.circleci/\n.travis.yml\n.gitlab-ci.yml\nappveyor.yml\n.drone.yml\ncloudbuild.yaml\ncodeship-services.yml\ncodeship-steps.yml
**/.goreleaser.yml\n**/.sops.yaml\n**/.flux.yaml`;

export interface IgnoreFile {
  /** Of the `.sourceignore`. */
  path: string;
  text: string;
}

interface Pattern {
  keeps: boolean;
  folderOnly: boolean;
  matches(path: string): boolean;
}
