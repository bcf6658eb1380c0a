import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, listAt, objectAt } from '../../plugins/base/json-value.ts';
import { attachRoutes } from '../../plugins/model/gateway/attachment.ts';
import { backendsOf, referencesOf } from '../../plugins/model/gateway/backends.ts';
import { coversHost, coversIngressHost, meetingHostnames } from '../../plugins/model/gateway/hostnames.ts';
import { answeringPath, classOf, ingressPaths, tlsOf } from '../../plugins/model/gateway/ingress.ts';
import { judgeParents } from '../../plugins/model/gateway/listeners.ts';
import type { HttpRequest } from '../../plugins/model/gateway/matches.ts';
import {
  type NetworkObject,
  placeName,
  type Surroundings,
  type Verdict,
} from '../../plugins/model/gateway/objects.ts';
import { answerOf, reachableListeners } from '../../plugins/model/gateway/requests.ts';
import {
  endpointPorts,
  isSelected,
  podLabels,
  podOf,
  selectorOf,
} from '../../plugins/model/gateway/services.ts';
import { refusals } from '../../plugins/model/gateway/validation.ts';
import { identityOf, textsOf } from '../../plugins/model/identity.ts';
import { differ, type Operation, runVectors, type Vector } from './run.ts';

describe('Gateway API, Ingress and Services', () => {
  it('attaches routes to listeners, and judges what they name', () => {
    const attach: Operation = ({ input, expected }) => {
      const around = surroundings(listAt(input, 'manifests'), objectAt(input, 'creation'));
      const parents = judgeParents(around);
      const attached = attachRoutes(parents, around);
      const actual = {
        routes: Object.fromEntries(
          attached.map(({ route, parents: own }) => [
            route.id,
            {
              parents: own.map((one) => ({
                parent: `${one.kind}/${placeName(one.namespace, one.name)}`,
                ...(one.section === null ? {} : { section: one.section }),
                ...(one.port === null ? {} : { port: one.port }),
                accepted: one.accepted.is,
                reason: one.accepted.reason,
                listeners: one.listeners.map(({ listener }) => listener.name),
              })),
              ...references(referencesOf(backendsOf(route, around))),
            },
          ]),
        ),
        listeners: Object.fromEntries(
          [...parents.values()].map(({ object, listeners }) => [
            object.id,
            Object.fromEntries(
              listeners.map((one) => [
                one.name,
                {
                  attachedRoutes: one.attached.length,
                  supportedKinds: one.supportedKinds,
                  supportedKindsInclude: one.supportedKinds,
                  accepted: one.accepted.is,
                  acceptedReason: one.accepted.reason,
                  ...references(one.resolvedRefs),
                },
              ]),
            ),
          ]),
        ),
        gateways: conditions('Gateway'),
        listenerSets: conditions('ListenerSet'),
      };
      return unlike(expected, actual);

      function conditions(kind: string): JsonObject {
        return Object.fromEntries(
          [...parents.values()]
            .filter(({ object }) => object.kind === kind)
            .map(({ object, accepted }) => [object.id, { accepted: accepted.is, reason: accepted.reason }]),
        );
      }
    };
    expect(runVectors('gateway/attach.json', { attach })).toEqual({ failures: [], ran: 108 });
  });

  it('knows which hosts a name covers', () => {
    const intersect: Operation = ({ input, expected }) =>
      differ(expected, {
        effective: meetingHostnames(input.listener as string | null, input.route as string[]),
      });
    const hostMatches: Operation = ({ input, expected }) => {
      const covers = input.of === 'ingress' ? coversIngressHost : coversHost;
      return differ(expected, { match: covers(String(input.pattern), String(input.host)) });
    };
    expect(runVectors('gateway/hostnames.json', { intersect, hostMatches })).toEqual({ failures: [], ran: 22 });
  });

  it('finds the rule that answers a request', () => {
    const fixtures = fixturesOf('requests.json');
    const request: Operation = ({ input, expected }) => {
      const around = surroundings(fixtures(input), objectAt(input, 'creation'));
      const parents = judgeParents(around);
      const attached = attachRoutes(parents, around);
      const asked = objectAt(input, 'request');
      const listeners = reachableListeners(String(input.gateway), parents).filter(
        ({ port }) => port === asked.port,
      );
      const answer = answerOf(asked as unknown as HttpRequest, listeners, attached, around);
      const by = answer.winner === null ? {} : { route: answer.winner.route.id, rule: answer.winner.match.rule };
      if (answer.is === 'not found') return differ(expected, { status: 404 });
      if (answer.is === 'undetermined') return differ(expected, { undetermined: answer.between.map(({ id }) => id) });
      if (answer.is === 'failing') return unlike(expected, { ...by, status: 500 });
      if (answer.is === 'redirect')
        return unlike(expected, { ...by, status: answer.status, location: answer.location });
      const { host, path, headers } = answer.forwarded;
      return unlike(expected, {
        ...by,
        backends: answer.backends.map((one) => ({
          service: placeName(one.namespace, one.name),
          port: one.port,
          share: one.share,
        })),
        failing: answer.failing,
        forwarded: { host, path, headers: Object.fromEntries(headers) },
        mirrors: answer.mirrors.map(({ namespace, name }) => placeName(namespace, name)),
      });
    };
    expect(runVectors('gateway/requests.json', { request })).toEqual({ failures: [], ran: 163 });
  });

  it('finds the backend of an Ingress, and what it names', () => {
    const fixtures = fixturesOf('ingress.json');
    const ingress: Operation = ({ input, expected }) => {
      const around = surroundings(fixtures(input), {});
      const found = around.ofKind('networking.k8s.io', 'Ingress').find(({ id }) => id === input.ingress);
      if (found === undefined) return 'no such Ingress';
      const { path, isKnown } = answeringPath(
        ingressPaths(found, around),
        String(input.host),
        String(input.path),
      );
      if (!isKnown) return differ(expected, { unknown: true });
      return differ(expected, path === null ? { status: 404 } : { service: path.service, port: path.port });
    };
    const ingressRefs: Operation = ({ input, expected }) => {
      const around = surroundings(listAt(input, 'manifests'), {});
      const [found] = around.ofKind('networking.k8s.io', 'Ingress');
      if (found === undefined) return 'no Ingress';
      return unlike(expected, {
        backends: ingressPaths(found, around).map(({ at, resolved }) => ({
          at,
          ok: resolved.is,
          ...(resolved.is === false ? { reason: resolved.reason } : {}),
        })),
        tls: tlsOf(found, around).map(({ secret, ok }) => ({ secret, ok })),
        class: classOf(found, around),
      });
    };
    expect(runVectors('gateway/ingress.json', { ingress, ingressRefs })).toEqual({ failures: [], ran: 32 });
  });

  it('selects workloads, and the ports of their containers', () => {
    const selects: Operation = ({ input, expected }) => {
      const service = objectOf(objectAt(input, 'service'));
      const selector = selectorOf(service);
      if (selector === null) return differ(expected, { workloads: null });
      const workloads = listAt(input, 'others')
        .filter(isObject)
        .map(objectOf)
        .filter((one) => {
          const pod = podOf(one);
          return pod !== undefined && one.namespace === service.namespace && isSelected(selector, podLabels(pod));
        });
      return differ(expected, {
        workloads: workloads.map((one) => ({
          workload: one.id,
          ports: Object.fromEntries(
            endpointPorts(service, podOf(one) ?? {}).map(({ name, number, target }) => [name ?? number, target]),
          ),
        })),
      });
    };
    expect(runVectors('gateway/services.json', { selects })).toEqual({ failures: [], ran: 12 });
  });

  it('refuses what the API server refuses', () => {
    const validate: Operation = ({ input, expected }) => {
      const broken = refusals(objectAt(input, 'manifest')).map(({ rule }): string => rule);
      if (expected.valid === true) return differ([], broken);
      const missing = (expected.rules as string[]).filter((rule) => !broken.includes(rule));
      return missing.length === 0 ? null : `expected ${missing.join(', ')}, got ${broken.join(', ')}`;
    };
    expect(runVectors('gateway/validation.json', { validate })).toEqual({ failures: [], ran: 53 });
  });
});

