/**
 * The process that starts programs for a large one (see `start-program.ts`). It ends when that does, whatever
 * the reason, and ends what it has started.
 */
import { type Asked, type Program, startHere, type Told } from './start-program.ts';

const running = new Map<number, Program>();

process.on('message', (asked: Asked) => {
  const { id } = asked;
  if ('kill' in asked) return running.get(id)?.kill();
  const program = startHere(asked.call);
  running.set(id, program);
  tell({ id, pid: program.pid });
  program.ended.then((ended) => {
    running.delete(id);
    tell({ id, ended });
  });
});
process.on('disconnect', () => {
  for (const program of running.values()) program.kill();
  process.exit();
});
// A terminal tells all of its processes; who started this one says when to end.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

function tell(told: Told): void {
  if (process.connected) process.send?.(told, () => undefined);
}
