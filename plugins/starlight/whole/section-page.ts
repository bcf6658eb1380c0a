import { digestOf } from '../../base/index.ts';
import type { Engine } from '../../engine/index.ts';
import { type Diagram, diagramOf, type Table, tableOf } from '../../views/index.ts';
import type { Speech } from '../../words/index.ts';
import { type GeneratedPage, generatedData } from '../pages/generated-page.ts';
import { type Section, type SectionView, sections } from './sections.ts';

/** The sections that a platform has anything for. */
export function sectionsOf({ platform: { model } }: Engine): Section[] {
  return sections.filter(({ count }) => count(model) > 0);
}

/** A page of live views, which are made as those that an author writes. */
export function sectionPage(section: Section, engine: Engine, speech: Speech): GeneratedPage {
  const { slug } = section;
  const intro = speech.say(`section.${slug}Intro`);
  const shown = section.views.flatMap((view) => {
    const shows = shownBy(view, engine);
    return shows === null ? [] : [{ view, shows, size: isLarge(shows) ? 1 : 0 }];
  });
  return {
    id: slug,
    data: {
      ...generatedData,
      title: speech.say(`section.${slug}`),
      description: intro,
      tableOfContents: false,
    },
    // A drawing that fills more than a screen stands behind the table that it draws.
    body: [intro, ...shown.sort((a, b) => a.size - b.size).flatMap(({ view }) => written(view, speech))].join(
      '\n\n',
    ),
    live: digestOf(JSON.stringify(shown.map(({ shows }) => shows)), 16),
  };
}

function written(view: SectionView, { say }: Speech): string[] {
  const heading = view.heading === undefined ? [] : [`## ${say(view.heading)}`];
  if ('diagram' in view) return [...heading, `::diagram{view="${view.diagram}"}`];
  const group = view.group === undefined ? '' : ` group="${view.group}"`;
  return [...heading, `::table{view="${view.table}"${group}}`];
}

function isLarge(shown: Diagram | Table): boolean {
  return 'nodes' in shown && shown.nodes.length > largeDrawing;
}

/** What a view shows; null for nothing. */
function shownBy(view: SectionView, { platform, query }: Engine): Diagram | Table | null {
  if ('diagram' in view) {
    const drawn = diagramOf(platform, query, { view: view.diagram });
    // A shape alone says nothing that the table does not, and of very many nobody sees what belongs together.
    const shapes = drawn.ok ? drawn.diagram.nodes.length : 0;
    return drawn.ok && shapes > 1 && shapes <= largestDrawing ? drawn.diagram : null;
  }
  const made = tableOf(platform, query, { view: view.table, group: view.group });
  return made.ok && made.table.rows.length > 0 ? made.table : null;
}

/** Shapes. */
const largeDrawing = 20;
const largestDrawing = 45;
