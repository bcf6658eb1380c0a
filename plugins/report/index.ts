/** Diagnostics → text for people and machines. A reporter is one file and one row in `reporters.ts`. */

export { baselineOf, parseBaseline, writeBaseline } from './baseline.ts';
export { changes } from './changes.ts';
export { headline } from './diff/content.ts';
export { diffFormats } from './diff/formats.ts';
export { codeFrame } from './frame.ts';
export { reporters } from './reporters.ts';
export { sarifFailure } from './sarif.ts';
export { remediesOf } from './unverified-lines.ts';
