import { html } from 'lit';

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** A row of exclusive choices: radio buttons, so that arrow keys and screen readers know what they are. */
export function choice(
  name: string,
  label: string,
  options: readonly Option[],
  chosen: string,
  onChoose: (value: string) => void,
) {
  return html`
    <fieldset class="choice">
      <legend class="unseen">${label}</legend>
      ${options.map(
        (option) => html`
          <label>
            <input
              type="radio"
              name=${name}
              value=${option.value}
              .checked=${option.value === chosen}
              @change=${() => onChoose(option.value)}
            />
            <span>${option.label}</span>
          </label>
        `,
      )}
    </fieldset>
  `;
}
