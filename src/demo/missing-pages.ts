import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Adapter } from '../http/adapter.js';
import { answerMissing } from './answer-missing.js';

/** Pages for the addresses of the demonstration that no route knows. A route for all of them would make wrong methods unknown. */
@Injectable()
export class MissingPages implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const { httpAdapter } = this.host;
    if (httpAdapter instanceof Adapter) httpAdapter.answerMissing = answerMissing;
  }
}
