import { watchRequests } from './log-watch.js';

/** Jest's setupFilesAfterEnv: what services are asked and answer is looked at for secrets, which no log may hold. */
const stop = watchRequests();
afterAll(stop);
