import { z } from 'zod';
import { didYouMean, inCode, isObject, nearest } from '../../base/index.ts';
import { configError } from '../run/errors.ts';
import { replaceable } from './components.ts';
import type { PlumblineOptions } from './options.ts';

/** What is wrong with an option is said by what it takes. */
const path = z.string('a path').min(1, 'a path');
const flag = z.boolean('`true` or `false`');

const optionsSchema = z.strictObject(
  {
    root: path.optional(),
    docs: path.optional(),
    resources: flag.default(true),
    rules: flag.default(false),
    status: flag.default(true),
    untrusted: flag.default(false),
    components: z
      .strictObject(
        {
          Head: path.optional(),
          Mark: path.optional(),
          Table: path.optional(),
          Diagram: path.optional(),
          Home: path.optional(),
          Lost: path.optional(),
          kinds: z.record(z.string(), path).optional(),
        } satisfies Shape<NonNullable<PlumblineOptions['components']>>,
        `paths of ${replaceable.join(', ')} and kinds`,
      )
      .optional(),
    errors: z
      .union(
        [z.literal('fail'), z.literal('warn'), z.strictObject({ baseline: z.string().min(1) })],
        "`'fail'`, `'warn'` or `{ baseline: 'FILE' }`",
      )
      .optional(),
  } satisfies Shape<PlumblineOptions>,
  'options by their names',
);

/**
 * The options of the Starlight plugin with their defaults.
 * @throws AstroError with every option that there is not or that is of another type, and how to mend the
 * first.
 */
export function readOptions(given: unknown): z.output<typeof optionsSchema> {
  const parsed = optionsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, given));
  throw configError(faults.map(({ message }) => message).join('\n'), faults[0]?.help ?? allOptions);
}

function faultsOf(issue: z.core.$ZodIssue, given: unknown): OptionFault[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownOption);
  const [option] = issue.path;
  const isWhole = option === undefined || !isObject(given);
  const what = isWhole ? '`plumbline()`' : `the option ${inCode(String(option))} of \`plumbline()\``;
  const value = isWhole ? given : given[String(option)];
  const message = `${what} takes ${issue.message}, not ${inCode(JSON.stringify(value) ?? String(value))}.`;
  return [{ message, help: allOptions }];
}

function unknownOption(option: string): OptionFault {
  const near = nearest(option, known);
  const help = near.length === 0 ? allOptions : didYouMean(near).replace(/^d/, 'D');
  return { message: `\`plumbline()\` has no option ${inCode(option)}.`, help };
}

const known = Object.keys(optionsSchema.shape);
const allOptions = `Options of \`plumbline()\`: ${known.map(inCode).join(', ')}.`;

/** A schema for each option that there is, and for no other. */
type Shape<Options> = { [Name in keyof Required<Options>]: z.ZodType<unknown, Options[Name]> };

interface OptionFault {
  message: string;
  help: string;
}
