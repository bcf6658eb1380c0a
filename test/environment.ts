/**
 * Makes the environment what it was. An object in the place of `process.env` would be none of the process:
 * Node itself, and tests of the worker that come later, would see nothing of what is set in it.
 */
export function restoreEnvironment(before: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
}
