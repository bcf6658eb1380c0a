import { counted } from '../../base/index.ts';
import { startDrawing } from '../pen.ts';
import type { DiagramView } from '../types.ts';
import { said } from '../words.ts';

/** Store, external secret, Secret, and who consumes it. */
export const secrets: DiagramView = {
  name: 'secrets',
  title: 'Secrets',
  summary:
    'Secret stores, the external secrets that read them, the Secrets these write, and the workloads that consume them.',
  direction: 'right',
  subject: 'secret',
  reads: ['store'],
  draw(platform, { subjects }) {
    const pen = startDrawing(platform);
    const written = new Map<string, string>();
    for (const { kind, record } of subjects) {
      if (kind !== 'secret') continue;
      const { store, target } = record;
      const label = `${store.kind} ${store.name}`;
      const from =
        store.id === null
          ? pen.shape(`store/${label}`, { label, class: 'store' })
          : pen.resource(store.id, { class: 'store' });
      const external = pen.resource(record.externalSecret);
      const secret = pen.resource(target.id, { label: `Secret ${target.name}`, class: 'secret' });
      written.set(target.id, secret);
      pen.edge(from, external, 'provides');
      pen.edge(
        external,
        secret,
        'writes',
        record.creationPolicy === 'Owner' ? 'writes' : `writes (${record.creationPolicy})`,
      );
    }
    for (const { type, from, to } of platform.model.relations) {
      const secret = written.get(from);
      if (type === 'provides-to' && secret !== undefined) pen.edge(secret, pen.resource(to), 'provides-to');
    }
    return pen.finish(said('drawing.secrets', { secrets: counted(written.size, 'Secret') }));
  },
};
