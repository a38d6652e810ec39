import type { FastifyReply, FastifyRequest } from 'fastify';
import { VigieError } from '../core/errors.js';
import type { Allowed } from './allow.js';
import { type Caller, includesRole, type StaffCaller, type StaffRole } from './caller.js';
import { checkOrigin } from './origins/check-origin.js';

const KINDS = { publishable: 'a publishable key', secret: 'a secret key' } as const;

/**
 * Lets in whose key is known, if the route is for such.
 *
 * From here on a page can read the answer only if its origin is one of the site's (`checkOrigin`). Errors from before can be read by every
 * page (`letPagesRead`): a 429, say, since requests are counted before they get here.
 *
 * @throws VigieError FORBIDDEN
 */
export function letIn(caller: Caller, allowed: Allowed, request: FastifyRequest, reply: FastifyReply): true {
  request.hasKnownKey = true;
  if (allowed.sessions !== undefined) {
    throw new VigieError(
      'FORBIDDEN',
      'Keys and tokens may not do this, since it is about the account itself: sign in at POST /v1/session.',
    );
  }
  if (caller.kind === 'staff') {
    checkStaff(caller, allowed);
  } else {
    if (caller.kind === 'publishable') checkOrigin(caller.site, request, reply);
    if (!allowed.keys?.includes(caller.kind)) throw wrongKind(allowed);
  }
  request.caller = caller;
  return true;
}

/** @throws VigieError FORBIDDEN unless they hold the role on some site, and come with the scope */
export function checkStaff(caller: StaffCaller, { staff, scope, ...rest }: Allowed): void {
  if (staff === undefined) throw wrongKind(rest);
  if (staff !== 'anybody' && !holds(caller, staff)) {
    throw new VigieError('FORBIDDEN', `This needs the role of ${staff}, which you have on no site.`);
  }
  // What is about themselves, who is signed in may see whatever they are.
  if (staff === 'anybody' && caller.sessionId !== undefined) return;
  if (!caller.scopes.includes(scope ?? '')) {
    throw new VigieError(
      'FORBIDDEN',
      caller.sessionId === undefined
        ? `This token lacks the scope "${scope}". Use a token that has it.`
        : `This needs the permission "${scope}", which the operator gives.`,
      [],
      { scope },
    );
  }
}

const holds = (caller: StaffCaller, wanted: StaffRole): boolean =>
  caller.admin || [...caller.roles.values()].some((role) => includesRole(role, wanted));

function wrongKind({ keys = [], staff }: Allowed): VigieError {
  const wanted = [
    ...keys.map((kind) => KINDS[kind]),
    ...(staff === undefined ? [] : ["a staff member's token"]),
  ];
  return new VigieError('FORBIDDEN', `This is the wrong kind of key: use ${wanted.join(' or ')}.`);
}
