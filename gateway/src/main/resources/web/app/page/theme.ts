type Theme = 'light' | 'dark';

const KEY = 'centime-theme';
const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)').matches;

/** The theme that a press of the button would bring. */
export function otherTheme(): Theme {
  const shown = document.documentElement.dataset['theme'] ?? (systemIsDark() ? 'dark' : 'light');
  return shown === 'dark' ? 'light' : 'dark';
}

/** Shows the other theme and remembers it; /theme.js reads it before the first paint. */
export function switchTheme(): void {
  const theme = otherTheme();
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is closed to this page: the choice lasts until it is reloaded.
  }
}
