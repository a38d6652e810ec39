/** `vigie/client/node`: what needs Node's file system. */
export { fileStore } from './file-store.js';
