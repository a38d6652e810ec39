import { Controller, Get } from '@nestjs/common';
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import pTimeout from 'p-timeout';
import { VigieError } from '../core/errors.js';
import type { Adapter } from './adapter.js';
import { READINESS, type ReadinessCheck, type Readiness } from './readiness.js';
import { STOPPING } from './stopping.js';

class Liveness {
  @ApiProperty({ enum: ['up'], example: 'up' })
  readonly status!: 'up';
}

class ReadinessReport {
  @ApiProperty({
    enum: ['up', 'degraded'],
    example: 'up',
    description: '`degraded`: works, without something that it can do without.',
  })
  readonly status!: 'up' | 'degraded';

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', enum: ['up', 'degraded', 'down'] },
    example: { postgres: 'up' },
  })
  readonly checks!: Record<string, Readiness>;
}

/** A check that has not answered by then counts as down, in milliseconds. */
const PATIENCE = 2000;

/** For whoever starts, watches and replaces processes. */
@ApiTags('Service')
@Controller('health')
export class HealthController {
  private asked: Promise<ReadinessReport> | null = null;

  constructor(
    private readonly modules: ModulesContainer,
    private readonly host: HttpAdapterHost<Adapter>,
  ) {}

  /** This process answers; nothing else is asked. */
  @ApiOperation({ summary: 'Is this process alive?', operationId: 'live' })
  @ApiOkResponse({ type: Liveness })
  @Get('live')
  live(): Liveness {
    return { status: 'up' };
  }

  /**
   * Asks every room that registered `READINESS`, once for all who ask at the same time: no key is needed here and nothing is
   * counted, and whoever asks without end must not take the connections to Postgres from reports. Unready when one of them is down,
   * and before a stop (setting leaveSeconds).
   */
  @ApiOperation({ summary: 'Can this process do its work?', operationId: 'ready' })
  @ApiOkResponse({ type: ReadinessReport })
  @ApiServiceUnavailableResponse({
    description: 'Something that is needed is down: `checks` says what. Or this process is stopping.',
  })
  @Get('ready')
  ready(): Promise<ReadinessReport> {
    if (this.host.httpAdapter.isLeaving) throw new VigieError('UNAVAILABLE', STOPPING);
    return (this.asked ??= this.ask().finally(() => (this.asked = null)));
  }

  private async ask(): Promise<ReadinessReport> {
    const results = await Promise.all(
      this.checks().map(async (check) => [check.name, await boundedResult(check)] as const),
    );
    const checks = Object.fromEntries(results);
    const down = results.filter(([, result]) => result === 'down').map(([name]) => name);
    if (down.length > 0) {
      throw new VigieError('UNAVAILABLE', `Not ready: ${down.join(', ')} down.`, [], { checks });
    }
    return { status: results.some(([, result]) => result === 'degraded') ? 'degraded' : 'up', checks };
  }

  /** Each room may register its own, so all modules are looked through; they are known for good once it runs. */
  private checks(): ReadinessCheck[] {
    return [...this.modules.values()].flatMap((module) => {
      const registered: unknown = module.providers.get(READINESS)?.instance;
      return (registered ?? []) as ReadinessCheck[];
    });
  }
}

const boundedResult = (check: ReadinessCheck): Promise<Readiness> =>
  pTimeout(check.check(), { milliseconds: PATIENCE }).catch(() => 'down');
