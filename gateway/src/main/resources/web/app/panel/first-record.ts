import { html } from 'lit';
import { copyButton } from '../page/copy-button.ts';

const RECORD = {
  provider: 'openai',
  model: 'gpt-4o-mini',
  input_tokens: 1200,
  output_tokens: 350,
  project: 'first-steps',
};

/** Where there is nothing to show yet: how to send the first record, ready to paste. */
export function firstRecord() {
  const command = [
    `curl ${location.origin}/api/v1/usage \\`,
    `  -H "Authorization: Bearer $CENTIME_API_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(RECORD)}'`,
  ].join('\n');
  return html`
    <section class="panel first-record" aria-labelledby="first-record-title">
      <h2 id="first-record-title">Nothing recorded yet: send the first call</h2>
      <p>
        Put your key into <code>CENTIME_API_KEY</code> and run this. The figures on this page follow within seconds,
        without a reload.
      </p>
      <div class="command">
        <pre tabindex="0"><code>${command}</code></pre>
        ${copyButton(command)}
      </div>
      <p class="muted">
        The cost is worked out from the tokens and the price in force. Many records at once go as an array or NDJSON to
        the same address; the whole API is described at <a href="/docs">/docs</a>.
      </p>
    </section>
  `;
}
