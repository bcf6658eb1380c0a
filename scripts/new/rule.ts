import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  addToChangelog,
  blank,
  camelCase,
  create,
  edit,
  format,
  Refused,
  requireKebabCase,
} from './write.ts';

const table = 'plugins/checks/rules.ts';

/** A rule: its module with examples that nothing is wrong with yet, its row, its line in the changelog. */
export function newRule(root: string, [name = '', about = 'page', ...rest]: string[]) {
  if (name === '' || rest.length > 0) throw new Refused('a rule takes one name');
  requireKebabCase(name, '`fact-stale`: what it is about, then what is wrong with it');
  const kind = Object.hasOwn(kinds, about) ? kinds[about] : undefined;
  if (!kind) throw new Refused(`a rule is about \`page\` or about \`manifests\`, not about \`${about}\``);
  for (const { folder } of Object.values(kinds)) {
    const file = `plugins/checks/rules/${folder}/${name}.ts`;
    if (existsSync(join(root, file)))
      throw new Refused(`there is a rule \`${name}\` already`, `read ${file}, or take another name`);
  }
  const file = `plugins/checks/rules/${kind.folder}/${name}.ts`;
  const id = camelCase(name);
  create(root, file, kind.module(name, id));
  edit(root, table, /^/, () => `import { ${id} } from './rules/${kind.folder}/${name}.ts';\n`);
  edit(root, table, kind.before, (match) => `  ${id},\n${match}`);
  addToChangelog(root, `${blank} (\`${name}\`).`);
  format(root, [file, table]);
  return {
    written: [file, `${table} (its row)`, 'CHANGELOG.md (its line)'],
    next: [
      `Write in the module what stands as \`${blank}\`, an example that fails and the same mended, and what is wrong. Then:`,
      `  npm test -- test/checks/rules.test.ts -t ${name}      fails until the examples are real`,
      `  npm test -- test/messages/examples.test.ts -t ${name}  writes what the terminal says beside the module: read it`,
    ],
  };
}

const kinds: Record<string, Kind> = {
  page: {
    folder: 'pages',
    // The first of the rules about manifests.
    before: /^ {2}manifestInvalid,\n/m,
    module: (name, id) => `import { diagnose } from '../../diagnose.ts';
import type { StatementBase } from '../../types.ts';
import type { PageRule, Raised } from '../rule.ts';

export const ${id} = {
  name: '${name}',
  about: 'page',
  severity: 'error',
  title: '${blank}',
  explain: \`${blank}\`,
  silent: \`${blank}\`,
  failing: \`The quota is set in \\\`K8s/shop/governance/resourcequota.yaml\\\`.
\`,
  mended: \`The quota is set in \\\`K8s/shop/governance/resourcequota.yaml\\\`.
\`,
  check: faultsOf,
} as const satisfies PageRule;

/** ${blank} */
function faultsOf(statements: readonly StatementBase[]): Raised<'${name}'>[] {
  return statements.filter(isWrong).map((statement) => ({
    statement,
    diagnostic: diagnose(${id}, {
      about: statement.type,
      page: statement.place,
      message: '${blank}',
      expected: '${blank}',
      actual: '${blank}',
      help: '${blank}',
    }),
  }));
}

/** ${blank} */
function isWrong(_statement: StatementBase): boolean {
  return false;
}
`,
  },
  manifests: {
    folder: 'manifests',
    before: /^\]\);\n/m,
    module: (name, id) => `import type { Resource } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';
import { webApplication, webProject, webService } from './example-files.ts';

export const ${id} = {
  name: '${name}',
  about: 'manifests',
  severity: 'error',
  title: '${blank}',
  explain: \`${blank}\`,
  silent: \`${blank}\`,
  failing: \`\${webProject}\${webApplication}\${webService}\`,
  mended: \`\${webProject}\${webApplication}\${webService}\`,
  check: faultsOf,
} as const satisfies ManifestRule;

/** ${blank} */
function faultsOf(platform: Platform): DiagnosticOf<'${name}'>[] {
  return platform.model.resources.filter(isWrong).map((resource) =>
    diagnose(${id}, {
      about: resource.id,
      message: \`\\\`\${platform.referenceOf(resource)}\\\` ${blank}\`,
      sources: [sourceOf(platform, resource, 'actual')],
      expected: '${blank}',
      actual: '${blank}',
      help: '${blank}',
    }),
  );
}

/** ${blank} */
function isWrong(_resource: Resource): boolean {
  return false;
}
`,
  },
};

interface Kind {
  folder: string;
  /** What its row stands before. */
  before: RegExp;
  module(name: string, id: string): string;
}
