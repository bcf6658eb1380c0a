import { compareText } from '../../base/index.ts';
import { isJudgement, type Model, type PolicyResult } from '../../model/index.ts';
import { list, reference, text } from '../cells.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';

/** How the stacks fare with the policies: a row a policy and a column a stack. */
export const policyMatrix: TableView = {
  name: 'policy-matrix',
  title: 'Policies and stacks',
  summary:
    'How every stack fares with every policy that judges resources: a column a stack, with how many of its results there are of each kind.',
  subject: 'policyresult',
  only: "action != 'Mutate' && action != 'Generate' && action != 'Cleanup'",
  columns: [
    { name: 'policy', label: 'Policy', says: 'name of the policy', cel: null },
    {
      name: 'elsewhere',
      label: 'In no stack',
      hiddenIn: isAllInStacks,
      says: 'of what lies in no stack',
      cel: null,
    },
  ],
  columnsIn: (model) =>
    stacksOf(model).map((stack) => ({ name: stack, label: stack, says: 'of that stack', cel: null })),
  rows(platform, query) {
    const judged = query.subjects('policyresult').filter(({ record }) => isJudgement(record));
    const stacks = stacksOf(platform.model);
    return [...Map.groupBy(judged, ({ record }) => record.policy)].flatMap(([id, group]): ViewRow[] => {
      const [subject] = group;
      if (!subject) return [];
      const policy = platform.resource(id);
      const name = policy?.kind === 'Namespace' ? platform.referenceOf(policy) : (policy?.name ?? id);
      const of = (stack: string | null): Cell =>
        countsCell(
          group.filter(({ resource }) => (resource?.stack ?? null) === stack).map(({ record }) => record),
        );
      const cells = Object.fromEntries(stacks.map((stack) => [stack, of(stack)]));
      return [
        {
          id,
          subject,
          cells: { ...cells, policy: reference(name, id), elsewhere: of(null) },
          origin: policy?.origin ?? null,
        },
      ];
    });
  },
};

/** Those of which some policy judges a resource. */
function stacksOf(model: Model): string[] {
  const stacks = new Map(model.resources.map(({ id, stack }) => [id, stack]));
  const found = new Set(model.policyResults.filter(isJudgement).map(({ resource }) => stacks.get(resource)));
  return [...found].filter((stack) => typeof stack === 'string').sort(compareText);
}

function isAllInStacks(model: Model): boolean {
  const outside = new Set(model.resources.flatMap(({ id, stack }) => (stack === null ? [id] : [])));
  return !model.policyResults.some((one) => isJudgement(one) && outside.has(one.resource));
}

/** `12 pass, 1 fail`: what is worst stands first. */
function countsCell(results: readonly PolicyResult[]): Cell {
  return list(
    tones.flatMap(([status, tone]): Cell[] => {
      const count = results.filter(({ result }) => result === status).length;
      return count === 0 ? [] : [{ ...text(`${count} ${status}`), tone }];
    }),
  );
}

const tones = [
  ['fail', 'bad'],
  ['error', 'bad'],
  ['warn', 'warn'],
  ['unverified', 'warn'],
  ['pass', 'good'],
  ['skip', 'muted'],
] as const;
