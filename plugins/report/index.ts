/** Diagnostics → text for people and machines. A reporter is one file and one row in `reporters.ts`. */
export { reporters } from './reporters.ts';
export type { Checked, Report, Reporter, ReporterIo } from './types.ts';
