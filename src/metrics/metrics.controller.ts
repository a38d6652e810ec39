import { Controller, Get, Header, Headers, Inject } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiSecurity,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { VigieError } from '../core/errors.js';
import { SECURITY } from '../http/openapi.js';
import { MetricsText, METRICS_TYPE } from './metrics-text.js';
import { bringsToken } from './metrics-token.js';

/** On the service's own port, which the world reaches: for whoever has the token, and nobody where there is none. */
@ApiTags('Service')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly text: MetricsText,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'metricsToken'>,
  ) {}

  /** @throws VigieError NOT_FOUND where the operator set no token, UNAUTHENTICATED */
  @ApiOperation({
    summary: 'What this process measures, for Prometheus',
    description:
      'Text format 0.0.4. Each process tells of itself: ask every one, and none through a balancer. Also on the port METRICS_PORT.',
    operationId: 'metrics',
  })
  @ApiSecurity(SECURITY.metrics)
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiUnauthorizedResponse({ description: 'Send METRICS_TOKEN as "Authorization: Bearer <token>".' })
  @ApiNotFoundResponse({ description: 'METRICS_TOKEN is not set.' })
  @Header('content-type', METRICS_TYPE)
  @Header('cache-control', 'no-store')
  @Get()
  async metrics(@Headers('authorization') authorization?: string): Promise<string> {
    const { metricsToken } = this.config;
    if (metricsToken === null) throw new VigieError('NOT_FOUND', 'There is nothing at this address.');
    if (!bringsToken(authorization, metricsToken)) {
      throw new VigieError('UNAUTHENTICATED', 'Send METRICS_TOKEN as "Authorization: Bearer <token>".');
    }
    return this.text.write();
  }
}
