import { later, remade } from '../base/index.ts';
import type { Application, Finding, ForbiddenFinding } from '../model/index.ts';
import type { Unverified } from '../source/index.ts';
import type { Platform } from './types.ts';
import { mayHold, unreadWords } from './unread/unseen.ts';

/**
 * A project that no manifest declares forbids its Applications, unless something unread may declare it. Only
 * the whole platform knows which of the two holds.
 */
export function settleProjects(platform: Platform): Platform {
  const { model } = platform;
  const settled = later(() => openedIn(platform));
  const ofFinding = (finding: Finding): Application | undefined =>
    isUndeclared(finding) ? settled().get(finding.application.id) : undefined;
  return {
    ...platform,
    model: remade(model, {
      applications: () => model.applications.map((one) => settled().get(one.id) ?? one),
      findings: () => model.findings.filter((one) => ofFinding(one) === undefined),
      unverified: () => [
        ...model.unverified,
        ...[...settled().values()].flatMap(({ unverified }) => unverified.slice(-1)),
      ],
    }),
  };
}

/** Applications of projects that something unread may declare, by their ids. */
function openedIn(platform: Platform): Map<string, Application> {
  const { model, resource } = platform;
  const settled = new Map<string, Application>();
  const declared = new Set(model.projects.map(({ name }) => name));
  // Reading the findings makes every part of the model: only where one of these Applications exists.
  if (model.applications.every(({ project, permitted }) => permitted.ok !== false || declared.has(project)))
    return settled;
  for (const finding of model.findings) {
    if (!isUndeclared(finding)) continue;
    const application = model.applications.find(({ id }) => id === finding.application.id);
    const namespace = resource(finding.application.id)?.namespace ?? null;
    const [part] = mayHold(platform, [appProject], namespace, finding.project);
    if (part === undefined || application === undefined) continue;
    settled.set(application.id, opened(application, finding.reason.message, unreadWords(part)));
  }
  return settled;
}

function isUndeclared(finding: Finding): finding is ForbiddenFinding {
  return finding.type === 'forbidden' && finding.reason.about === 'project';
}

/** The same Application without the verdict of a project that is not here. */
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
