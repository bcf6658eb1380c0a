import { firstOf } from '../../plugins/base/index.ts';
import { type Explanation, waveWords } from '../../plugins/engine/index.ts';
import { remediesOf } from '../../plugins/report/index.ts';
import type { Place } from '../../plugins/source/index.ts';
import { aboutRows } from './explain-about.ts';
import { visible } from './print-lines.ts';

/** What is known of a resource, a line for each thing, with the line of the file that says so. */
export function describeResource(explanation: Explanation): string {
  const { reference, apiVersion, kind, namespace, isOfCluster, origin } = explanation;
  const rows: [string, string[]][] = [
    ['API', [`${apiVersion} ${kind}`]],
    [
      'namespace',
      [namespace ?? (isOfCluster ? 'none: it is of the whole cluster' : 'its manifest names none')],
    ],
    [
      'layer',
      [explanation.stack === null ? explanation.layer : `${explanation.layer}, stack ${explanation.stack}`],
    ],
    ['written in', [at(origin)]],
    ['by way of', origin.via.map(({ file, line, what }) => `${file}:${line} ${what}`)],
    ['as made in', builtLines(explanation)],
    ['made by', makersOf(explanation)],
    ...(explanation.isMade ? [] : deployerRows(explanation)),
    ...aboutRows(explanation),
    ['sync', isFlux(explanation) ? [] : orderLines(explanation)],
    ['sync order', explanation.flux === null ? explanation.sequence.map(stepLine) : []],
    ['applies', explanation.flux === null ? [] : explanation.sequence.map(stageLine)],
    [
      'policies',
      explanation.policies.map(
        ({ policy, rule, type, action, ofPods, origin: place }) =>
          `${policy}, rule ${rule}: ${type}${action === null ? '' : `, ${action}`}${ofPods ? ', of its Pods' : ''} (${at(place)})`,
      ),
    ],
    ['results', resultLines(explanation)],
    [
      'events',
      explanation.events.map(
        ({ chain, sensor, origin: place }) =>
          `${chain.sentence}${sensor === null ? '' : `, by ${sensor}`} (${at(place)})`,
      ),
    ],
    [
      'secrets',
      explanation.secrets.map(
        ({ externalSecret, store, secret, origin: place }) =>
          `${externalSecret} reads ${store}, writes ${secret} (${at(place)})`,
      ),
    ],
    ['reads', explanation.secretReads.filter(({ isReader }) => isReader).map(readLine)],
    ['if rotated', rotationLines(explanation)],
    ['pushed', explanation.secretPushes.flatMap(pushLines)],
    [
      'conditions',
      explanation.conditions.map(
        ({ type, message, origin: place }) => `${type}: ${message}${place === null ? '' : ` (${at(place)})`}`,
      ),
    ],
    ...ownAnswers(explanation).map(({ label, value }): [string, string[]] => [
      label.toLowerCase(),
      (value.items ?? [value]).map(({ text }) => text),
    ]),
    ['relations', relationLines(explanation)],
    ['on pages', (explanation.mentions ?? []).map((mention) => `${at(mention)} ${mention.how}`)],
    ['look at it', explanation.commands.map(({ text, does }) => `${text}   # ${does}`)],
    ['unverified', explanation.unverified.map(({ what, why }) => `${what}: ${why}`)],
    ['to settle', remediesOf(explanation.unverified)],
  ];
  const lines = rows
    .filter(([, lines]) => lines.length > 0)
    .flatMap(([name, lines]) =>
      lines.map((line, index) => `  ${(index === 0 ? name : '').padEnd(12)} ${visible(line)}`),
    );
  return `${[visible(reference), ...lines].join('\n')}\n`;
}

/** Those that no row above tells with the line that says so. */
function ownAnswers({ about, answers }: Explanation): Explanation['answers'] {
  return answers.filter(({ name }) => (about === null ? name !== 'routes' : name === 'owner'));
}

