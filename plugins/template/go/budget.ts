/**
 * One meter for all the work of one rendering: steps of the template, members looked at, characters made,
 * characters matched. Templates run one at a time and never wait, so one counter serves.
 */
import { tooMuch } from './errors.ts';

let spent = 0;
let before = 0;

export function startWork(): void {
  before += spent;
  spent = 0;
}

/** Of all renderings until now: whoever renders many asks before and after. */
export function templateWork(): number {
  return before + spent;
}

/** @throws UnknownValueError where the rendering has taken more than it may. */
export function spend(amount = 1): void {
  spent += amount;
  if (spent > maximumWork) throw tooMuch('takes too much work');
}

/** Under a second or so; a real template takes some thousands. */
const maximumWork = 3_000_000;
