import './style/tokens.css';
import './style/base.css';
import './style/page.css';
import './style/panel.css';
import './style/chart.css';
import './style/print.css';
import './page/centime-app.ts';
