import { z } from 'zod';
import { didYouMean, inCode, isObject, nearest } from '../../base/index.ts';
import { configError } from '../run/errors.ts';
import { replaceable } from './components.ts';

/** What is wrong with an option is said by what it takes. */
const path = z.string('a path').min(1, 'a path').optional();
const flag = z.boolean('`true` or `false`');

const optionsSchema = z.strictObject(
  {
    /**
     * Root of the repository that the pages speak of, relative to the site's; default: the site's own root.
     */
    root: path,
    /** Folder of the pages, relative to the site's root; default: where `src/content/docs` leads. */
    docs: path,
    /** A page for each resource under `resources/`; default true. */
    resources: flag.default(true),
    /**
     * A page for each rule under `rules/`, and the reference of expressions at `expressions/`; default false.
     */
    rules: flag.default(false),
    /** What was verified, what was not, and why, at `status/`; default true. */
    status: flag.default(true),
    /**
     * For pages that are not your own: nothing of them is run. MDX is shown as Markdown, HTML is sanitized
     * as on GitHub, `head` and attributes of the front matter are left out, pictures of other hosts are
     * links; default false.
     */
    untrusted: flag.default(false),
    /**
     * Astro components in the place of ours, as paths relative to the site's root; `kinds` has those of the
     * pages of a kind: `{ Table: './src/components/Table.astro', kinds: { Secret: './src/…' } }`.
     */
    components: z
      .strictObject(
        {
          ...Object.fromEntries(replaceable.map((name) => [name, path])),
          kinds: z.record(z.string(), z.string('a path').min(1, 'a path')).optional(),
        } as Record<(typeof replaceable)[number], typeof path> & {
          kinds: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
        },
        `paths of ${replaceable.join(', ')} and kinds`,
      )
      .optional(),
    /**
     * What faults do to a build: `fail` ends it, `warn` prints them and goes on, a baseline (as `plumbline
     * check --baseline` keeps it, relative to the site's root) ends it for those that it does not list;
     * default: `baseline` of plumbline.yaml, else `fail`.
     */
    errors: z
      .union(
        [z.literal('fail'), z.literal('warn'), z.strictObject({ baseline: z.string().min(1) })],
        "`'fail'`, `'warn'` or `{ baseline: 'FILE' }`",
      )
      .optional(),
  },
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

export type PlumblineOptions = z.input<typeof optionsSchema>;

interface OptionFault {
  message: string;
  help: string;
}
