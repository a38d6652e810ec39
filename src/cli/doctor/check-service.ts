import type { VigieConfig } from '../../config/load-config.js';
import { failed, type Finding, ok, warning } from './finding.js';

/** Milliseconds that a service may take to say whether it is ready. */
const PATIENCE = 3_000;

/** Whether a service answers on this machine where the settings say, and is ready. */
export async function checkService({ host, port }: VigieConfig): Promise<Finding> {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host;
  const address = `http://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}`;
  let answer: Response;
  try {
    answer = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return warning(
      'service',
      `Nothing answers on ${address}: start it with "npm start", or set PORT and HOST.`,
    );
  }
  const body = (await answer.json().catch(() => ({}))) as {
    status?: unknown;
    checks?: Record<string, unknown>;
  };
  const checks = Object.entries(body.checks ?? {})
    .map(([check, state]) => `${check} ${String(state)}`)
    .join(', ');
  if (answer.status === 200 && body.status === 'up') return ok('service', `Ready on ${address}`);
  if (answer.status === 200 && body.status === 'degraded') {
    return warning('service', `Degraded on ${address} (${checks}): what is not up needs a look.`);
  }
  if (answer.status === 503) return failed('service', `Not ready on ${address} (${checks}): see its log.`);
  return failed('service', `Something else than Vigie answers on ${address}: set PORT to a free one.`);
}
