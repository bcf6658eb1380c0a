/** The template cannot be parsed or executed; the message is the one of Go's text/template. */
export class TemplateError extends Error {
  /** Whether it asks for something that is not there. */
  readonly isMissing: boolean;

  constructor(message: string, isMissing = false) {
    super(message);
    this.isMissing = isMissing;
  }
}

/** A function is given a nil pointer. */
export class NilPointerError extends Error {}

/** The template asks for what cannot be known from the repository: the clock, chance, keys. */
export class UnknownValueError extends Error {}

/** Argo CD would go on; here the work is bounded. */
export function tooMuch(what: string): UnknownValueError {
  return new UnknownValueError(`the template ${what} and is not evaluated`);
}
