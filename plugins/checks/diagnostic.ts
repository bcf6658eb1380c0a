import type { DiagnosticOf } from '../source/index.ts';
import type { RuleName } from './rules.ts';

/** What is wrong, by any rule: what every later room hands on. */
export type Diagnostic = DiagnosticOf<RuleName>;
