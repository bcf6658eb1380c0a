/**
 * Starlight writes the choice of the theme into the head of a page and into its menu on a phone, with a
 * template of its icons, and none of that does anything without the script that stands before it. So that
 * script brings the choice along, and what stands in our search, which waits for a script too. Null where a
 * page has them otherwise than Starlight writes them.
 */
export function themeOf(html: string): ThemeParts | null {
  const [, script = ''] = provider.exec(html) ?? [];
  const [template = ''] = icons.exec(html) ?? [];
  const [, picker = ''] = choice.exec(html) ?? [];
  if (script === '' || picker === '') return null;
  const [, start = '', button = ''] = search.exec(html) ?? [];
  const finds = button === '' ? '' : fills('site-search', button);
  const text = `${script.trim().replace(/;?$/, ';')}{const u=StarlightThemeProvider.updatePickers;StarlightThemeProvider.updatePickers=(t)=>{${fills('starlight-theme-select', picker)}${finds}u(t)};document.head.insertAdjacentHTML("beforeend",${JSON.stringify(template)})}`;
  return {
    script,
    text,
    without: (src) => {
      const bare = html
        .replace(`<script>${script}</script>`, () => `<script src="${src}"></script>`)
        .replace(template, '')
        .replaceAll(`${open}${picker}${close}`, open + close)
        .replaceAll(`${start}${button}</site-search>`, `${start}</site-search>`);
      // The last of them fills all.
      const last = [...bare.matchAll(update)].at(-1)?.index;
      return bare.replaceAll(update, (_, at: number) => (at === last ? called : ''));
    },
  };
}

/** Puts HTML into the elements of a name that have none. */
function fills(name: string, html: string): string {
  return `for(const e of document.querySelectorAll("${name}:empty"))e.innerHTML=${JSON.stringify(html)};`;
}

const open = '<starlight-theme-select>';
const close = '</starlight-theme-select>';
const provider =
  /<script>((?:(?!<\/script)[\s\S])*\bStarlightThemeProvider\s*=(?:(?!<\/script)[\s\S])*)<\/script>/;
const icons = /<template id="theme-icons">(?:(?!<\/template)[\s\S])*<\/template>/;
/** What fills it is the script that Starlight puts behind it. */
const choice =
  /<starlight-theme-select>((?:(?!<\/?starlight-theme-select|<script)[\s\S])+)<\/starlight-theme-select>\s*<script>\s*StarlightThemeProvider\.updatePickers\(\);\s*<\/script>/;

/** Ours, which tells its script what it says. */
const search =
  /(<site-search\b[^>]* data-close="[^"]*">)((?:(?!<\/?site-search|<script)[\s\S])+)<\/site-search>/;

const update = /<script>\s*StarlightThemeProvider\.updatePickers\(\);\s*<\/script>/g;
const called = '<script>StarlightThemeProvider.updatePickers()</script>';

interface ThemeParts {
  /** As it stands in the page. */
  script: string;
  /** The script, with the choice and its icons. */
  text: string;
  /** The page without them, which takes the script from there. */
  without(src: string): string;
}
