import type { TextKey } from '../languages/parts.js';

type Values = Readonly<Record<string, string | number | boolean | Date | null | undefined>>;

/** `t` and `tOr` of i18n.ts, for what makes sentences and is tested without a browser. */
export interface Speech {
  readonly t: (key: TextKey, values?: Values) => string;
  readonly tOr: (key: string, otherwise: string, values?: Values) => string;
}
