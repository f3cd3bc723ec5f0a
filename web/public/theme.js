// Before the first paint, so that nobody is blinded: a file of its own, because the policy forbids inline scripts.
(() => {
  const root = document.documentElement;
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('dondoc.settings') || '{}');
  } catch {
    // Storage may be forbidden; then the system decides.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : dark ? 'dark' : 'light';
  root.dataset.density = kept.density === 'compact' ? 'compact' : 'roomy';
  root.lang = kept.language === 'en' ? 'en' : 'vi';
})();
