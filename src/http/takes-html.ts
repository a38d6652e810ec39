/** Whether an `Accept` names HTML: what takes anything is no browser that opens a page. */
export const takesHtml = (accept = ''): boolean =>
  accept
    .toLowerCase()
    .split(',')
    .some((range) => /^\s*text\/html\s*(;|$)/.test(range) && !/;\s*q=0(\.0*)?\s*(;|$)/.test(range));
