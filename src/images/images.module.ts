import path from 'node:path';
import { Module } from '@nestjs/common';
import { Sealed } from '../access/sealing/sealed.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { DeleteSnapshot } from './delete-snapshot.js';
import { DiskSnapshots } from './disk-snapshots.js';
import { OpenSnapshot } from './open-snapshot.js';
import { ShownSnapshots } from './shown-snapshots.js';
import { SnapshotAddresses } from './snapshot-addresses.js';
import { SNAPSHOT_STORE } from './snapshot-store.js';
import { SnapshotsController } from './snapshots.controller.js';

/** The folder of snapshots in the data folder. */
export const snapshotFolder = ({ dataDir }: Pick<VigieConfig, 'dataDir'>): string =>
  path.join(dataDir, 'snapshots');

/** The doors. Needs the global modules of configuration, database and access. */
@Module({
  controllers: [SnapshotsController],
  providers: [
    DeleteSnapshot,
    OpenSnapshot,
    {
      provide: SnapshotAddresses,
      inject: [Sealed, CONFIG],
      useFactory: (sealed: Sealed, { publicUrl }: VigieConfig) => new SnapshotAddresses(sealed, publicUrl),
    },
    {
      provide: ShownSnapshots,
      inject: [SnapshotAddresses, CONFIG],
      useFactory: (addresses: SnapshotAddresses, { images }: VigieConfig) =>
        new ShownSnapshots(addresses, images.fetch),
    },
    {
      provide: SNAPSHOT_STORE,
      inject: [CONFIG],
      useFactory: (config: VigieConfig) => new DiskSnapshots(snapshotFolder(config)),
    },
  ],
  exports: [ShownSnapshots],
})
export class ImagesModule {}
