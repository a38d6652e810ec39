import { Controller, Get, Header, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { VigieError } from '../core/errors.js';
import { BuiltFile } from '../http/built-file.js';
import { SCRIPT } from '../http/content-types.js';
import { FOR_ALL_PAGES, sendBuiltFile } from '../http/send-built-file.js';

/**
 * Under its plain name a mended widget reaches every page: after five minutes it is asked for again, and whoever is
 * shown the old one for that asks in the background. Longer would keep readers on a broken one, shorter would cost a
 * question on every page view.
 */
const PLAIN_NAME = 'public, max-age=300, stale-while-revalidate=86400';

/** What has its version in its name never changes. */
const VERSIONED_NAME = 'public, max-age=31536000, immutable';

/** What a page that pins the widget needs to know. */
export interface WidgetRelease {
  readonly version: string;
  readonly url: string;
  /** For the script tag, with `crossorigin`. */
  readonly integrity: string;
}

@ApiExcludeController()
@Controller()
export class WidgetController {
  private readonly widget = BuiltFile.read('widget.js');

  constructor(@Inject(CONFIG) private readonly config: Pick<VigieConfig, 'publicUrl'>) {}

  @Get('widget.js')
  latest(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return sendBuiltFile(request, reply, this.widget, {
      ...FOR_ALL_PAGES,
      type: SCRIPT,
      cacheControl: PLAIN_NAME,
    });
  }

  @Get('widget/:version/widget.js')
  pinned(
    @Param('version') version: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (version !== this.widget.version) {
      throw new VigieError(
        'NOT_FOUND',
        `This service has the widget's version ${this.widget.version} only. /widget.json names it, with its hash.`,
      );
    }
    return sendBuiltFile(request, reply, this.widget, {
      ...FOR_ALL_PAGES,
      type: SCRIPT,
      cacheControl: VERSIONED_NAME,
    });
  }

  @Header('access-control-allow-origin', '*')
  @Header('cache-control', 'no-cache')
  @Get('widget.json')
  release(): WidgetRelease {
    const { version, integrity } = this.widget;
    return { version, url: `${this.config.publicUrl}/widget/${version}/widget.js`, integrity };
  }
}
