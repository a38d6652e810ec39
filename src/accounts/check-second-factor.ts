import { Injectable } from '@nestjs/common';
import { invalid } from '../core/errors.js';
import { spendRecoveryCode } from '../database/statements/accounts/recovery-codes.js';
import { lockSecondFactor, spendStep } from '../database/statements/accounts/second-factor.js';
import type { Tx } from '../database/tx.js';
import { recoveryCodeHash } from './recovery-codes.js';
import { SecondFactorSecrets } from './second-factor-secrets.js';
import { totpStep } from './totp.js';

/** A code of the app, or one of those that stand in for it. */
export interface GivenCode {
  readonly code?: string;
  readonly recoveryCode?: string;
}

/** By what somebody proved that they have the second factor. */
export type ProvenBy = { readonly by: 'totp' } | { readonly by: 'recovery-code'; readonly left: number };

/** Takes codes of second factors, each once. */
@Injectable()
export class CheckSecondFactor {
  constructor(private readonly secrets: SecondFactorSecrets) {}

  /** By what it is proven; null when the code is wrong, was used, or there is no second factor. */
  async spend(tx: Tx, staffId: string, { code, recoveryCode }: GivenCode): Promise<ProvenBy | null> {
    const factor = await lockSecondFactor(tx, staffId);
    if (factor?.secret === undefined || factor.secret === null) return null;
    if (recoveryCode !== undefined) {
      const left = await spendRecoveryCode(tx, staffId, recoveryCodeHash(recoveryCode));
      return left === null ? null : { by: 'recovery-code', left };
    }
    const step = totpStep(this.secrets.open(staffId, factor.secret), code ?? '', factor.now);
    if (step === null || step <= factor.lastStep) return null;
    await spendStep(tx, staffId, step);
    return { by: 'totp' };
  }
}

/** @throws VigieError INVALID unless one of the two is given */
export function checkOneCode({ code, recoveryCode }: GivenCode): void {
  if ((code === undefined) === (recoveryCode === undefined)) {
    throw invalid('/code', 'Send "code" or "recoveryCode", one of the two.');
  }
}

/** What a wrong one is answered; the session goes on waiting. */
export const wrongCode = ({ recoveryCode }: GivenCode) =>
  recoveryCode === undefined
    ? invalid('/code', 'This code is not right, or was used already: wait for the next one.')
    : invalid('/recoveryCode', 'This is none of your recovery codes, or it was used already.');
