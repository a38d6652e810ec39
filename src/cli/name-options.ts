import { VigieError } from '../core/errors.js';

/** Runs `work`; fields that it finds wrong are named as the options that gave them. */
export async function nameOptions<T>(
  options: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    const fields = error.fields.map(({ pointer, detail }) => {
      const [, field = '', index] = /^\/(\w+(?:\/[a-z]\w*)?)(?:\/(\d+))?$/i.exec(pointer) ?? [];
      const option = options[field];
      if (option === undefined) return { pointer, detail };
      return { pointer: index === undefined ? option : `${option} (number ${Number(index) + 1})`, detail };
    });
    throw new VigieError(error.code, error.detail, fields, error.extra);
  }
}
