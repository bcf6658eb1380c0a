/** What was edited since that was last told, to be told in a few words. */
export function editedNames(): EditedNames {
  const firsts = new Map<string, string>();
  return {
    add(name, event) {
      // Many editors write a file beside another, and put it in the place of that.
      if (event === 'unlink' && firsts.get(name) === 'add') firsts.delete(name);
      else if (!firsts.has(name)) firsts.set(name, event);
    },
    told() {
      const [first = 'the repository', second, ...others] = firsts.keys();
      firsts.clear();
      if (second === undefined) return first;
      return others.length === 0 ? `${first} and ${second}` : `${first} and ${others.length + 1} other files`;
    },
  };
}

interface EditedNames {
  /** @param event as the watcher calls it. */
  add(name: string, event: string): void;
  /** All of them, which are told then. */
  told(): string;
}
