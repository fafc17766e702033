// A classic script in the head: the theme must stand before the first paint, and modules run too late for that.
(() => {
  const KEY = 'sluice.theme';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let choice = 'system';
  try {
    choice = localStorage.getItem(KEY) ?? 'system';
  } catch {
    // Storage is switched off: the choice then lasts as long as the page.
  }
  const apply = () => {
    const shown = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
    document.documentElement.dataset.theme = shown;
  };
  if (!['light', 'dark', 'system'].includes(choice)) choice = 'system';
  dark.addEventListener('change', apply);
  apply();
  window.sluiceTheme = {
    get choice() {
      return choice;
    },
    set choice(next) {
      choice = next;
      apply();
      try {
        localStorage.setItem(KEY, next);
      } catch {
        // As above.
      }
    },
  };
})();
