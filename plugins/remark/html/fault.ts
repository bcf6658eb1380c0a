import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Diagnostic } from '../../checks/index.ts';
import { codeFrame } from '../../report/index.ts';
import type { DiagnosticSource, Place } from '../../source/index.ts';
import { withCode } from './elements.ts';
import { type ElementContext, placeElement } from './hast.ts';

/**
 * A diagnostic as a box in the page: what a writer sees while the build would fail. The manifests' side is
 * shown as it is written there; where the page is served to whoever writes, both sides open in their editor.
 */
export function faultElement(diagnostic: Diagnostic, page: ElementContext): Element {
  const line = (name: string, word: string, value: string | null) =>
    value === null ? [] : [h('p', { class: `pl-fault-${name}` }, [word, ...withCode(value)])];
  const sources = diagnostic.sources.filter((source) => source.file !== '');
  return h('aside', { class: 'pl-fault not-content', dataRule: diagnostic.rule, role: 'alert' }, [
    h('p', { class: 'pl-fault-title' }, [
      ruleElement(diagnostic.rule, page),
      ' ',
      ...withCode(diagnostic.message),
      ...(diagnostic.page ? editLink(diagnostic.page, page) : []),
    ]),
    ...line('expected', `${page.speech.say('fault.expected')} `, diagnostic.expected),
    ...line('actual', `${page.speech.say('fault.found')} `, diagnostic.actual),
    ...(sources.length > 0
      ? [
          h(
            'ul',
            { class: 'pl-fault-sources' },
            sources.map((source, index) => sourceElement(source, index < mostFrames, page)),
          ),
        ]
      : []),
    ...line('help', '', diagnostic.help),
  ]);
}

function sourceElement(source: DiagnosticSource, isFramed: boolean, page: ElementContext): Element {
  const text = isFramed ? page.platform.sources.files.get(source.file)?.text : undefined;
  const frame = text === undefined ? '' : codeFrame(source, text);
  return h('li', [
    placeElement(source, `${source.file}:${source.line}`, page),
    ` ${source.role} ${source.resource ?? ''}`.trimEnd(),
    ...editLink(source, page),
    // No `pre`: Starlight would make a block of code of it, with a button to copy the line numbers.
    ...(frame === '' ? [] : [h('div', { class: 'pl-fault-frame', tabIndex: 0 }, h('code', frame))]),
  ]);
}

function editLink(place: Place, { links, speech }: ElementContext): (Element | string)[] {
  const href = links.edit?.(place) ?? null;
  if (href === null) return [];
  const label = speech.say('fault.edit', { place: `${place.file}:${place.line}` });
  return [' ', h('a', { class: 'pl-edit', href, ariaLabel: label, title: label }, '✎')];
}

/** The name of a rule, as a link to its page where the site has one. */
function ruleElement(rule: string, { links }: ElementContext): Element {
  const target = links.rule?.(rule) ?? null;
  return target === null ? h('code', rule) : h('a', { href: target }, h('code', rule));
}

/** As in a terminal: the first sides say what is meant. */
const mostFrames = 3;
