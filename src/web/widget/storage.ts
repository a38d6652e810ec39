/** For where the browser refuses to store anything, or has no room: until the page is left. */
const memory = new Map<string, string>();

/** Nothing is remembered of a page that has stored anything else under our names. */
export function readStored<Value>(name: string): Value | undefined {
  try {
    return JSON.parse(memory.get(name) ?? localStorage.getItem(`vigie:${name}`) ?? '') as Value;
  } catch {
    return undefined;
  }
}

export function store(name: string, value: unknown): void {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(`vigie:${name}`, text);
    memory.delete(name);
  } catch {
    memory.set(name, text);
  }
}
