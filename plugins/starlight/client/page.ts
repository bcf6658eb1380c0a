/** What runs in each page of a site: one module, as a build looks at each of them many times. */
import './current.ts';
import './tables.ts';
import './marks.ts';
import './diagrams.ts';
import './copy.ts';
import './contents.ts';
import './lines.ts';
import './search.ts';
