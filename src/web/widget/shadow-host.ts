import css from './widget.css?inline';

export const HOST = 'vigie-report';

/** What the page would take for its own: shortcuts while somebody types, clicks that open a gallery, drags of a carousel. */
const KEPT_IN = ['click', 'mousedown', 'pointerdown', 'touchstart', 'keydown', 'keyup', 'keypress'];

let sheet: CSSStyleSheet | undefined;

/**
 * An element of the widget in the page, out of its flow. The page's styles can't reach into it; on the element itself they are beaten by
 * inline ones with priority, set by script because policies forbid `style` attributes.
 */
export function shadowHost(styles: Readonly<Record<string, string>>, ...content: Node[]): HTMLElement {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  const host = document.createElement(HOST);
  setStyles(host, { all: 'initial', display: 'block', position: 'absolute', ...styles });
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(...content);
  for (const type of KEPT_IN) host.addEventListener(type, (event) => event.stopPropagation());
  return host;
}

export function setStyles(element: HTMLElement, styles: Readonly<Record<string, string>>): void {
  for (const name in styles) element.style.setProperty(name, styles[name] ?? '', 'important');
}
