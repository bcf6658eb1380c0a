import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'vscode-languageserver/node';

/**
 * Shows in the editor that manifests are read, where that takes a while: of those that nothing is known of it
 * takes the longest, and until then there are no faults.
 * @param patience milliseconds after which it is shown.
 */
export async function showReading(
  connection: Connection,
  read: Promise<void>,
  patience: number,
): Promise<void> {
  const isShort = read.then(() => true);
  if (await Promise.race([isShort, sleep(patience, false, { ref: false })])) return;
  const shown = await connection.window.createWorkDoneProgress();
  shown.begin('Plumbline', undefined, 'reads the manifests');
  await read;
  shown.done();
}
