import type { Element } from 'hast';
import { h } from 'hastscript';
import { createExplainer, type Explanation } from '../../../engine/index.ts';
import type { Model, Resource, Stack } from '../../../model/index.ts';
import { unreadParts } from '../../../platform/index.ts';
import { type Content, listElement } from '../../../remark/index.ts';
import type { WordKey } from '../../../words/index.ts';
import { commitLink } from '../../site/commit-link.ts';
import { ref } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { platformMap } from './map.ts';

/**
 * What a reader who arrives needs first: at which commit, what is not known, a card for each stack, and the
 * questions of whoever is on call, each a link to the page that answers it. Elements for the first page of a
 * site, whoever makes it.
 */
export function homeElements(context: SiteContext): Element[] {
  const { say } = context.speech;
  const { explain } = createExplainer(context.platform);
  const cards = context.platform.model.stacks.map((stack) => stackCard(stack, context, explain));
  const asked = onCall(context, explain);
  return [
    stateLine(context),
    ...(cards.length === 0 ? [] : [h('h2#stacks', say('home.stacks')), h('ul.pl-cards', cards)]),
    ...(asked.length === 0 ? [] : [h('h2#on-call', say('home.onCall')), h('ul.pl-asked', asked)]),
    ...platformMap(context),
  ];
}

/** `At commit 17ad9b4: 225 resources, 5 not verified, no fault`. */
function stateLine({ platform, report, speech: { say }, page }: SiteContext): Element {
  const { model, config } = platform;
  const open = report.unverified.length;
  const faults = report.diagnostics.filter(({ severity }) => severity === 'error').length;
  const status = (tone: string, text: string) => h(`a.${tone}`, { href: page('status') }, text);
  const told = model.commit === null ? '' : say('home.commit', { commit: model.commit.slice(0, 7) });
  const host = model.commit === null ? null : commitLink(config.repository.browse, model.commit);
  const parts: Content[] = [
    ...(told === '' ? [] : [host === null ? h('span', told) : h('a', { href: host }, told)]),
    h('a', { href: page('resources') }, say('number.resource', { count: model.resources.length })),
    faults > 0
      ? status('pl-bad', say('number.fault', { count: faults }))
      : h('span.pl-good', say('home.noFault')),
    open > 0 ? status('pl-warn', say('home.gaps', { count: open })) : h('span.pl-good', say('home.noGap')),
  ];
  return h(
    'ul.pl-state',
    parts.map((part) => h('li', part)),
  );
}

/** A stack: who owns it, what deploys it, and how much of it is not known. */
function stackCard(stack: Stack, context: SiteContext, explain: Explain): Element {
  const { platform, pages, page, speech } = context;
  const { say } = speech;
  const { model } = platform;
  const written = pages.find(({ slug }) => slug === `stacks/${stack.name}`);
  const namespace = model.resources.find(
    ({ kind, name }) => kind === 'Namespace' && name === stack.namespace,
  );
  const owner =
    namespace === undefined ? undefined : explain(namespace).answers.find(({ name }) => name === 'owner');
  const of = (records: readonly { id: string; name: string }[], names: readonly string[]) =>
    records.filter(({ name }) => names.includes(name)).flatMap(({ id }) => platform.resource(id) ?? []);
  const deployers = [
    { label: 'home.applications', resources: of(model.applications, stack.applications) },
    { label: 'column.kustomizations', resources: of(model.kustomizations, stack.kustomizations) },
    { label: 'column.helmReleases', resources: of(model.helmReleases, stack.helmReleases) },
  ] as const;
  const open = [
    ...deployers.flatMap(({ resources }) => resources.flatMap((one) => explain(one).unverified)),
    // What nobody deploys is not known either where it is not read.
    ...unreadParts(platform).flatMap((part) => (part.stack === stack.name ? part.unverified : [])),
  ];
  const gaps = new Set(open.map(({ what, why }) => `${what}\0${why}`));
  const title =
    written === undefined
      ? namespace === undefined
        ? stack.name
        : ref(namespace, context, stack.name)
      : h('a', { href: page(written.slug) }, written.title);
  return h('li.pl-card', [
    h('h3', title),
    h('ul.pl-card-facts', [
      ...(owner === undefined ? [] : [fact(say('home.owner'), owner.value.text)]),
      ...deployers
        .filter(({ resources }) => resources.length > 0)
        .map(({ label, resources }) =>
          fact(say(label), listElement(resources.map((one) => ref(one, context, one.name)))),
        ),
      fact(
        say('home.open'),
        h(
          `span.${gaps.size > 0 ? 'pl-warn' : 'pl-good'}`,
          gaps.size > 0 ? say('home.gaps', { count: gaps.size }) : say('home.noGap'),
        ),
      ),
    ]),
  ]);
}

function fact(name: string, value: Content): Element {
  return h('li', [h('span.pl-muted', name), ' ', h('div', value)]);
}

/** Each question with something of this platform in it, as a link to its page. */
function onCall(context: SiteContext, explain: Explain): Element[] {
  const { model } = context.platform;
  return questions.flatMap(({ key, about }) => {
    const asked = about(model, explain);
    if (asked === undefined) return [];
    const href = context.links.resource(asked);
    if (href === null) return [];
    const text = context.speech.say(key, { name: asked.name, kind: asked.kind });
    return [h('li', h('a', { href }, text))];
  });
}

const questions: readonly { key: WordKey; about(model: Model, explain: Explain): Resource | undefined }[] = [
  {
    key: 'home.askSync',
    about: (model, explain) => {
      const all = ofKind(model, 'Application');
      return all.find((one) => explain(one).unverified.length > 0) ?? all[0];
    },
  },
  { key: 'home.askDeploys', about: (model) => namespaceOf(model) },
  { key: 'home.askOwner', about: (model) => namespaceOf(model, 1) },
  {
    key: 'home.askReads',
    about: (model) => {
      const read = new Set(model.secretReads.flatMap(({ secret }) => secret.id ?? []));
      return (
        model.resources.find(({ id, kind }) => kind === 'Secret' && read.has(id)) ??
        ofKind(model, 'Secret')[0]
      );
    },
  },
  { key: 'home.askEvent', about: (model) => ofKind(model, 'Sensor')[0] },
  {
    key: 'home.askPolicy',
    about: (model) => {
      const blocking = model.policies.find(({ rules }) => rules.some(({ action }) => action === 'Enforce'));
      return model.resources.find(({ id }) => id === (blocking ?? model.policies[0])?.id);
    },
  },
  {
    key: 'home.askBefore',
    about: (model) => ofKind(model, 'Deployment')[0] ?? ofKind(model, 'StatefulSet')[0],
  },
  { key: 'home.askWave', about: (model) => ofKind(model, 'HTTPRoute')[0] ?? ofKind(model, 'Ingress')[0] },
];

function ofKind({ resources }: Model, kind: string): Resource[] {
  return resources.filter((one) => one.kind === kind);
}

/** That of a stack. */
function namespaceOf(model: Model, index = 0): Resource | undefined {
  const names = model.stacks.flatMap(({ namespace }) => namespace ?? []);
  const name = names[index] ?? names[0];
  return ofKind(model, 'Namespace').find((one) => name === undefined || one.name === name);
}

type Explain = (resource: Resource) => Explanation;
