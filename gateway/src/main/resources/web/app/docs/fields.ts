import type { Document, Schema } from './openapi.ts';

export interface Field {
  readonly depth: number;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

const DEEPEST = 4;

/** A schema as lines to read, one a field, those of nested objects indented below. */
export function fields(schema: Schema | undefined, document: Document, depth = 0): Field[] {
  const { properties, required } = shape(schema, document);
  return Object.entries(properties).flatMap(([name, property]) => {
    const field = {
      depth,
      name,
      type: typeName(property, document),
      required: required.includes(name),
      description: property.description ?? resolve(property, document).description ?? '',
    };
    return depth + 1 < DEEPEST ? [field, ...fields(content(property, document), document, depth + 1)] : [field];
  });
}

/** `string (date)`, `integer`, `list of Budget`, `ok | error`. */
export function typeName(schema: Schema, document: Document): string {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return alternatives.map((each) => typeName(each, document)).join(' or ');
  if (schema.enum) return schema.enum.join(' | ');
  if (schema.$ref)
    return resolve(schema, document).enum ? typeName(resolve(schema, document), document) : lastPart(schema.$ref);
  if (schema.items) return `list of ${typeName(schema.items, document)}`;
  const type = [schema.type ?? (schema.properties ? 'object' : 'any')].flat().join(' or ');
  return schema.format ? `${type} (${schema.format})` : type;
}

/** The object a field holds, itself or in a list. */
function content(schema: Schema, document: Document): Schema | undefined {
  const resolved = resolve(schema, document);
  if (resolved.items) return content(resolved.items, document);
  const [only, more] = (resolved.anyOf ?? resolved.oneOf ?? []).filter(({ type }) => type !== 'null');
  return only && !more ? content(only, document) : resolved;
}

function shape(schema: Schema | undefined, document: Document) {
  const resolved = schema ? (content(schema, document) ?? {}) : {};
  const parts = [resolved, ...(resolved.allOf ?? []).map((part) => resolve(part, document))];
  return {
    properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})) as Record<string, Schema>,
    required: parts.flatMap((part) => part.required ?? []),
  };
}

function resolve(schema: Schema, document: Document): Schema {
  return schema.$ref ? (document.components?.schemas?.[lastPart(schema.$ref)] ?? {}) : schema;
}

function lastPart(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
