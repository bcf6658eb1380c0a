/** Id by which Starlight's skip link and contents find the title of a page. */
export const PAGE_TITLE_ID = '_top';
