import type { Platform } from '../../platform/index.ts';
import type { Subject, SubjectKind, SubjectOf } from '../subjects/index.ts';
import type { UnsureField } from './field-part.ts';
import { openFields } from './open-fields.ts';
import { otherwiseBuilt } from './otherwise-fields.ts';
import { alteringOf, partialOf } from './placed-parts.ts';

/** Fields of a subject that is known which something unread could change, and by what. */
export function unsureFields(subject: Subject, platform: Platform): readonly UnsureField[] {
  // A stack is a folder: what may change its ApplicationSet is told of that.
  const altered = subject.kind === 'stack' ? none : alteredFields(subject, platform);
  return both(altered, fieldsOf(subject, platform));
}

/** Of its own manifest. */
function alteredFields(subject: Subject, platform: Platform): readonly UnsureField[] {
  const altering = alteringOf(subject.resource?.deployer ?? null, platform);
  const all = altering === undefined ? none : [{ name: '*', parts: altering }];
  return both(both(partialOf(subject, platform), all), otherwiseBuilt(subject, platform));
}

/** Of what the model works out of it, by its kind. */
function fieldsOf<K extends SubjectKind>(subject: SubjectOf<K>, platform: Platform): readonly UnsureField[] {
  const open = openFields[subject.kind as K];
  return open === undefined ? none : open(subject, platform);
}

/** Of thousands of subjects nothing is to be made where there is nothing. */
const none: readonly UnsureField[] = [];

function both(some: readonly UnsureField[], others: readonly UnsureField[]): readonly UnsureField[] {
  if (some.length === 0) return others;
  return others.length === 0 ? some : [...some, ...others];
}
