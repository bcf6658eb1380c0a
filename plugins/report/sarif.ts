import type { Invocation, Location, Log, Notification, Region, Result, Run } from 'sarif';
import type { Diagnostic } from '../checks/index.ts';
import type { Report } from '../engine/index.ts';
import type { DiagnosticSource, Place } from '../source/index.ts';
import { describe } from './block.ts';
import { visible } from './frame.ts';
import { driverFor, levels, ruleIndex } from './sarif-driver.ts';
import type { ReporterIo } from './types.ts';
import { unverifiedWords } from './unverified-lines.ts';

/**
 * SARIF 2.1.0: the page is the location, manifests are related locations that the message links. What could
 * not be verified is a notification of the run and no result: to GitHub every result is an alert.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(report: Report, io: ReporterIo): string {
  const { baseline } = report;
  const notifications = [
    ...report.unverified.map(
      (one): Notification => ({
        descriptor: { id: 'unverified' },
        level: 'note',
        message: { text: escapeLinks(unverifiedWords(one)) },
        ...(one.origin ? { locations: [location(one.origin, io)] } : {}),
      }),
    ),
    ...(baseline?.gone ?? []).map(
      ({ file, message }): Notification => ({
        descriptor: { id: 'baseline' },
        level: 'error',
        message: {
          text: escapeLinks(visible(`${file ?? ''}: mended, and still in ${baseline?.file}: ${message}`)),
        },
      }),
    ),
  ];
  const known = (baseline?.known ?? []).map(
    (diagnostic): Result => ({
      ...result(diagnostic, io),
      suppressions: [
        { kind: 'external', status: 'accepted', justification: `listed in ${visible(baseline?.file ?? '')}` },
      ],
    }),
  );
  const results = [...report.diagnostics.map((diagnostic) => result(diagnostic, io)), ...known];
  return write({
    ...run({ executionSuccessful: true, toolExecutionNotifications: notifications }, io.ruleUrl),
    automationDetails: { id: 'plumbline/' },
    originalUriBaseIds: { [base]: { description: { text: 'The top of the repository.' } } },
    columnKind: 'utf16CodeUnits',
    results,
  });
}

/** A run that ended without an answer: no results at all, as an empty list would say that all is well. */
export function sarifFailure(message: string): string {
  const notification: Notification = {
    descriptor: { id: 'failed' },
    level: 'error',
    message: { text: escapeLinks(message.split('\n').map(visible).join('\n').trim()) },
  };
  return write(run({ executionSuccessful: false, exitCode: 2, toolExecutionNotifications: [notification] }));
}

function run(invocation: Invocation, ruleUrl?: (rule: string) => string): Run {
  return { tool: { driver: driverFor(ruleUrl) }, invocations: [invocation] };
}

function result(diagnostic: Diagnostic, io: ReporterIo): Result {
  const { page, sources, rule, severity, fingerprint, fix } = diagnostic;
  const place = page ?? sources[0];
  const related = page ? sources : sources.slice(1);
  const replaced = fix?.place ?? page;
  return {
    ruleId: rule,
    ruleIndex: ruleIndex(rule),
    level: levels[severity],
    message: { text: messageOf(diagnostic, related) },
    ...(place ? { locations: [page ? location(page, io) : sourceLocation(sources[0], io)] } : {}),
    ...(related.length > 0
      ? {
          relatedLocations: related.map((source, index) => ({
            id: index + 1,
            message: {
              text: escapeLinks(visible([describe(source), source.role].filter(Boolean).join(': '))),
            },
            ...sourceLocation(source, io),
          })),
        }
      : {}),
    partialFingerprints: { 'plumbline/v1': fingerprint },
    ...(fix && replaced
      ? {
          fixes: [
            {
              artifactChanges: [
                {
                  artifactLocation: artifact(replaced.file, io),
                  replacements: [
                    { deletedRegion: region(replaced), insertedContent: { text: fix.replacement } },
                  ],
                },
              ],
            },
          ],
        }
      : {}),
  };
}

/** Viewers show a related location only where the message links it. */
function messageOf({ message, expected, actual, help }: Diagnostic, related: DiagnosticSource[]): string {
  const text = (words: string) => escapeLinks(visible(words));
  const links = related.map(
    (source, index) => `[${text(source.resource ?? `${source.file}:${source.line}`)}](${index + 1})`,
  );
  return [
    text(message),
    ...(expected === null ? [] : [`Expected: ${text(expected)}`]),
    ...(actual === null ? [] : [`Found: ${text(actual)}`]),
    ...(links.length > 0 ? [`See: ${links.join(', ')}`] : []),
    ...(help === null ? [] : [`Help: ${text(help)}`]),
  ].join('\n');
}

function sourceLocation(source: DiagnosticSource | undefined, io: ReporterIo): Location {
  if (!source) return {};
  const name = describe(source);
  return {
    ...location(source, io),
    ...(name === '' ? {} : { logicalLocations: [{ fullyQualifiedName: visible(name), kind: 'resource' }] }),
  };
}

function location(place: Place, io: ReporterIo): Location {
  const known = place.line >= 1 ? { region: region(place) } : {};
  return { physicalLocation: { artifactLocation: artifact(place.file, io), ...known } };
}

function region({ line, column, endLine, endColumn }: Place): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function artifact(file: string, io: ReporterIo): { uri: string; uriBaseId: string } {
  const path = io.path?.(file) ?? file;
  return {
    uri: path
      .split('/')
      .map((part) => encodeURIComponent(part.toWellFormed()))
      .join('/'),
    uriBaseId: base,
  };
}

/** In a message of SARIF brackets are links; those of the words themselves are escaped (§3.11.6). */
function escapeLinks(text: string): string {
  return text.replaceAll(/[[\]\\]/g, '\\$&');
}

function write(one: Run): string {
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [one],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const base = '%SRCROOT%';
