import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from './app.module.js';
import { loadConfig } from './config/load-config.js';
import { describeApp } from './http/create-app.js';

/** Opens nothing: only names the rooms. */
const NOWHERE = 'postgres://nowhere/vigie';

/** The OpenAPI document of this version, as a running service has it at /v1/openapi.json. Needs no database. */
export function describeApi(): Promise<OpenAPIObject> {
  const secret = Buffer.alloc(32);
  const config = loadConfig({
    DATABASE_URL: NOWHERE,
    VIGIE_SECRET: secret.toString('hex'),
    LOG_LEVEL: 'silent',
  });
  return describeApp(AppModule.register({ config, databaseUrl: NOWHERE, secret }));
}
