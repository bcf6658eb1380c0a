import { compareText } from '../base/index.ts';
import { type DiagnosticSource, distinctDiagnostics } from '../source/index.ts';
import { findEngine } from './engines/find-engine.ts';
import { buildOnce, knownThrough, leftOut, placeOnly } from './kustomize/build-kustomization.ts';
import { directoryOf, type RenderPass } from './render-pass.ts';
import type { Build, Rendered, SourceBuild } from './types.ts';

/**
 * Every kustomization that no other one includes, these folders, and what is wrong with those that no build
 * was made of.
 */
export async function renderAll(pass: RenderPass, folders: Iterable<string>): Promise<Rendered> {
  const asked = [...folders].filter((folder) => pass.buildable.has(folder));
  const targets = [...new Set([...pass.standing, ...asked])].filter((one) => !pass.running.has(one));
  if (targets.length === 0 && pass.told?.builds === pass.running.size) return pass.told.rendered;
  const analyses = new Set(
    pass.directories.flatMap((one) =>
      pass.left.has(one) ? (pass.closures.analysis(one) ?? []) : pass.closures.closure(one).analyses,
    ),
  );
  const diagnostics = [...analyses].flatMap((one) => one.diagnostics);
  const missing = [...analyses].flatMap((one) => one.missing);
  const builds = new Map<string, Build>();
  const sourceBuilds = new Map<string, SourceBuild>();
  for (const [directory, why] of pass.left) builds.set(directory, leftOut(directory, why, pass));
  if (pass.buildable.size === 0)
    return { builds, sourceBuilds, diagnostics: distinctDiagnostics(diagnostics), missing, engine: null };

  pass.engine ??= await findEngine(pass.cache, pass.repository.home, pass.engines.kustomize);
  let done = 0;
  await Promise.all(
    targets.map(async (directory) => {
      await buildOnce(directory, pass);
      pass.onProgress?.(++done, targets.length);
    }),
  );
  for (const directory of pass.buildable) {
    const { build, failure } = (await pass.running.get(directory)) ?? {
      build: knownThrough(directory, pass),
      failure: null,
    };
    const at = failure?.sources[0] ?? firstBroken(directory, pass);
    builds.set(directory, at === undefined ? build : { ...build, refusedAt: placeOnly(at) });
    if (failure !== null) diagnostics.push(failure);
  }
  for (const file of pass.sources.files.values()) {
    const directory = directoryOf(file.path);
    if (isBrokenKustomization(file.path, file.role) && !builds.has(directory))
      builds.set(directory, unreadable(directory, file.path, brokenAt(file.path, pass)));
  }
  const rendered = {
    builds: new Map([...builds].sort(([a], [b]) => compareText(a, b))),
    sourceBuilds,
    diagnostics: distinctDiagnostics(diagnostics),
    missing,
    engine: `kustomize ${pass.engine.version}`,
  };
  pass.told = { builds: pass.running.size, rendered };
  return rendered;
}

/** Where a file stops being YAML that a folder, or what it includes, lists. */
function firstBroken(directory: string, pass: RenderPass): DiagnosticSource | undefined {
  for (const { broken } of pass.closures.closure(directory).analyses)
    for (const file of broken) {
      const at = brokenAt(file, pass);
      if (at !== undefined) return at;
    }
  return undefined;
}

function brokenAt(file: string, { sources }: RenderPass): DiagnosticSource | undefined {
  const told = sources.faults.find(({ diagnostic }) => diagnostic.sources[0]?.file === file);
  return told?.diagnostic.sources[0];
}

function unreadable(directory: string, file: string, at: DiagnosticSource | undefined): Build {
  return {
    ...(at && { refusedAt: placeOnly(at) }),
    directory,
    objects: [],
    inputs: [file],
    includes: [],
    unverified: [],
    unanswered: [],
    failed: true,
    incomplete: true,
    through: false,
  };
}

function isBrokenKustomization(path: string, role: string): boolean {
  return role === 'broken' && /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path);
}
