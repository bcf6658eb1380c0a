import { expect, test } from 'vitest';
import { createProgress } from '../../plugins/base/index.ts';

test('what others write comes above the line, which is gone when it is done', () => {
  const { out, err, screen } = terminal();
  const progress = createProgress(err, 'checking pages', [out]);
  progress.update(1, 9);
  expect(screen()).toEqual(['checking pages: 1 of 9']);
  out.write('12:00 connected\n');
  err.write(Buffer.from('12:01 read\n'));
  expect(screen()).toEqual(['12:00 connected', '12:01 read', 'checking pages: 1 of 9']);
  progress.update(2, 9);
  out.write('12:02 half ');
  expect(screen()).toEqual(['12:00 connected', '12:01 read', '12:02 half ']);
  progress.update(3, 9);
  out.write('a line\n');
  expect(screen().slice(2)).toEqual(['12:02 half a line', 'checking pages: 3 of 9']);
  progress.done();
  out.write('12:03 done\n');
  expect(screen()).toEqual(['12:00 connected', '12:01 read', '12:02 half a line', '12:03 done', '']);
});

test('of two lines the last that was begun is shown, and the other where that is done', () => {
  const { err, screen } = terminal();
  const [pages, folders] = [createProgress(err, 'pages'), createProgress(err, 'folders')];
  pages.update(1, 9);
  folders.update(1, 5);
  pages.update(2, 9);
  expect(screen()).toEqual(['folders: 1 of 5']);
  folders.done();
  expect(screen()).toEqual(['pages: 2 of 9']);
  pages.done();
  expect(screen()).toEqual(['']);
});

test('streams are as they were when nothing is shown any more, and a line is no wider than the terminal', () => {
  const { out, err, screen } = terminal(10);
  const { write } = out;
  const progress = createProgress(err, 'checking pages', [out]);
  progress.update(1, 9);
  expect(screen()).toEqual(['checking ']);
  expect(out.write).not.toBe(write);
  progress.done();
  expect(out.write).toBe(write);
});

test('nothing is written where there is no terminal', () => {
  const { err, screen } = terminal();
  const progress = createProgress({ ...err, isTTY: false }, 'checking pages');
  progress.update(1, 9);
  progress.done();
  expect(screen()).toEqual(['']);
});

/** Two streams to one screen that knows what the line is made of. */
function terminal(columns = 80) {
  const lines = [''];
  const write = (text: string | Uint8Array) => {
    for (const [index, written] of String(text).split('\r\x1b[K').entries()) {
      if (index > 0) lines[lines.length - 1] = '';
      const [first, ...others] = written.split('\n');
      lines.push(`${lines.pop()}${first}`, ...others);
    }
    return true;
  };
  const stream = () => ({ isTTY: true, columns, write: (text: string | Uint8Array) => write(text) });
  return { out: stream(), err: stream(), screen: () => [...lines] };
}
