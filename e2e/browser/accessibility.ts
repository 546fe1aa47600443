import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What looks different in another theme; all else that axe asks about is the same. */
const ofColour = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds, each with the elements that it is about. Targets have to be 24 px (WCAG 2.5.8), which axe does not look at by itself. The pages have no frames:
 * without the mode that looks into them it takes half the time.
 */
export async function violations(page: Page, options: { onlyColour?: boolean } = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const found = await (
    options.onlyColour ? axe.withRules(ofColour) : axe.options({ rules: { 'target-size': { enabled: true } } })
  ).analyze();
  const told: string[] = [];
  for (const { id, nodes } of found.violations) {
    const culprits: string[] = [];
    for (const { html, target } of nodes) if (id !== 'target-size' || !(await isDrawn(page, String(target[0])))) culprits.push(html);
    if (culprits.length > 0) told.push(`${id}: ${culprits.join(' | ')}`);
  }
  return told;
}

/** Targets of a drawing are as large as it is zoomed; those of its table, which do the same, are always large enough (the exception `Equivalent` of WCAG 2.5.8). */
function isDrawn(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((found) => document.querySelector(found)?.closest('.react-flow') != null, selector);
}

/** What cannot be seen for want of room to the side: a page wider than its window; controls and words beyond an edge, where nothing scrolls and no ellipsis says so. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const windowWidth = document.documentElement.clientWidth;
    const pageWidth = document.documentElement.scrollWidth;
    const found = pageWidth > windowWidth ? [`the page is ${pageWidth} px wide in a window of ${windowWidth} px`] : [];
    const controls = 'a, button, input, select, textarea, summary, [tabindex]';

    /** Where what is in an element ends to the left and right; nothing where it can be scrolled to, or an ellipsis stands for it. */
    function edges(element: Element): { left: number; right: number } | undefined {
      for (let one: Element | null = element; one; one = one.parentElement) {
        const { overflowX, textOverflow, position, clipPath } = getComputedStyle(one);
        // What is clipped away is for screen readers alone.
        if (clipPath !== 'none') return undefined;
        if (overflowX === 'auto' || overflowX === 'scroll' || (overflowX !== 'visible' && textOverflow === 'ellipsis')) return undefined;
        if (overflowX !== 'visible') return one.getBoundingClientRect();
        if (position === 'fixed') break;
      }
      return { left: 0, right: windowWidth };
    }

    function look(what: string, rectangle: DOMRect, element: Element): void {
      const inside = edges(element);
      // A drawing is moved.
      if (!inside || rectangle.width <= 1 || element.closest('.react-flow')) return;
      if (rectangle.left < inside.left - 1 || rectangle.right > inside.right + 1) found.push(`${what} is cut off`);
    }

    for (const control of document.querySelectorAll<HTMLElement>(controls))
      if (control.parentElement && control.checkVisibility({ visibilityProperty: true }))
        look(control.outerHTML.slice(0, 150), control.getBoundingClientRect(), control.parentElement);
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const parent = words.currentNode.parentElement;
      if (!parent?.checkVisibility({ visibilityProperty: true }) || !words.currentNode.nodeValue?.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(words.currentNode);
      look(`“${words.currentNode.nodeValue.trim().slice(0, 60)}”`, range.getBoundingClientRect(), parent);
    }
    return found;
  });
}

/** More than any page has. */
const mostPresses = 400;

/**
 * What of a page cannot be reached with Tab, is not marked while it has the focus, or lies hidden then (WCAG 2.1.1, 2.4.7, 2.4.11). Begins where the link that
 * skips the navigation leads.
 */
export async function badlyFocused(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const main = document.getElementById('page') ?? document.body;
    main.focus();
    for (const element of document.querySelectorAll<HTMLElement>('[data-reached], [data-expected]')) {
      delete element.dataset['reached'];
      delete element.dataset['expected'];
    }
    const all = [...main.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]')];
    for (const element of all) {
      const isChosenElsewhere = element instanceof HTMLInputElement && element.type === 'radio' && !element.checked;
      // A list of tabs hands the focus on to the tab that is chosen.
      const isThere = element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [inert] *, [role="tablist"]');
      if (isThere && element.tabIndex >= 0 && !isChosenElsewhere) element.dataset['expected'] = '';
    }
    // The field that has the focus from the beginning.
    if (document.activeElement instanceof HTMLElement && document.activeElement !== main) document.activeElement.dataset['reached'] = '';
  });
  const found: string[] = [];
  for (let presses = 0; presses < mostPresses; presses++) {
    await page.keyboard.press('Tab');
    const step = await page.evaluate(() => {
      const element = document.activeElement;
      if (
        !(element instanceof HTMLElement) ||
        element === document.body ||
        !(document.getElementById('page') ?? document.body).contains(element)
      )
        return 'left';
      // A field for a date has a stop for each part of it.
      if (element.dataset['reached'] === 'last') return [];
      if (element.dataset['reached'] !== undefined) return 'left';
      document.querySelector<HTMLElement>('[data-reached="last"]')?.setAttribute('data-reached', '');
      element.dataset['reached'] = 'last';
      const what = element.outerHTML.replace(/ data-(expected|reached)="\w*"/g, '').slice(0, 150);
      // What is framed with more than the field itself is marked by its frame.
      const isMarked = [element, element.parentElement ?? element].some((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
      });
      const { left, top, width, height } = element.getBoundingClientRect();
      const points = [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(left + width * part, top + height * 0.5));
      const isSeen = points.some((at) => at !== null && (element.contains(at) || at.contains(element)));
      return [...(isMarked ? [] : [`${what} is not marked`]), ...(isSeen ? [] : [`${what} is hidden`])];
    });
    if (step === 'left') break;
    found.push(...step);
  }
  const missed = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-expected]:not([data-reached])')].map(({ outerHTML }) => outerHTML.slice(0, 150)),
  );
  return [...found, ...missed.map((what) => `${what} is not reached`)];
}
