/** Lets those wait who need what is drawn elsewhere, by the name of each drawing, until no more are drawn. */
export function drawnElsewhere(): DrawnElsewhere {
  const drawings = new Map<string, PromiseWithResolvers<void>>();
  let isOver = false;
  const at = (name: string) => {
    const known = drawings.get(name) ?? Promise.withResolvers<void>();
    drawings.set(name, known);
    return known;
  };
  return {
    wait: async (name) => {
      if (!isOver) await at(name).promise;
    },
    tell: (name) => at(name).resolve(),
    end: () => {
      isOver = true;
      for (const { resolve } of drawings.values()) resolve();
    },
  };
}

export interface DrawnElsewhere {
  wait(name: string): Promise<void>;
  tell(name: string): void;
  end(): void;
}
