import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BuiltFile } from '../http/built-file.js';
import { SCRIPT, STYLES } from '../http/content-types.js';
import { sendBuiltFile } from '../http/send-built-file.js';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b3a53"/><path d="M13 12h6l2 15H11z" fill="#fff"/><path d="M12.6 7.6 16 4.6l3.4 3V12h-6.8z" fill="#ffc247"/><path d="m20.5 9.4 9-2v5zM11.5 9.4l-9-2v5z" fill="#ffc247" opacity=".75"/></svg>`;

/** What the demonstration's pages load. */
@ApiExcludeController()
@Controller('demo')
export class DemoFilesController {
  private readonly script = BuiltFile.read('demo.js');
  private readonly style = BuiltFile.read('demo.css');

  @Get('demo.js')
  scripts(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return sendBuiltFile(request, reply, this.script, {
      type: SCRIPT,
      cacheControl: 'no-cache',
    });
  }

  @Get('demo.css')
  styles(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return sendBuiltFile(request, reply, this.style, {
      type: STYLES,
      cacheControl: 'no-cache',
    });
  }

  @Header('content-type', 'image/svg+xml')
  @Header('cache-control', 'public, max-age=86400')
  @Get('icon.svg')
  icon(): string {
    return ICON;
  }
}
