import { checkText } from '../check-pages.ts';
import type { Engine } from '../engine.ts';
import { firstViews } from './first-views.ts';
import { access } from './proposals/access.ts';
import { delivery } from './proposals/delivery.ts';
import { named } from './proposals/named.ts';
import type { Proposal } from './proposals/proposal.ts';
import { traffic } from './proposals/traffic.ts';
import { type Scope, scopesOf } from './scopes.ts';
import { stateClaim } from './state-claim.ts';
import { summarySentences } from './summary-sentences.ts';

/**
 * A first page about a platform, at a path where none is yet: what there is in numbers, three claims, a table
 * and a drawing. Each was judged and is true; what anything unread could change is left out. Null where
 * nothing can be claimed for certain.
 */
export async function writeFirstPage(engine: Engine, path: string): Promise<FirstPage | null> {
  const { model } = engine.platform;
  const isTrue = (line: string) => holds(engine, path, line);
  const summary = await firstTrue(summarySentences(model), isTrue);
  const scopes = scopesOf(engine);
  const claims = await chooseClaims(engine, scopes, isTrue);
  const { tables, diagrams } = firstViews(model, scopes);
  const table = await firstTrue(tables, isTrue);
  const diagram = await firstTrue(diagrams, isTrue);
  const parts = [
    ...(summary === null ? [] : [summary]),
    ...(claims.length === 0 ? [] : ['## What holds', claims.map((line) => `- ${line}`).join('\n'), promise]),
    ...(table === null && diagram === null ? [] : ['## What there is']),
    ...[table, diagram].filter((view) => view !== null),
  ];
  if (claims.length === 0) return null;
  const text = `${head}\n${parts.join('\n\n')}\n`;
  // Statements that hold alone could still contradict a page that stands at the same address.
  const { diagnostics } = await checkText(engine, path, text);
  if (diagnostics.some(({ severity }) => severity === 'error')) return null;
  return { text, claims: claims.length, table: table !== null, diagram: diagram !== null };
}

/**
 * One claim of each area first, then what else is true, at most one a topic. Where too little is known of the
 * whole, single folders are spoken of, and stacks.
 */
async function chooseClaims(
  { query, platform: { model } }: Engine,
  scopes: Scope[],
  isTrue: (line: string) => Promise<boolean>,
): Promise<string[]> {
  const topics = new Set<string>();
  const claims: string[] = [];
  const next = async (proposals: Proposal[], scope: Scope | null): Promise<boolean> => {
    for (const proposal of proposals) {
      if (topics.has(proposal.topic)) continue;
      const line = stateClaim(query, proposal, scope);
      if (line === null || !(await isTrue(line))) continue;
      topics.add(proposal.topic);
      claims.push(line);
      return true;
    }
    return false;
  };
  const areas = [delivery, access, traffic];
  for (const area of areas) await next(area, null);
  for (const proposals of [() => areas.flat(), (scope: Scope | null) => named(model, scope)])
    for (const scope of [null, ...scopes])
      while (claims.length < wantedClaims && (await next(proposals(scope), scope)));
  return claims.slice(0, wantedClaims);
}

async function firstTrue(
  lines: string[],
  isTrue: (line: string) => Promise<boolean>,
): Promise<string | null> {
  for (const line of lines) if (await isTrue(line)) return line;
  return null;
}

async function holds(engine: Engine, path: string, line: string): Promise<boolean> {
  const { verdicts, diagnostics } = await checkText(engine, path, `${head}\n${line}\n`);
  return (
    verdicts.length > 0 && diagnostics.length === 0 && verdicts.every(({ outcome }) => outcome === 'true')
  );
}

const wantedClaims = 3;

const head = `---
title: The platform
description: What holds of this platform, checked against its manifests.
---
`;

const promise = `Each of these was true when this page was written, and is checked with every change: one that breaks it turns the check
red, with the line of the manifest. Keep what you mean, delete the rest, and write your own beside it.`;

export interface FirstPage {
  text: string;
  claims: number;
  table: boolean;
  diagram: boolean;
}
