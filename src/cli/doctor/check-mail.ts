import { Mailer } from '../../accounts/mailer.js';
import type { VigieConfig } from '../../config/load-config.js';
import { type Finding, ok, warning } from './finding.js';

/** Milliseconds that the mail server may take for each step. */
const PATIENCE = 3_000;

/** Whether the mail server of SMTP_URL, if there is to be one, answers and lets Vigie in. */
export async function checkMail({ smtp }: Pick<VigieConfig, 'smtp'>): Promise<Finding[]> {
  if (smtp.url === null) return [];
  try {
    await new Mailer(smtp, PATIENCE).check();
    return [ok('mail', 'The mail server answers')];
  } catch (error) {
    const said = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return [
      warning(
        'mail',
        `The mail server does not answer, or does not let Vigie in (${said}): links that an admin or "staff reset" makes ` +
          'can be handed over meanwhile. Check SMTP_URL.',
      ),
    ];
  }
}
