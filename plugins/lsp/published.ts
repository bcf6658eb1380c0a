import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import { addTo, digestOf } from '../base/index.ts';
import { type Engine, type PageReport, platformDiagnostics } from '../engine/index.ts';
import type { ConfigError } from '../source/index.ts';
import { absolute, uriOf } from './ranges.ts';
import { toDiagnostic } from './to-diagnostic.ts';

/**
 * What an editor was told is wrong, by file: faults of pages at their words, faults of manifests at theirs,
 * and those of the configuration. A file of which nothing is wrong any more is told so once.
 */
export function openPublished(connection: Connection, uriAt: (path: string) => string): Published {
  let manifests = new Set<string>();
  const told = new Map<string, string>();
  const tell = (uri: string, diagnostics: Diagnostic[]) => {
    const digest = diagnostics.length === 0 ? undefined : digestOf(JSON.stringify(diagnostics));
    // Sent again even where nothing changed would make some editors flicker.
    if (told.get(uri) === digest) return;
    if (digest === undefined) told.delete(uri);
    else told.set(uri, digest);
    void connection.sendDiagnostics({ uri, diagnostics });
  };
  return {
    page(path, report, engine) {
      const { root, site } = engine.platform.config;
      const found = (report?.diagnostics ?? []).flatMap((fault) =>
        fault.page === null ? [] : [toDiagnostic(fault, fault.page, { root, site })],
      );
      tell(uriAt(path), found);
    },
    platform({ platform }) {
      const { root, site } = platform.config;
      const byFile = new Map<string, Diagnostic[]>();
      for (const fault of platformDiagnostics(platform)) {
        const [place] = fault.sources;
        if (place !== undefined)
          addTo(byFile, uriOf(absolute(place.file, root)), toDiagnostic(fault, place, { root, site }));
      }
      for (const uri of manifests) if (!byFile.has(uri)) tell(uri, []);
      for (const [uri, found] of byFile) tell(uri, found);
      manifests = new Set(byFile.keys());
    },
    config({ message, help, place }) {
      if (place === null) return;
      const uri = uriOf(place.file);
      const at = { line: place.line - 1, character: place.column - 1 };
      const [range, severity] = [{ start: at, end: at }, DiagnosticSeverity.Error];
      tell(uri, [{ range, severity, source: 'plumbline', message: `${message}\n${help}` }]);
      manifests.add(uri);
    },
  };
}

interface Published {
  page(path: string, report: PageReport | null, engine: Engine): void;
  /** The manifests as they are now, with a configuration that reads. */
  platform(engine: Engine): void;
  /** A configuration that does not: its first fault, in its words. */
  config(fault: ConfigError): void;
}
