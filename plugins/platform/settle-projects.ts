import type { Application } from '../model/index.ts';
import type { Unverified } from '../source/index.ts';
import type { Platform } from './types.ts';
import { mayHold, unreadWords } from './unread/unseen.ts';

/**
 * A project that no manifest declares forbids its applications; one that something unread may declare leaves
 * open whether it does. Only the whole platform knows of which kind it is.
 */
export function settleProjects(platform: Platform): Platform {
  const { model, resource } = platform;
  const settled = new Map<string, Application>();
  const findings = model.findings.filter((finding) => {
    if (finding.type !== 'forbidden' || finding.reason.about !== 'project') return true;
    const application = model.applications.find(({ id }) => id === finding.application.id);
    const namespace = resource(finding.application.id)?.namespace ?? null;
    const [part] = mayHold(platform, [appProject], namespace, finding.project);
    if (part === undefined || application === undefined) return true;
    settled.set(application.id, opened(application, finding.reason.message, unreadWords(part)));
    return false;
  });
  if (settled.size === 0) return platform;
  const more = [...settled.values()].flatMap(({ unverified }) => unverified.slice(-1));
  return {
    ...platform,
    model: {
      ...model,
      findings,
      applications: model.applications.map((one) => settled.get(one.id) ?? one),
      unverified: [...model.unverified, ...more],
    },
  };
}

/** The same without the verdict of a project that is not here. */
function opened(application: Application, reason: string, why: string): Application {
  const { permitted, project, origin, unverified } = application;
  const reasons = permitted.reasons.filter(({ message }) => message !== reason);
  const { file, line, column, endLine, endColumn } = origin;
  const open: Unverified = {
    kind: 'project',
    what: `project ${project}, which no manifest declares`,
    why,
    origin: { file, line, column, endLine, endColumn },
  };
  return {
    ...application,
    permitted: { ok: reasons.length > 0 ? false : null, reasons },
    unverified: [...unverified, open],
  };
}

const appProject = { group: 'argoproj.io', kind: 'AppProject' };
