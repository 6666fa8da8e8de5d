/** Wraps each text of the page in an element, as the translators of browsers do, now and after each change. */
export function translate(page: HTMLElement) {
  const wrap = () => {
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);

    for (const text of texts) {
      if (!text.data.trim() || text.parentElement!.closest('font, style, script, option, textarea')) continue;
      const font = document.createElement('font');
      text.replaceWith(font);
      font.append(text.data);
    }
  };

  wrap();
  const observer = new MutationObserver(wrap);
  observer.observe(page, { childList: true, characterData: true, subtree: true });
  return observer;
}
