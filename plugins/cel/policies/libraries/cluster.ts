/** Functions whose answers only a cluster, a registry or another server has: each says which. */
import { type Library, notKnown, registerAll, registerNamespace } from './library.ts';

export const clusterLibrary: Library = (environment) => {
  for (const [name, methods] of Object.entries(namespaces)) {
    const namespace = registerNamespace(environment, name);
    for (const [method, most] of Object.entries(methods))
      for (let size = 1; size <= most; size += 1)
        registerAll(environment, {
          [`${namespace}.${method}(${Array(size).fill('dyn').join(', ')}): dyn`]: () => {
            throw notKnown(`what \`${name}.${method}\` gives`);
          },
        });
  }
};

/** With the most arguments that each takes. */
const namespaces: Record<string, Record<string, number>> = {
  resource: { Get: 4, List: 4, Post: 5, ToGVR: 2 },
  globalContext: { Get: 2 },
  http: { Get: 3, Post: 4, Client: 1 },
  image: { GetMetadata: 1 },
  x509: { decode: 1 },
  gzip: { compress: 1, decompress: 1 },
};
