/** The page of a resource: its head, the facts of its kind, the commands that look at it. */
export const things = {
  'thing.crumbs': 'Where it belongs',
  'thing.look': 'Look at it in the cluster',

  'answer.owner': 'Owner',
  'answer.deploysInto': 'Deployed into by',
  'answer.holds': 'Holds',

  'command.get': 'as the cluster has it',
  'command.describe': 'its state and events',
  'command.all': 'what runs in it',
  'command.warnings': 'what went wrong in it lately',
} as const;
