import { Body, Controller, Get, Post } from '@nestjs/common';
import { CreateReportDto } from './create-report.dto.js';
import { ReportsService } from './reports.service.js';

@Controller()
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Post('v1/reports')
  async create(@Body() dto: CreateReportDto) {
    const { recorded, blocked } = await this.reports.create(dto);
    return { outcome: recorded ? 'recorded' : 'already_reported', image: { blocked } };
  }

  @Get('health/ready')
  ready() {
    return { ok: true };
  }
}
