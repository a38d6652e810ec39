import { Inject, Injectable } from '@nestjs/common';
import type { SiteSettings } from '../access/caller.js';
import { Challenges } from '../access/challenges.js';
import { DeviceTokens } from '../access/device-token.js';
import { Networks, type Sender } from '../access/networks.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import type { ChallengeAnswer } from '../contract/reports.js';
import { invalid, rateLimited } from '../core/errors.js';
import { Database } from '../database/database.js';
import {
  addMintedDevice,
  countMintedDevices,
  lockMintedDevices,
  type Minted,
  type MintingNetworks,
} from '../database/statements/minted-devices.js';
import { spendChallenge } from '../database/statements/spent-challenges.js';
import { difficultyFor } from './difficulty.js';

/**
 * How a browser becomes a device: it asks for a challenge, solves it, and is given a token for the proof. Work and quota
 * count by network, and slow down whoever makes many; that they count for little is the matter of the network caps.
 */
@Injectable()
export class MintDevice {
  private readonly settings: VigieConfig['devices'];

  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly challenges: Challenges,
    private readonly devices: DeviceTokens,
    @Inject(CONFIG) config: Pick<VigieConfig, 'devices'>,
  ) {
    this.settings = config.devices;
  }

  /** A challenge for this network, the harder the more devices it has minted of late. */
  async challenge({ id }: Pick<SiteSettings, 'id'>, sender: Sender): Promise<ChallengeAnswer> {
    const networks = this.networksOf(id, sender);
    const { narrow } = await this.database.inIndexedTransaction((tx) => countMintedDevices(tx, networks));
    return this.challenges.makeChallenge(id, difficultyFor(narrow.devices, this.settings));
  }

  /**
   * A device's token for a proof, which is spent with it: of many who send the same one, one gets a token. A proof that
   * is refused for the quota is not spent.
   *
   * @throws VigieError INVALID with the pointer /proof; RATE_LIMITED when the network has had its devices of the day
   */
  async mint({ id }: Pick<SiteSettings, 'id'>, proof: string, sender: Sender): Promise<string> {
    const solved = await this.challenges.readProof(id, proof);
    if ('problem' in solved) throw invalid('/proof', solved.problem);
    const networks = this.networksOf(id, sender);
    await this.database.inIndexedTransaction(async (tx) => {
      lockMintedDevices(tx, networks);
      if (!(await spendChallenge(tx, id, solved))) {
        throw invalid(
          '/proof',
          'This solution was used already. Ask for a new challenge at GET /v1/challenges.',
        );
      }
      const { narrow, wide } = await countMintedDevices(tx, networks);
      refuseOver(narrow, this.settings.perNetworkPerDay);
      refuseOver(wide, this.settings.perWideNetworkPerDay);
      // Challenges may be gathered while they are easy: such a one is good while the work has doubled once since, no more.
      if (2 * solved.maxnumber < difficultyFor(narrow.devices, this.settings)) {
        throw invalid(
          '/proof',
          'Many devices were made in your network since: this challenge is too easy now. Ask for a new one at GET /v1/challenges.',
        );
      }
      addMintedDevice(tx, networks);
    });
    return this.devices.mintDevice(id, networks.narrow);
  }

  private networksOf(siteId: string, sender: Sender): MintingNetworks {
    return { siteId, ...this.networks.networksOf(siteId, sender) };
  }
}

function refuseOver({ devices, fewerIn }: Minted, quota: number): void {
  if (devices < quota) return;
  throw rateLimited(
    'Too many devices were made in your network today. Try again later; whoever has a device or an account can report meanwhile.',
    fewerIn,
  );
}
