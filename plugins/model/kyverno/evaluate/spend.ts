import { takeSteps } from '../../../base/index.ts';
import { NotKnown } from './types.ts';

/** Takes steps of the run; where there are none left, what they were for is not known. */
export function spend(steps: number): void {
  if (!takeSteps(steps)) throw new NotKnown('the evaluation takes more than the steps of a run');
}
