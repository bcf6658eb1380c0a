import { iconKey, isMovable, isSimple, type SharedParts, scriptKey } from './shared-parts.ts';
import { shortColours } from './short-colours.ts';
import { replaceTokens, type Token } from './tokens.ts';

/**
 * A page as Starlight gives it, without what it has in common with others: that lies in files which a browser
 * keeps. What is seen, heard and searched stays as it was.
 */
export function slimPage(html: string, { scripts, icons }: SharedParts): string {
  // A page that tells the browser which scripts it may run was told of those that stand in it.
  const isStrict = /http-equiv="content-security-policy"/i.test(html);
  const whole = withOnePicker(html);
  const colours = shortColours(whole);
  return replaceTokens(whole, (token, end) => {
    switch (token.is) {
      case 'raw': {
        const src = isStrict || !isMovable(token) ? undefined : scripts.get(scriptKey(token));
        return src === undefined ? null : `${token.tag.slice(0, -1)} src="${src}"></script>`;
      }
      case 'icon': {
        const href = isSimple(token) ? icons.get(iconKey(token)) : undefined;
        return href === undefined ? null : `${frameOf(token)}<use href="${href}"/></svg>`;
      }
      case 'tag':
        if (token.tag === '</head>') return `${colours.style}</head>`;
        if (token.tag.startsWith('</')) return endTag(token.tag, whole, end);
        return contentsEntry(token.tag) ?? mark(token.tag) ?? colours.nameOf(token.tag);
    }
  });
}

/** Starlight sizes its icons by CSS; the numbers are for those who have none. */
function frameOf({ tag }: Extract<Token, { is: 'icon' }>): string {
  const bare = tag.replace(/ viewBox="[^"]*"/i, '');
  return bare.includes('style="--sl-icon-size') ? bare.replace(' width="16" height="16"', '') : bare;
}

/** In the table of contents each list says its depth, which all in it inherit. */
function contentsEntry(tag: string): string | null {
  if (!tag.includes('--depth:') || tag.startsWith('<ul')) return null;
  const plain = tag.replace(/ style="--depth: \d+;"/, '');
  return plain.startsWith('<a') ? plain : plain.replace(/ class="astro-\w+"/, '');
}

/** The name of a mark is its title too, with the commit: who hears the page is told that. */
function mark(tag: string): string | null {
  if (!tag.startsWith('<span class="pl-mark')) return null;
  const [label, name] = / aria-label="([^"]*)"/.exec(tag) ?? [];
  return label !== undefined && name && tag.includes(` title="${name}`) ? tag.replace(label, () => '') : null;
}

/** The ends that a parser puts there by itself, as the next piece can stand within none of them. */
function endTag(tag: string, html: string, end: number): string | null {
  const next = followers[tag];
  if (next === undefined) return null;
  next.lastIndex = end;
  return next.test(html) ? '' : null;
}

const followers: Readonly<Record<string, RegExp>> = {
  '</li>': /\s*(?:<li[\s>]|<\/[uo]l>)/y,
  '</dt>': /\s*<d[td][\s>]/y,
  '</dd>': /\s*(?:<d[td][\s>]|<\/dl>)/y,
  '</td>': /\s*(?:<t[dh][\s>]|<\/tr>)/y,
  '</th>': /\s*(?:<t[dh][\s>]|<\/tr>)/y,
  '</tr>': /\s*(?:<tr[\s>]|<\/tbody>|<\/thead>)/y,
  '</option>': /\s*(?:<option[\s>]|<\/select>)/y,
};

/**
 * Starlight writes the choice of the theme into the head of a page and into its menu on a phone; it chooses
 * by its script alone, and the script puts it into the menu.
 */
function withOnePicker(html: string): string {
  const [start, end] = [html.indexOf('<body'), html.indexOf('<main')];
  const first = picker.exec(html.slice(start, end))?.[0];
  if (start < 0 || first === undefined) return html;
  const again = html.indexOf(first, html.indexOf(first, start) + first.length);
  if (again < 0 || again > end) return html;
  return `${html.slice(0, again)}<starlight-theme-select data-again></starlight-theme-select>${html.slice(again + first.length)}`;
}

const picker = /<starlight-theme-select>[\s\S]*?<\/starlight-theme-select>/;
