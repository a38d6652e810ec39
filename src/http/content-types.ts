/** Content types of what browsers load. */
export const SCRIPT = 'text/javascript; charset=utf-8';
export const STYLES = 'text/css; charset=utf-8';
