import type { Connection } from 'vscode-languageserver/node';
import { addTo, digestOf } from '../base/index.ts';
import { type Engine, type PageReport, platformDiagnostics } from '../engine/index.ts';
import { absolute, uriOf } from './ranges.ts';
import { toDiagnostic } from './to-diagnostic.ts';

/**
 * What an editor was told is wrong, by file: faults of pages at their words, faults of manifests at theirs.
 * A file of which nothing is wrong any more is told so once.
 */
export function openPublished(connection: Connection, uriAt: (path: string) => string): Published {
  let manifests = new Set<string>();
  const pages = new Map<string, string>();
  const send = (uri: string, diagnostics: ReturnType<typeof toDiagnostic>[]) =>
    void connection.sendDiagnostics({ uri, diagnostics });
  return {
    page(path, report, engine) {
      const { root, site } = engine.platform.config;
      const found = (report?.diagnostics ?? []).flatMap((fault) =>
        fault.page === null ? [] : [toDiagnostic(fault, fault.page, { root, site })],
      );
      const digest = digestOf(JSON.stringify(found));
      // Sent again even where nothing changed would make some editors flicker.
      if (pages.get(path) === digest || (found.length === 0 && !pages.has(path))) return;
      if (found.length === 0) pages.delete(path);
      else pages.set(path, digest);
      send(uriAt(path), found);
    },
    platform({ platform }) {
      const { root, site } = platform.config;
      const byFile = new Map<string, ReturnType<typeof toDiagnostic>[]>();
      for (const fault of platformDiagnostics(platform)) {
        const [place] = fault.sources;
        if (place !== undefined)
          addTo(byFile, uriOf(absolute(place.file, root)), toDiagnostic(fault, place, { root, site }));
      }
      for (const uri of manifests) if (!byFile.has(uri)) send(uri, []);
      for (const [uri, found] of byFile) send(uri, found);
      manifests = new Set(byFile.keys());
    },
  };
}

interface Published {
  page(path: string, report: PageReport | null, engine: Engine): void;
  platform(engine: Engine): void;
}
