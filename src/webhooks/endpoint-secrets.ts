import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Sealed } from '../access/sealing/sealed.js';

const BYTES = 32;
const PREFIX = 'whsec_';

/** Secrets of endpoints, which are kept encrypted: signing needs them, so no hash would do. */
@Injectable()
export class EndpointSecrets {
  constructor(private readonly sealed: Sealed) {}

  /** A new secret, `whsec_` and 32 bytes in base64, and how it is kept. It opens for its own site only. */
  make(siteId: string): { readonly secret: string; readonly kept: string } {
    const bytes = randomBytes(BYTES);
    return { secret: PREFIX + bytes.toString('base64'), kept: this.sealed.seal(purpose(siteId), bytes) };
  }

  /** @throws Error when it was kept under another secret of the installation */
  open(siteId: string, kept: string): string {
    const bytes = this.sealed.open(purpose(siteId), kept);
    if (bytes === null)
      throw new Error('The secret of a webhook endpoint was kept under another VIGIE_SECRET.');
    return PREFIX + bytes.toString('base64');
  }
}

const purpose = (siteId: string): string => `webhook secret of site ${siteId}`;
