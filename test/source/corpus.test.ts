import { expect, test } from 'vitest';
import { corpus, isPresent } from '../corpus.ts';
import { shareOfDay } from '../fuzz.ts';
import { read } from './tree.ts';

const { chosen, name } = shareOfDay(
  [
    ['idp-blueprint', 0],
    ['homelab', 1],
    ['infra-deployments', 17],
  ] as const,
  3,
);

test.skipIf(!isPresent(corpus('.'))).each(chosen)(
  `real repositories, ${name}: %s reads whole, with %i faults`,
  {
    timeout: 240_000,
  },
  async (name, faults) => {
    const { files, diagnostics } = await read(corpus(name));
    const documents = [...files.values()].flatMap((file) => file.documents);
    console.log(
      `${name}: ${files.size} files, ${documents.length} documents, ${diagnostics.length} faults, 0 set aside`,
    );
    expect(diagnostics).toHaveLength(faults);
    for (const one of diagnostics) expect(one.sources[0]?.line).toBeGreaterThan(0);
    // Documents know where their parts are: one in twenty is asked.
    const sample = documents.filter((_document, index) => index % 20 === 0);
    const unplaced = sample.filter(
      ({ value, locate }) => value.kind !== undefined && locate(['kind']) === undefined,
    );
    expect(unplaced).toEqual([]);
  },
);