/** What makes it: of a Secret that several ExternalSecrets write all of them. */
function makersOf({ generatedBy, isMade, relations }: Explanation): string[] {
  if (generatedBy === null) return [];
  const writers = relations.filter(({ type, way }) => type === 'writes' && way === 'in');
  const names = [...new Set([generatedBy, ...writers.map(({ other }) => other)])];
  return [isMade ? `${names.join(', ')}, in the cluster` : names.join(', ')];
}

/** How it fares, or of a policy how many fare how, and then those that do not pass. */
function resultLines({ id, results }: Explanation): string[] {
  const own = results.filter(({ resourceId }) => resourceId === id);
  const given = results.filter(({ policyId }) => policyId === id);
  const why = (message: string): string => (message === '' ? '' : `: ${message}`);
  const counts = [...Map.groupBy(given, ({ result }) => result)].map(
    ([result, all]) => `${all.length} ${result}`,
  );
  const odd = given.filter(({ result }) => result !== 'pass' && result !== 'skip');
  return [
    ...own.map(
      ({ policy, rule, result, action, message, origin: place }) =>
        `${result} of ${policy}, rule ${rule}, ${action}${why(message)} (${at(place)})`,
    ),
    ...(counts.length === 0 ? [] : [counts.join(', ')]),
    ...odd
      .slice(0, mostResults)
      .map(
        ({ resource, rule, result, message, origin: place }) =>
          `${result} on ${resource}, rule ${rule}${why(message)} (${at(place)})`,
      ),
    ...(odd.length > mostResults ? [`${odd.length - mostResults} more: plumbline table policy-results`] : []),
  ];
}

const mostResults = 20;

/** Where several folders make it and not all the same. */
function builtLines({ builtIn }: Explanation): string[] {
  if (builtIn === null || builtIn.other.length === 0) return [];
  return [builtIn.folder, `otherwise in ${firstOf(builtIn.other, 6)}`];
}

/** What deploys it, in the words of its tool; of something of Flux's also what it is made of. */
function deployerRows({
  application,
  deployedBy,
  unapplied,
  flux,
  reconciler,
  mayDeploy,
}: Explanation): [string, string[]][] {
  const own: [string, string[]][] =
    flux === null
      ? []
      : [
          ['source', flux.source === null ? [] : [flux.source]],
          ['path', flux.path === null ? [] : [flux.path]],
          ['chart', flux.chart === null ? [] : [[flux.chart, flux.version ?? []].flat().join(' ')]],
          ['depends on', flux.dependsOn],
          ['suspended', flux.suspend ? ['it is not reconciled'] : []],
        ];
  if (deployedBy !== null && deployedBy.kind !== 'Application')
    return [
      ...own,
      ['deployed by', [`${deployedBy.kind}/${deployedBy.name}`]],
      ['applied', unapplied === null ? [] : [`no: it says ${unapplied}`]],
    ];
  if (application === null && reconciler !== 'Argo CD')
    return [...own, ['deployed by', [`nothing of this repository: ${reconciler} is not seen to deploy it`]]];
  return [...own, ['application', applicationLines(application, mayDeploy)]];
}

function applicationLines(
  application: Explanation['application'],
  { isSure, sets, unrendered }: Explanation['mayDeploy'],
): string[] {
  if (application === null && unrendered.length > 0)
    return unrendered.map(({ reference }) => `not known, as it does not render: ${reference}`);
  if (application === null && sets.length > 0)
    return ['not known: only the cluster has what these generate', ...sets.map(({ reference }) => reference)];
  if (application === null) return [isSure ? 'none: Argo CD does not deploy it' : 'none that is known here'];
  const { name, project, permitted, reasons } = application;
  return [
    `${name}, in project ${project}: ${permitted === null ? 'not verified' : permitted ? 'permitted' : 'forbidden'}`,
    ...(permitted
      ? []
      : reasons.map(({ message, origin }) => (origin === null ? message : `${message} (${at(origin)})`))),
  ];
}

/** True where nothing of Argo CD's waves is to tell. */
function isFlux({ deployedBy, flux, reconciler }: Explanation): boolean {
  return flux !== null || reconciler === 'Flux' || (deployedBy !== null && deployedBy.kind !== 'Application');
}

