import type { Document, Operation } from './openapi.ts';

export interface Entry {
  /** Also the fragment of its address: `get-/api/v1/usage`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** All operations by their first tag, or by the first part of their path where they have none; in the document's order. */
export function groups({ paths }: Document, wanted: string): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of METHODS) {
      const operation = methods[method];
      if (!operation || !mentions(wanted, method, path, operation)) continue;
      const group = operation.tags?.[0] ?? firstPart(path);
      found.set(group, [...(found.get(group) ?? []), { id: `${method}-${path}`, method, path, operation }]);
    }
  }
  return found;
}

/** Every word looked for stands somewhere in the method, the path or the words about it. */
function mentions(
  wanted: string,
  method: string,
  path: string,
  { summary = '', description = '' }: Operation,
): boolean {
  const text = `${method} ${path} ${summary} ${description}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function firstPart(path: string): string {
  return path.replace(/^\/api\/v\d+/, '').split('/')[1] || 'other';
}
