import { boolean, choice, manifest, object, oneOf, string, strings } from './build.ts';

/** The fields that the platform uses, after kubernetes/api/v1alpha1 of Pyrra 0.10. */
const query = object({ metric: string }, {});

export const serviceLevelObjective = manifest(
  'pyrra.dev/v1alpha1',
  'ServiceLevelObjective',
  object(
    {
      // A number between 0 and 100, written as a string: definitions have no floats.
      target: { type: 'string', pattern: '^(100|[0-9]{1,2}(\\.[0-9]+)?)$' },
      window: { type: 'string', pattern: '^([0-9]+[smhdwy])+$' },
      indicator: oneOf(
        {
          ratio: object({ errors: query, total: query }, { grouping: strings }),
          latency: object({ success: query, total: query }, { grouping: strings }),
          bool_gauge: object({ metric: string }, { grouping: strings }),
        },
        {},
      ),
    },
    {
      description: string,
      alerting: object({}, { name: string, burnrates: boolean, absent: boolean }),
      partial_response_strategy: choice('abort', 'warn'),
    },
  ),
);
