import { events } from './de/events.ts';
import { explanations } from './de/explanations.ts';
import { pages } from './de/pages.ts';
import { things } from './de/things.ts';
import { views } from './de/views.ts';
import { ways } from './de/ways.ts';
import { whole } from './de/whole.ts';
import type { Words } from './en.ts';
import { joined } from './joined.ts';

/**
 * The same in German. Names that Kubernetes, Argo CD, Flux and Kyverno have for their kinds and fields stay
 * theirs.
 */
export const de: Words = joined(views, pages, whole, events, things, explanations, ways);
