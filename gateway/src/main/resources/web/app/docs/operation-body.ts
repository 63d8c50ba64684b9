import { html } from 'lit';
import { type Field, fields, typeName } from './fields.ts';
import type { Content, Document, Operation, Schema } from './openapi.ts';

/** What an operation takes and answers. */
export function operationBody(
  { description, parameters = [], requestBody, responses = {} }: Operation,
  document: Document,
) {
  const asked = parameters.map((parameter): Field => ({
    depth: 0,
    name: parameter.name,
    type: `${parameter.in}, ${typeName(parameter.schema ?? {}, document)}`,
    required: parameter.required ?? false,
    description: parameter.description ?? '',
  }));
  return html`
    <div class="operation">
      ${description ? html`<p>${description}</p>` : ''} ${asked.length ? table('Parameters', asked) : ''}
      ${contents('Body', requestBody?.content, document)}
      ${Object.entries(responses).map(([status, response]) =>
        answer(`${status} ${response.description ?? ''}`, response.content, document),
      )}
    </div>
  `;
}

function answer(title: string, content: Content | undefined, document: Document) {
  return content ? contents(title, content, document) : html`<h3>${title}</h3>`;
}

function contents(title: string, content: Content | undefined, document: Document) {
  return Object.entries(content ?? {}).map(([mediaType, { schema }]) =>
    oneContent(`${title}, ${mediaType}`, schema, document),
  );
}

function oneContent(title: string, schema: Schema | undefined, document: Document) {
  const lines = fields(schema, document);
  if (lines.length > 0) return table(title, lines);
  return html`<h3>${title}</h3>
    <p class="muted">${schema ? typeName(schema, document) : ''}</p>`;
}

function table(title: string, lines: readonly Field[]) {
  return html`
    <h3>${title}</h3>
    <div class="scroll-across" tabindex="0" role="region" aria-label=${title}>
      <table class="fields">
        <tbody>
          ${lines.map(
            (line) => html`
              <tr>
                <th scope="row" class="depth-${line.depth}"><code>${line.name}</code>${line.required ? ' required' : ''}</th>
                <td class="muted">${line.type}</td>
                <td>${line.description}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}
