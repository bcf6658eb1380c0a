import { checkText } from '../check-pages.ts';
import type { Engine } from '../engine.ts';
import { type Proposal, sentencesFor, viewsFor } from './first-statements.ts';

/**
 * A first page about a platform, at a path where none is yet: sentences, a table and a drawing of which each
 * was judged and holds. Null where nothing can be said for certain.
 */
export async function writeFirstPage(engine: Engine, path: string): Promise<FirstPage | null> {
  const { model } = engine.platform;
  const sentences: string[] = [];
  for (const proposal of sentencesFor(model)) {
    if (sentences.length === mostSentences) break;
    const line = await firstThatHolds(engine, path, proposal, false);
    if (line !== null) sentences.push(line);
  }
  const views: string[] = [];
  for (const proposal of viewsFor(model)) {
    const line = await firstThatHolds(engine, path, proposal, true);
    if (line !== null) views.push(line);
  }
  if (sentences.length + views.length === 0) return null;
  const text = `${head}\n${[...sentences, ...views].join('\n\n')}\n\n${foot}`;
  // Statements that hold alone could still contradict a page that stands at the same address.
  const { diagnostics } = await checkText(engine, path, text);
  if (diagnostics.some(({ severity }) => severity === 'error')) return null;
  return { text, sentences: sentences.length, views: views.length };
}

/**
 * A sentence must be true. A view may show less than there is, where a part is not read: it says so itself.
 */
async function firstThatHolds(
  engine: Engine,
  path: string,
  proposal: Proposal,
  isView: boolean,
): Promise<string | null> {
  for (const line of proposal) {
    const { verdicts, diagnostics } = await checkText(engine, path, `${head}\n${line}\n`);
    const holds = verdicts.every(({ outcome }) => outcome === 'true' || (isView && outcome === 'unverified'));
    if (verdicts.length > 0 && holds && diagnostics.length === 0) return line;
  }
  return null;
}

const mostSentences = 4;

const head = `---
title: The platform
description: What the manifests of this repository say, checked against them.
---
`;

const foot = `Every number and sentence above is checked against the manifests: change one and run
\`npx starlight-plumbline check\`.
`;

interface FirstPage {
  text: string;
  sentences: number;
  views: number;
}