function stageLine({ resources }: Explanation['sequence'][number], index: number): string {
  const names = resources.map(({ reference }) => reference);
  return `stage ${index + 1}: ${firstOf(names, 6)}`;
}

function orderLines({ order, deployedBy, mayDeploy }: Explanation): string[] {
  if (order === null) return [];
  const where = order.step === null ? '' : `, step ${order.step} of ${order.steps}`;
  const set = order.waveSet ? '' : ' (none set)';
  const inert =
    order.waveSet && deployedBy === null && mayDeploy.isSure
      ? ', which means nothing: no application deploys it'
      : '';
  const unknown = order.unknown.length === 0 ? '' : `; not known beside it: ${firstOf(order.unknown, 6)}`;
  return [`${waveWords(order)}${set}${where}${inert}${unknown}`];
}

function stepLine({ phase, wave, resources }: Explanation['sequence'][number]): string {
  return `${waveWords({ phase, wave })}: ${firstOf(
    resources.map(({ reference }) => reference),
    6,
  )}`;
}

/** `key password of Secret/database in app/env/PASSWORD`, with what it finds where that is not all. */
function readLine({
  keys,
  secret,
  at: place,
  verdict,
  lacks,
  origin,
}: Explanation['secretReads'][number]): string {
  const found =
    lacks.length > 0
      ? `: not there: ${lacks.join(', ')}`
      : verdict === 'unknown'
        ? ': not verified'
        : verdict === 'ok'
          ? ''
          : `: ${verdict.replace('-', ', ')}`;
  return `${keysOf(keys)} of ${secret} in ${place}${found} (${at(origin)})`;
}

/** Of a Secret: who goes on with the old values, who is started anew, who takes the new ones. */
function rotationLines({ secretReads }: Explanation): string[] {
  return secretReads
    .filter(({ isReader }) => !isReader)
    .map(({ reader, way, keys, at: place, verdict, rotated, origin }) => {
      const doubt = verdict === 'unknown' && argoCdWays.has(way) ? ', not verified' : '';
      const what = way === 'mention' && keys === null ? '' : `${keysOf(keys)} in `;
      return `${reader} ${rotations[rotated]}${doubt}: ${what}${place} (${at(origin)})`;
    });
}

/** Which Secret these take hangs on an address that may not be known. */
const argoCdWays: ReadonlySet<string> = new Set(['repository', 'cluster']);

/** `key password of Secret/database to SecretStore/vault, at web/db#password, by PushSecret/db`. */
function pushLines({
  pushSecret,
  entries,
  open,
  reason,
  deletionPolicy,
  origin,
}: Explanation['secretPushes'][number]): string[] {
  const deleted = deletionPolicy === 'Delete' ? ', deleted with it' : '';
  return [
    ...entries.map(
      ({ secret, keys, store, remote }) =>
        `${keysOf(keys)} of ${secret} to ${store}, at ${remote}, by ${pushSecret}${deleted} (${at(origin)})`,
    ),
    ...(reason === null ? [] : [`nothing by ${pushSecret}: ${reason} (${at(origin)})`]),
    ...(open ? [`perhaps more by ${pushSecret}: not verified (${at(origin)})`] : []),
  ];
}

const keysOf = (keys: readonly string[] | null): string =>
  keys === null ? 'every key' : `${keys.length === 1 ? 'key' : 'keys'} ${keys.join(', ')}`;

const rotations = {
  keeps: 'keeps the old value until it is started anew',
  restarts: 'is started anew by Reloader',
  sees: 'takes the new value',
  unknown: 'names it in values of a chart that is not rendered',
};

/** One line for the same words: an application may deploy a hundred things. */
function relationLines({ relations }: Explanation): string[] {
  return [...Map.groupBy(relations, ({ words }) => words)].map(
    ([words, same]) => `${words} ${firstOf([...new Set(same.map(({ other }) => other))], 6)}`,
  );
}

function at({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${file}:${line}`;
}
