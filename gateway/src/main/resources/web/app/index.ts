import './style/tokens.css';
import './style/base.css';
import './style/page.css';
import './style/panel.css';
import './style/chart.css';
import './style/docs.css';
import './style/print.css';

// One bundle for both pages: index.html is the first of these elements, docs.html the second.
import './page/centime-app.ts';
import './docs/api-docs.ts';
