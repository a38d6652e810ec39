import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../core/errors.js';
import { contentPolicy, pageHeaders } from '../http/answer-headers.js';
import { readConsoleFiles } from './console-files.js';
import { sendBuiltFile } from '../http/send-built-file.js';

/**
 * Nothing inline, nothing from elsewhere, no form that a browser sends by itself, no frame around it. Sizes and colours that
 * scripts set go through the CSSOM, which a policy for styles lets pass.
 */
const POLICY = contentPolicy({
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
});

const PAGE = {
  type: 'text/html; charset=utf-8',
  // The page names the files of one build.
  cacheControl: 'no-cache',
  ...pageHeaders(POLICY),
} as const;

const HASHED = /-[\w-]{8}\.\w+$/;

/** What has its hash in its name never changes. */
const ASSET = {
  cacheControl: 'public, max-age=31536000, immutable',
} as const;

/** The moderators' console: one page for all its addresses. What it shows comes from the API, by the session's cookie. */
@ApiExcludeController()
@Controller('console')
export class ConsoleController {
  private readonly files = readConsoleFiles();

  @Get()
  first(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return sendBuiltFile(request, reply, this.files.page, PAGE);
  }

  /** @throws VigieError NOT_FOUND for a file of another build: the page is loaded again then */
  @Get('assets/:name')
  asset(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asset = this.files.assets.get(name);
    if (asset === undefined) throw notFound('file');
    const kept = HASHED.test(name) ? ASSET : { cacheControl: 'no-cache' };
    return sendBuiltFile(request, reply, asset.file, { ...kept, type: asset.type });
  }

  /** @throws VigieError NOT_FOUND for what is below the files: no folder of theirs has another */
  @Get('assets/*')
  none(): never {
    throw notFound('file');
  }

  @Get('*')
  any(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return sendBuiltFile(request, reply, this.files.page, PAGE);
  }
}
