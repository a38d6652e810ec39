import { Injectable } from '@nestjs/common';
import { Sealed } from '../access/sealing/sealed.js';

/** Secrets of second factors, which are kept encrypted: a code is made of them, so no hash would do. */
@Injectable()
export class SecondFactorSecrets {
  constructor(private readonly sealed: Sealed) {}

  /** How it is kept. It opens for its own account only. */
  keep(staffId: string, secret: Buffer): string {
    return this.sealed.seal(purpose(staffId), secret);
  }

  /** @throws Error when it was kept under another secret of the installation */
  open(staffId: string, kept: string): Buffer {
    const secret = this.sealed.open(purpose(staffId), kept);
    if (secret === null)
      throw new Error('The secret of a second factor was kept under another VIGIE_SECRET.');
    return secret;
  }
}

const purpose = (staffId: string): string => `second factor of ${staffId}`;
