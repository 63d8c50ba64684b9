// Before the first paint, so that a chosen theme never flashes in the other one. A file of its own because the
// content security policy allows no inline script.
try {
  const chosen = localStorage.getItem('centime-theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is closed to this page: the system's theme it is.
}