/** All there is: what is not here is nowhere. */
function surroundings(manifests: readonly unknown[], creation: JsonObject): Surroundings {
  const objects = manifests.filter(isObject).map(objectOf);
  return {
    ofKind: (group, kind) => objects.filter((one) => one.group === group && one.kind === kind),
    find: (group, kind, namespace, name) =>
      objects.find(
        (one) => one.group === group && one.kind === kind && one.namespace === namespace && one.name === name,
      ),
    mayBe: () => null,
    mayDiffer: () => null,
    labelsOf(namespace) {
      const found = objects.find((one) => one.kind === 'Namespace' && one.name === namespace);
      return found === undefined
        ? { labels: {}, why: `no Namespace \`${namespace}\` is here` }
        : { labels: found.labels, why: null };
    },
    createdAt: ({ id }) => (typeof creation[id] === 'string' ? creation[id] : undefined),
  };
}

function objectOf(rendered: JsonObject): NetworkObject {
  const { group, kind, namespace, name } = identityOf(rendered);
  const labels = textsOf(objectAt(rendered, 'metadata', 'labels'));
  return { id: [kind, namespace, name].filter(Boolean).join('/'), group, kind, namespace, name, labels, rendered };
}

function references({ is, reason }: Verdict): JsonObject {
  return { resolvedRefs: is, ...(is === true ? {} : { resolvedRefsReason: reason }) };
}

/** Only what `expected` names is asserted. */
function unlike(expected: unknown, actual: unknown): string | null {
  return differ(expected, like(expected, actual));
}

function like(expected: unknown, actual: unknown): unknown {
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length)
    return actual.map((one, index) => like(expected[index], one));
  if (!isObject(expected) || !isObject(actual)) return actual;
  return Object.fromEntries(
    Object.keys(expected).map((key) => {
      const wanted = expected[key];
      const own = actual[key];
      if (key === 'supportedKindsInclude' && Array.isArray(wanted) && Array.isArray(own))
        return [key, wanted.filter((kind) => own.includes(kind))];
      // All headers are named where any are.
      return [key, key === 'headers' ? own : like(wanted, own)];
    }),
  );
}

function fixturesOf(file: string): (input: Vector['input']) => unknown[] {
  const path = join(import.meta.dirname, 'gateway', file);
  const { fixtures } = JSON.parse(readFileSync(path, 'utf8')) as { fixtures: JsonObject };
  return ({ fixture }) => listAt(fixtures, String(fixture));
}

