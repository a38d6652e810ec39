import type { FastifyReply } from 'fastify';
import type { SiteSettings } from '../access/caller.js';
import { addressRulesTag } from '../database/address-rules-tag.js';

/** Of answers that a client follows: once it changes, the client asks for the rules again. */
export const ADDRESS_RULES_HEADER = {
  'Vigie-Address-Rules': {
    description: "Changes with the site's address rules (`GET /v1/address-rules`).",
    schema: { type: 'string' },
    example: 'Vn3mT1bq0Rk2_xYs',
  },
} as const;

export const tellAddressRules = (reply: FastifyReply, { addressRules }: SiteSettings): void =>
  void reply.header('vigie-address-rules', addressRulesTag(addressRules));
