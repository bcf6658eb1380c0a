/**
 * A wrong call or configuration: exit code 2. `help` says how to mend it, `place` where its first fault is in
 * the absolute `file`, if that is known.
 */
export class ConfigError extends Error {
  readonly help: string;
  readonly place: ConfigPlace | null;
  constructor(message: string, help: string, place: ConfigPlace | null = null) {
    super(message);
    this.name = 'ConfigError';
    this.help = help;
    this.place = place;
  }
}

export interface ConfigPlace {
  /** Absolute. */
  file: string;
  line: number;
  column: number;
}
