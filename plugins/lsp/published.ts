import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import { addTo, digestOf } from '../base/index.ts';
import { type Engine, type PageReport, platformDiagnostics } from '../engine/index.ts';
import type { ConfigError } from '../source/index.ts';
import { absolute } from './ranges.ts';
import { toDiagnostic, unverifiedBy } from './to-diagnostic.ts';

/** Tells an editor what is wrong with a file, by its path; where that is what it was told before, nothing. */
export function openTold(connection: Connection, uriAt: (path: string) => string): Tell {
  const told = new Map<string, string>();
  return (path, diagnostics) => {
    const digest = diagnostics.length === 0 ? undefined : digestOf(JSON.stringify(diagnostics));
    // Sent again even where nothing changed would make some editors flicker.
    if (told.get(path) === digest) return;
    if (digest === undefined) told.delete(path);
    else told.set(path, digest);
    void connection.sendDiagnostics({ uri: uriAt(path), diagnostics });
  };
}

/**
 * What is told of one repository, by file: faults of pages at their words, faults of manifests at theirs, and
 * those of the configuration. A file of which nothing is wrong any more is told so once.
 */
export function openPublished(tell: Tell): Published {
  let manifests = new Set<string>();
  const pages = new Set<string>();
  return {
    page(path, report, engine) {
      const { root, site } = engine.platform.config;
      const { diagnostics = [], behind = [], verdicts = [] } = report ?? {};
      const found = [
        ...diagnostics.flatMap((fault) =>
          fault.page === null ? [] : [toDiagnostic(fault, fault.page, { root, site })],
        ),
        ...verdicts.flatMap(({ statement }, index) =>
          (behind[index] ?? []).map((fault) => unverifiedBy(fault, statement.place, { root, site })),
        ),
      ];
      pages.add(path);
      tell(path, found);
    },
    platform({ platform }) {
      const { root, site } = platform.config;
      const byFile = new Map<string, Diagnostic[]>();
      for (const fault of platformDiagnostics(platform)) {
        const [place] = fault.sources;
        if (place !== undefined)
          addTo(byFile, absolute(place.file, root), toDiagnostic(fault, place, { root, site }));
      }
      for (const path of manifests) if (!byFile.has(path)) tell(path, []);
      for (const [path, found] of byFile) tell(path, found);
      manifests = new Set(byFile.keys());
    },
    config({ message, help, place }) {
      if (place === null) return;
      const at = { line: place.line - 1, character: place.column - 1 };
      const [range, severity] = [{ start: at, end: at }, DiagnosticSeverity.Error];
      tell(place.file, [{ range, severity, source: 'plumbline', message: `${message}\n${help}` }]);
      manifests.add(place.file);
    },
    clear() {
      for (const path of [...pages, ...manifests]) tell(path, []);
    },
  };
}

/** @param path absolute, with links followed. */
export type Tell = (path: string, diagnostics: Diagnostic[]) => void;

interface Published {
  page(path: string, report: PageReport | null, engine: Engine): void;
  /** The manifests as they are now, with a configuration that reads. */
  platform(engine: Engine): void;
  /** A configuration that does not: its first fault, in its words. */
  config(fault: ConfigError): void;
  /** Of a repository that is closed nothing is wrong. */
  clear(): void;
}
