/** `vigie/client`: for Node, edge workers and browsers. It imports nothing but itself and the rules of addresses. */
export type { AddressRules } from '../core/address-rules.js';
export { createClient, type ImageState, type Staleness, type VigieClient } from './client.js';
export { type ClientErrorCode, VigieClientError } from './client-error.js';
export type { ClientOptions, FailMode } from './client-options.js';
export type { StateChange } from './client-state.js';
export type { ChangedImage, ImageChange, ImageQuestion } from './image-change.js';
export type { StateStore } from './state-store.js';
export { vigieExpress } from './express.js';
export { vigieFastify } from './fastify.js';
export { filterHtml, type FilterOptions, type KnowsBlocked } from './filter-html.js';
export type { MiddlewareOptions } from './html-answer.js';
export { PLACEHOLDER } from './placeholder.js';
