/** French with its spaces that must not break: before `:;!?»`, after `«`, within numbers of hours. */
export const typeset = (text: string): string =>
  text
    .replace(/ ([:;!?»])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
    .replace(/(\d) (h|heures)\b/g, '$1\u00a0$2');
