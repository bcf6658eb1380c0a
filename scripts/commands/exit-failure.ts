/** A wrong call: exit code 2, one sentence, and what to do. */
export class UsageError extends Error {
  readonly help: string;
  constructor(message: string, help: string) {
    super(message);
    this.name = 'UsageError';
    this.help = help;
  }
}

/**
 * What is printed where a run ends without an answer. An error that carries `help` (a wrong call, a wrong
 * configuration, a missing engine), or Astro's `hint`, is the caller's to mend; any other is ours, and says
 * so with its stack for the report.
 */
export function describeFailure(error: unknown): string {
  const help = error instanceof Error ? helpOf(error) : undefined;
  if (error instanceof Error && help !== undefined) return `error: ${error.message}\n  help: ${help}\n`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const indented = stack.split('\n').map((line) => `  ${line}`);
  return `internal error: this is a fault of plumbline, not of your files\n${indented.join('\n')}\n  help: please report it with the lines above\n`;
}

function helpOf(error: Error & { help?: unknown; hint?: unknown; type?: unknown }): string | undefined {
  const { help, hint, type, cause } = error;
  if (typeof help === 'string') return help;
  // What Astro says of a site is its user's to mend; a fault inside of it has a cause.
  const isOfSite = (type === 'AstroUserError' || type === 'AstroError') && cause === undefined;
  return isOfSite && typeof hint === 'string' ? hint : undefined;
}
