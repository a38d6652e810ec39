import { Controller, Delete, Get, Header, HttpCode, Param, Res } from '@nestjs/common';
import {
  ApiForbiddenResponse,
  ApiGoneResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { contentPolicy } from '../http/answer-headers.js';
import { DeleteSnapshot } from './delete-snapshot.js';
import { OpenSnapshot } from './open-snapshot.js';

/** Our copies of what was reported. */
@ApiTags('Moderators')
@Controller('v1/snapshots')
export class SnapshotsController {
  constructor(
    private readonly opening: OpenSnapshot,
    private readonly deleting: DeleteSnapshot,
  ) {}

  @ApiOperation({
    summary: 'Show a snapshot',
    description:
      'By the address that a case or an image gives, for five minutes, and without a key: an `<img>` can send none. ' +
      'Whether it is sealed is asked each time.',
  })
  @ApiOkResponse({
    description: 'The picture, WebP.',
    content: { 'image/webp': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiForbiddenResponse({ description: 'It is sealed.' })
  @ApiGoneResponse({ description: 'The address is over, or the snapshot was deleted.' })
  @Header('content-type', 'image/webp')
  @Header('content-security-policy', `${contentPolicy()}; sandbox`)
  @Get(':token')
  async openSnapshot(
    @Param('token') token: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { bytes, seconds } = await this.opening.open(token);
    void reply.header('cache-control', seconds > 0 ? `private, max-age=${seconds}, immutable` : 'no-store');
    return bytes;
  }

  @ApiOperation({
    summary: 'Delete a snapshot for good',
    description:
      'By its address. Both files of this copy go, and none is made again of the same bytes, nor of the ' +
      'same picture under this image. Copies of other encodings, kept for other images, stay. The log keeps who did it, and of which image.',
  })
  @ApiNoContentResponse()
  @ApiGoneResponse({ description: 'The address is over.' })
  @Allow({ staff: 'moderator', scope: 'legal' })
  @HttpCode(204)
  @Delete(':token')
  deleteSnapshot(@CurrentCaller() caller: StaffCaller, @Param('token') token: string): Promise<void> {
    return this.deleting.delete(caller, token);
  }
}
