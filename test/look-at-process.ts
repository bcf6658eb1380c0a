import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Where a process of Node is in its JavaScript, a line for each function, as its inspector says it: that is
 * opened from outside, and answers for one that goes round in a circle, too. Null where it does not answer,
 * as one that waits for the system.
 */
export async function stackOf(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return null;
  let socket: WebSocket | undefined;
  try {
    process.kill(pid, 'SIGUSR1');
    const [target] = await targetsSoon();
    socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
    return await Promise.race([pausedAt(socket), wait(5000, null)]);
  } catch {
    return null;
  } finally {
    socket?.close();
  }
}

/** Once it listens. */
async function targetsSoon(tries = 20): Promise<{ webSocketDebuggerUrl: string }[]> {
  await wait(100);
  const answer = await fetch(`${inspector}/json`).catch(() => null);
  if (answer !== null) return (await answer.json()) as { webSocketDebuggerUrl: string }[];
  return tries === 0 ? [] : targetsSoon(tries - 1);
}

function pausedAt(socket: WebSocket): Promise<string> {
  return new Promise((settle, fail) => {
    const ask = (id: number, method: string) => socket.send(JSON.stringify({ id, method }));
    socket.addEventListener('error', fail);
    socket.addEventListener('open', () => {
      ask(1, 'Debugger.enable');
      ask(2, 'Debugger.pause');
    });
    const scripts = new Map<string, string>();
    socket.addEventListener('message', ({ data }) => {
      const said = JSON.parse(String(data)) as Message;
      if (said.method === 'Debugger.scriptParsed') scripts.set(said.params.scriptId, said.params.url);
      if (said.method !== 'Debugger.paused') return;
      const lines = said.params.callFrames.map(
        ({ functionName, location }) =>
          `  ${functionName || '(anonymous)'} ${scripts.get(location.scriptId)}:${location.lineNumber + 1}`,
      );
      settle(lines.join('\n'));
    });
  });
}

/** A process and those that it has started, each with its words; empty where the system does not tell. */
export function familyOf(pid: number): string[] {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const threads = readdirSync(`/proc/${pid}/task`);
    const started = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean),
    );
    return [`  ${pid} ${words.slice(0, 300)}`, ...started.flatMap((one) => familyOf(Number(one)))];
  } catch {
    return [];
  }
}

/** Where the inspector listens that a signal opens. */
const inspector = 'http://127.0.0.1:9229';

type Message =
  | { method: 'Debugger.scriptParsed'; params: { scriptId: string; url: string } }
  | { method: 'Debugger.paused'; params: { callFrames: Frame[] } }
  | { method?: undefined };

interface Frame {
  functionName: string;
  location: { scriptId: string; lineNumber: number };
}
