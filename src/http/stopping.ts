/** What a process says that stops: another one may be asked, or this one's successor. */
export const STOPPING = 'This process is stopping: ask again.';
