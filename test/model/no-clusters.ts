import { openClusters } from '../../plugins/model/index.ts';
import { noQuestions } from '../../plugins/render/questions/asked-apis.ts';

/** Of charts that ask nothing. */
export const noClusters = openClusters({}, { ofChart: () => noQuestions, ofKustomization: () => null });
