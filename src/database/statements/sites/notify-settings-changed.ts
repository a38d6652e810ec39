import type { Tx } from '../../tx.js';

/** Rings when keys, sites, rules, staff or members changed. */
export const SETTINGS_CHANNEL = 'vigie_settings';

const statement = {
  name: 'notify-settings-changed',
  text: `select pg_notify('${SETTINGS_CHANNEL}', '')`,
};

/** Tells every process, once the transaction commits, that what it remembers of the settings is out of date. */
export async function notifySettingsChanged(tx: Tx): Promise<void> {
  await tx.query(statement);
}
