type Attributes = Readonly<Record<string, string>>;

/** An element with attributes and children; texts are texts. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

export function button(text: string, act: () => void, name = ''): HTMLButtonElement {
  const made = element('button', { type: 'button', ...(name && { class: name }) }, text);
  made.addEventListener('click', act);
  return made;
}
