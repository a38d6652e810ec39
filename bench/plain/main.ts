/**
 * The plain NestJS + TypeORM way: what a competent team writes first. Correct (one vote per reporter, the image's row
 * locked while it is counted, durable), and without keys, receipts, rules, review or log, all of which Vigie pays for.
 */
import 'reflect-metadata';
import { Module, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Image } from './image.entity.js';
import { Report } from './report.entity.js';
import { ReportsController } from './reports.controller.js';
import { ReportsService } from './reports.service.js';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: String(process.env['DATABASE_URL']),
      entities: [Image, Report],
      synchronize: true,
    }),
  ],
  controllers: [ReportsController],
  providers: [ReportsService],
})
class PlainModule {}

const app = await NestFactory.create(PlainModule, new FastifyAdapter(), { logger: ['error'] });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT']), '127.0.0.1');
