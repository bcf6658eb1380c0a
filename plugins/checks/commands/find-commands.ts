import { posix } from 'node:path';
import type { Nodes } from 'mdast';
import type { Positions, Spot } from '../../markdown/index.ts';
import { readShell, type ShellCommand, type ShellWord } from '../../markdown/index.ts';
import type { StatedPage } from '../statement-kind.ts';
import { isToBeMade } from '../to-be-made.ts';
import { takeShown } from './shown-manifests.ts';
import type { CommandStatement, CommandWord, ShellPage } from './types.ts';

/**
 * Finds the commands of a page that are looked up, fence by fence, in their order; none where a fence is no
 * shell or cannot be read. What one makes the others may name, so all of a page know of each other.
 */
export function createCommandFinder({ path, positions }: StatedPage): (spot: Spot) => CommandStatement[] {
  const page: ShellPage = {
    ...{ path, commands: [], moves: false, writes: false, made: [] },
    shown: { namespaces: new Set(), resources: new Set() },
  };
  return ({ node, start }) => {
    const shell = shellOf(node);
    if (!shell && node.type === 'code') takeShown(node.value, page.shown);
    if (!shell) return [];
    const place = placesIn(shell.source, start, positions);
    const found: CommandStatement[] = [];
    const moves: CommandWord[] = [];
    for (const command of shell.commands) {
      const word = ({ text, open, start: from, end: to }: ShellWord) => ({
        text,
        open,
        place: place(from, to),
      });
      const [first, target] = command.words;
      if (first && movers.has(first.text)) {
        page.moves = true;
        moves.push(word(target ?? { ...first, open: true }));
      }
      if (first && writers.has(baseOf(first))) page.writes = true;
      if (first?.text === 'mkdir') page.made.push(...command.words.slice(1).flatMap(folderOf));
      const known = programOf(command);
      if (!known) continue;
      const { program, words } = known;
      const isMade = ({ text, open }: ShellWord) => !open && isPathToMake(text, positions.text);
      page.made.push(...words.filter(isMade).map(({ text }) => posix.normalize(text)));
      found.push({
        type: 'command',
        place: place(known.word.start, Math.max(known.word.end, command.end)),
        program,
        words: words.map(word),
        moves: [...moves],
        page,
      });
    }
    page.commands.push(...found);
    return found;
  };
}

/** Whether a sentence has the reader make a file (``Create `apps/web.yaml`:``). */
function isPathToMake(path: string, text: string): boolean {
  if (!path.includes('/')) return false;
  const parts = text.split(`\`${path}\``);
  return parts.slice(1).some((_after, at) => isToBeMade(parts.slice(0, at + 1).join(`\`${path}\``)));
}

/** How many commands a node holds, known or not; none where it is no shell or cannot be read. */
export function commandsIn(node: Nodes): number {
  return shellOf(node)?.commands.length ?? 0;
}

function shellOf(node: Nodes): { source: string; commands: ShellCommand[] } | null {
  if (node.type !== 'code') return null;
  const language = node.lang?.toLowerCase() ?? '';
  const source = node.value.replaceAll('\r\n', '\n');
  if (!(language === '' ? untagged.test(source) : shells.has(language))) return null;
  const commands = readShell(source, transcripts.has(language));
  return commands === null ? null : { source, commands };
}

/**
 * The known program that a command runs, itself or through another (`sudo`, `xargs`, …), and what follows it.
 */
function programOf({ words }: ShellCommand): Known | null {
  const [first] = words;
  if (!first || first.open) return null;
  const at = runners.has(baseOf(first)) ? words.findIndex((word) => programs.has(baseOf(word))) : 0;
  const word = words[at];
  if (!word || !programs.has(baseOf(word))) return null;
  return { program: baseOf(word), word, words: words.slice(at + 1) };
}

/** Of an argument of `mkdir`. */
function folderOf({ text, open }: ShellWord): string[] {
  return open || text.startsWith('-') ? [] : [posix.normalize(text).replace(/\/+$/, '')];
}

function baseOf({ text }: ShellWord): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

/**
 * From offsets in a fence's own text to places in the page, whatever a list or quote puts before each line.
 */
function placesIn(source: string, start: number, positions: Positions) {
  const first = positions.pointAt(start).line;
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lines = source.split('\n');
  const offset = (at: number): number => {
    const line = starts.findLastIndex((one) => one <= at);
    const written = lines[line] ?? '';
    const real = positions.lineOf(first + 1 + line);
    const before = real.text.endsWith(written) ? real.text.length - written.length : 0;
    return real.start + Math.min(before + at - (starts[line] ?? 0), real.text.length);
  };
  return (from: number, to: number) => positions.place(offset(from), offset(to));
}

const shells = new Set(['sh', 'bash', 'shell', 'zsh', 'console', 'shellsession']);
/** Fences that show what a terminal showed: commands behind prompts, and what they print. */
const transcripts = new Set(['console', 'shellsession']);
const programs = new Set(['kubectl', 'oc', 'argocd', 'helm', 'kustomize', 'kyverno']);
/** A fence that names no language is shell where it begins with a prompt or with a program that is known. */
const untagged = new RegExp(`^\\s*(?:\\$ |(?:${[...programs].join('|')})\\s)`);
const runners = new Set(
  'sudo doas watch xargs env time timeout nohup nice exec command microk8s k3s minikube'.split(' '),
);
/** After one of these a relative path begins somewhere else. */
const movers = new Set(['cd', 'pushd']);
/** After one of these a folder may be there that is not in the repository. */
const writers = new Set('git mkdir cp mv ln tar unzip curl wget rsync install cookiecutter'.split(' '));

interface Known {
  program: string;
  word: ShellWord;
  words: ShellWord[];
}
