import { deepEqual, equal } from './assert.ts';
import { fields, typeName } from 'web/docs/fields.ts';
import type { Document } from 'web/docs/openapi.ts';
import { groups } from 'web/docs/operations.ts';

const document: Document = {
  info: { title: 'Centime', version: '1' },
  paths: {
    '/api/v1/budgets': { get: { tags: ['budgets'], summary: 'All budgets' }, post: { tags: ['budgets'] } },
    '/api/v1/usage': { post: { summary: 'Record calls' } },
  },
  components: {
    schemas: {
      Level: { enum: ['none', 'warning'] },
      Node: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, next: { $ref: '#/components/schemas/Node' } },
      },
      Page: {
        allOf: [{ $ref: '#/components/schemas/Node' }],
        properties: {
          items: { type: 'array', items: { $ref: '#/components/schemas/Line' } },
          level: { $ref: '#/components/schemas/Level' },
        },
      },
      Line: {
        properties: {
          date: { type: 'string', format: 'date', description: 'Local' },
          cost: { type: ['string', 'null'] },
        },
      },
    },
  },
};

Deno.test('operations stand by tag, else by the first part of their path', () => {
  deepEqual(
    [...groups(document, '')].map(([name, entries]) => [name, entries.map(({ id }) => id)]),
    [
      ['budgets', ['get-/api/v1/budgets', 'post-/api/v1/budgets']],
      ['usage', ['post-/api/v1/usage']],
    ],
  );
});

Deno.test('an operation is found by every word about it', () => {
  deepEqual([...groups(document, 'record POST').keys()], ['usage']);
  equal(groups(document, 'record get').size, 0);
});

Deno.test('fields of lists and of what a schema extends are listed, indented', () => {
  const lines = fields({ $ref: '#/components/schemas/Page' }, document).filter(({ name }) => name !== 'next');
  deepEqual(
    lines
      .filter(({ depth }) => depth < 2)
      .map(({ depth, name, type, required }) => [depth, name, type, required])
      .slice(0, 5),
    [
      [0, 'items', 'list of Line', false],
      [1, 'date', 'string (date)', false],
      [1, 'cost', 'string or null', false],
      [0, 'level', 'none | warning', false],
      [0, 'name', 'string', true],
    ],
  );
});

Deno.test('a schema that holds itself ends', () => {
  equal(fields({ $ref: '#/components/schemas/Node' }, document).length, 8);
});

Deno.test('types are named in words', () => {
  equal(typeName({ anyOf: [{ type: 'string' }, { type: 'null' }] }, document), 'string or null');
  equal(typeName({}, document), 'any');
});
