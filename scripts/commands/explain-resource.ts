import { firstOf } from '../../plugins/base/index.ts';
import { type Explanation, waveWords } from '../../plugins/engine/index.ts';
import type { Place } from '../../plugins/source/index.ts';
import { visible } from './print-lines.ts';

/** What is known of a resource, a line for each thing, with the line of the file that says so. */
export function describeResource(explanation: Explanation): string {
  const { reference, apiVersion, kind, namespace, origin, generatedBy, application } = explanation;
  const rows: [string, string[]][] = [
    ['API', [`${apiVersion} ${kind}`]],
    ['namespace', [namespace ?? 'none: it is of the whole cluster']],
    [
      'layer',
      [explanation.stack === null ? explanation.layer : `${explanation.layer}, stack ${explanation.stack}`],
    ],
    ['written in', [at(origin)]],
    ['by way of', origin.via.map(({ file, line, what }) => `${file}:${line} ${what}`)],
    ['made by', generatedBy === null ? [] : [generatedBy]],
    ['application', applicationLines(application)],
    ['sync', [orderLine(explanation)]],
    ['sync order', explanation.sequence.map(stepLine)],
    [
      'policies',
      explanation.policies.map(
        ({ policy, rule, type, action, origin: place }) =>
          `${policy}, rule ${rule}: ${type}${action === null ? '' : `, ${action}`} (${at(place)})`,
      ),
    ],
    [
      'events',
      explanation.events.map(
        ({ source, event, sensor, trigger, live, origin: place }) =>
          `${source} ${event} → ${sensor ?? 'no sensor'} → ${trigger ?? 'no trigger'}${live ? '' : ', dead'} (${at(place)})`,
      ),
    ],
    [
      'secrets',
      explanation.secrets.map(
        ({ externalSecret, store, secret, origin: place }) =>
          `${externalSecret} reads ${store}, writes ${secret} (${at(place)})`,
      ),
    ],
    [
      'conditions',
      explanation.conditions.map(
        ({ type, message, origin: place }) => `${type}: ${message}${place === null ? '' : ` (${at(place)})`}`,
      ),
    ],
    ['relations', relationLines(explanation)],
    ['on pages', (explanation.mentions ?? []).map((mention) => `${at(mention)} ${mention.how}`)],
    ['unverified', explanation.unverified.map(({ what, why }) => `${what}: ${why}`)],
  ];
  const lines = rows
    .filter(([, lines]) => lines.length > 0)
    .flatMap(([name, lines]) =>
      lines.map((line, index) => `  ${(index === 0 ? name : '').padEnd(12)} ${visible(line)}`),
    );
  return `${[visible(reference), ...lines].join('\n')}\n`;
}

function applicationLines(application: Explanation['application']): string[] {
  if (application === null) return ['none: Argo CD does not deploy it'];
  const { name, project, permitted, reasons } = application;
  return [
    `${name}, in project ${project}: ${permitted === null ? 'not verified' : permitted ? 'permitted' : 'forbidden'}`,
    ...(permitted
      ? []
      : reasons.map(({ message, origin }) => (origin === null ? message : `${message} (${at(origin)})`))),
  ];
}

function orderLine({ order, deployedBy }: Explanation): string {
  const where = order.step === null ? '' : `, step ${order.step} of ${order.steps}`;
  const set = order.waveSet ? '' : ' (none set)';
  const inert =
    order.waveSet && deployedBy === null ? ', which means nothing: no application deploys it' : '';
  return `${waveWords(order)}${set}${where}${inert}`;
}

function stepLine({ phase, wave, resources }: Explanation['sequence'][number]): string {
  return `${waveWords({ phase, wave })}: ${firstOf(
    resources.map(({ reference }) => reference),
    6,
  )}`;
}

/** One line for the same words: an application may deploy a hundred things. */
function relationLines({ relations }: Explanation): string[] {
  return [...Map.groupBy(relations, ({ words }) => words)].map(
    ([words, same]) => `${words} ${firstOf([...new Set(same.map(({ other }) => other))], 6)}`,
  );
}

function at({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${file}:${line}`;
}
